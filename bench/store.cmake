jinyue_bench(store USES store)
