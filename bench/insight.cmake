jinyue_bench(insight USES insight)
