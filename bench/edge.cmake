jinyue_bench(edge USES fmt::fmt CLI11::CLI11)
target_include_directories(bench_edge PRIVATE "${CMAKE_SOURCE_DIR}")

add_library(bench_slow_disk MODULE slow_disk.cpp)
jinyue_warnings(bench_slow_disk)
