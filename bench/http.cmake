jinyue_bench(http USES http)
