jinyue_bench(lifecycle USES cli CLI11::CLI11)
target_include_directories(bench_lifecycle PRIVATE "${CMAKE_SOURCE_DIR}")
