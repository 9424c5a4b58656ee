# Says by what ccache knows the precompiled header of a target: by the text it is made of (system headers alone) and
# not by its bytes, which hold the paths of this checkout. So checkouts share what one of them has compiled.
function(jinyue_share_precompiled target)
  set(sums "")
  foreach(header IN LISTS ARGN)
    file(SHA256 "${CMAKE_SOURCE_DIR}/cmake/${header}" sum)
    string(APPEND sums "${sum} ")
  endforeach()
  file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/cmake_pch.hxx.pch.sum"
       CONTENT "${sums}${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_BUILD_TYPE}")
endfunction()

# jinyue_room(<name> [USES <rooms or libraries>...]): the library of src/<name>.
function(jinyue_room name)
  cmake_parse_arguments(arg "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${name}/*.cpp")
  if(NOT sources)  # headers alone
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${name} INTERFACE ${arg_USES})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(${name} PUBLIC ${arg_USES})
  jinyue_warnings(${name})
  # Several sources at once: most of the time of a source of ours goes into the headers that all of them read. So
  # names in unnamed namespaces are unique in their room.
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  if(name STREQUAL "base")
    target_precompile_headers(${name} PRIVATE "${CMAKE_SOURCE_DIR}/cmake/precompiled.h")
    jinyue_share_precompiled(${name} precompiled.h)
  else()
    target_precompile_headers(${name} REUSE_FROM base)
  endif()
endfunction()

# What the tests of all folders begin with, precompiled once. Test code is compiled without optimisation: most of
# the time of a build went into optimising it.
function(jinyue_test_header)
  add_library(test_header OBJECT "${CMAKE_SOURCE_DIR}/cmake/precompiled_tests.cpp")
  # What a header is compiled with must be what the tests are: without its threads simdjson's types are others.
  target_link_libraries(test_header PRIVATE GTest::gmock GTest::gtest fmt::fmt simdjson::simdjson)
  target_precompile_headers(test_header PRIVATE "${CMAKE_SOURCE_DIR}/cmake/precompiled_tests.h")
  jinyue_share_precompiled(test_header precompiled_tests.h precompiled.h)
  jinyue_test_options(test_header)
endfunction()

function(jinyue_test_options target)
  jinyue_warnings(${target})
  # simdjson's types would be others without optimisation, and the rooms' are not.
  target_compile_options(${target} PRIVATE $<$<CONFIG:Debug>:-O0> -DSIMDJSON_DEVELOPMENT_CHECKS=0)
endfunction()

# jinyue_tests(<room> [USES <libraries>...]): tests/<room>/*_test.cpp as one executable test_<room>.
function(jinyue_tests room)
  cmake_parse_arguments(arg "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/${room}/*.cpp")
  if(NOT sources)
    message(FATAL_ERROR "tests/${room} has a CMakeLists.txt but no test")
  endif()
  add_executable(test_${room} ${sources})
  target_link_libraries(test_${room} PRIVATE ${arg_USES} GTest::gmock GTest::gtest_main ${RAPIDCHECK_LIBRARY})
  target_include_directories(test_${room} PRIVATE "${CMAKE_SOURCE_DIR}/tests" "${CMAKE_SOURCE_DIR}/src")
  target_compile_definitions(test_${room} PRIVATE
    JINYUE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" JINYUE_SHARED_DATA="${JINYUE_SHARED_DATA}")
  set_target_properties(test_${room} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  target_precompile_headers(test_${room} REUSE_FROM test_header)
  jinyue_test_options(test_${room})
  gtest_discover_tests(test_${room} TEST_PREFIX "${room}/" DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
endfunction()

function(jinyue_warnings target)
  # Any server of the last fifteen years has these; simdjson chooses its fast path by them at compile time.
  target_compile_options(${target} PRIVATE -march=x86-64-v2 -mpclmul)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wnon-virtual-dtor -Wimplicit-fallthrough -Werror)
endfunction()
