jinyue_bench(decisions USES dmn)
