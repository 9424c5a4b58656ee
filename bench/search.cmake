jinyue_bench(search USES search)
