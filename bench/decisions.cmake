jinyue_bench(decisions USES dmn Boost::json)
