jinyue_bench(edge_fill USES cli fmt::fmt)
