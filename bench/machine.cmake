jinyue_bench(machine USES bpmn benchmark::benchmark)
