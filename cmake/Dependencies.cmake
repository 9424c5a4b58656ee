# Everything Jinyue links to is a Debian 12 package; ./check and ./up install them (packages.txt).
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(OpenSSL 3 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(simdjson REQUIRED)
find_package(pugixml REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)

# Intel's decimal arithmetic, built with arguments by value, rounding mode and status flags as arguments ("000").
find_library(BID_LIBRARY bidgcc000 REQUIRED)
find_path(BID_INCLUDE bid_functions.h REQUIRED)
