jinyue_bench(edge USES fmt::fmt CLI11::CLI11)
target_include_directories(bench_edge PRIVATE "${CMAKE_SOURCE_DIR}")
