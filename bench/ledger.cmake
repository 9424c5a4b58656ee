jinyue_bench(ledger USES ledger benchmark::benchmark benchmark::benchmark_main)
