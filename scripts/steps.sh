# The steps of ./check, in order. A step is a function step_NAME and a title; it returns 0 or not, may set
# note to a few words, and writes test cases into build/check/results (see run_tests and failed_check).
# shellcheck shell=bash disable=SC2034

declare -A title=(
  [packages]="Debian packages"
  [format]="layout of the source (clang-format)"
  [build]="dev build"
  [test]="all tests, with SQLite and a PostgreSQL of our own"
  [tidy]="lint of src (clang-tidy)"
  [web]="the pages: types, unit tests, build, budgets"
  [browser]="the pages in Chromium against the real server (ten minutes)"
  [asan]="all tests with the address and undefined-behaviour sanitizers"
  [tsan]="tests of the rooms with threads with the thread sanitizer"
)
steps=(format build test tidy)
[ ! -f web/package.json ] || steps+=(web)
# Only when they are named: they take long. Each sanitizer compiles everything anew.
more_steps=(browser asan tsan)

# What runs with the thread sanitizer.
tsan_tests="test_casework test_http test_nodes test_api"

# failed_check STEP WHAT: a failure that is not a test case of its own.
failed_check() { printf '%s failed %s\n' "$1" "$2" >>build/check/results; }

step_packages() {
  local groups=(build run test)
  install_packages "${groups[@]}"
}

step_format() {
  if scripts/format.sh >build/check/format.log 2>&1; then
    note=$(tail -n 1 build/check/format.log)
  else
    cat build/check/format.log
    failed_check format "layout of the source"
    return 1
  fi
}

# configure PRESET LOG: CMake configures again by itself when its files change; this is for the first time.
configure() {
  [ -f "build/$1/build.ninja" ] || cmake --preset "$1"
}

# build_preset PRESET [TARGET...]
build_preset() {
  local preset=$1
  shift
  configure "$preset" && cmake --build --preset "$preset" -j "$(parallel_jobs)" ${1:+--target "$@"} -- -k 20
}

# run_build STEP PRESET [TARGET...]
run_build() {
  local step=$1 log=build/check/$1-build.log
  shift
  if run_logged "$log" build_preset "$@"; then return 0; fi
  # Errors first; what the compiler says around them is in the log.
  grep -nE "error:|^FAILED:|CMake Error" "$log" | cut -c 1-300 | head -n 40
  say "           … the whole output: $log"
  tail -n 5 "$log" | cut -c 1-300
  failed_check "$step" "build of preset $1"
  return 1
}

# cases_of STEP XML: a line for each case that ctest ran: step, result, name. ctest knows a test that asked to be
# skipped (status notrun with a reason) from one that could not start.
cases_of() {
  awk -v step="$1" '
    function put() {
      gsub(/&quot;/, "\"", name); gsub(/&lt;/, "<", name); gsub(/&gt;/, ">", name); gsub(/&amp;/, "\\&", name)
      if (name != "") print step, result, name
      name = ""
    }
    /^\t<testcase name="/ {
      put()
      name = $0; sub(/^\t<testcase name="/, "", name); sub(/" classname=.*/, "", name)
      result = /status="run"/ ? "passed" : /status="disabled"/ ? "skipped" : "failed"
    }
    /<skipped message="SKIP_/ { result = "skipped" }
    END { put() }' "$2" 2>/dev/null
}

# run_tests STEP PRESET [ctest options]: runs tests and adds each case to the results. What failed is run once more,
# alone: a case that passes then was disturbed by what ran beside it, and is named.
run_tests() {
  local step=$1 preset=$2 log=build/check/$1-test.log xml=$root/build/check/$1-test.xml status=0
  local cases=build/check/$1-cases again=build/check/$1-again
  shift 2
  scripts_postgres start || {
    failed_check "$step" "PostgreSQL for the tests"
    return 1
  }
  JINYUE_TEST_POSTGRES=$(scripts_postgres url test) || return 1
  export JINYUE_TEST_POSTGRES
  run_logged "$log" ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure --no-tests=error \
    --output-junit "$xml" "$@" || status=$?
  cases_of "$step" "$xml" >"$cases"
  if grep -q "^$step failed " "$cases"; then
    status=0
    run_logged "$again.log" ctest --test-dir "build/$preset" --rerun-failed --output-on-failure \
      --output-junit "$root/$again.xml" || status=$?
    cases_of "$step" "$root/$again.xml" | grep "^$step passed " >"$again"
    sed "s/^$step passed /passed when run again, alone: /" "$again"
    awk -v again="$again" '
      BEGIN { while ((getline line <again) > 0) { sub(/ passed /, " failed ", line); good[line] } }
      { if ($0 in good) sub(/ failed /, " passed "); print }' "$cases" >"$cases.new"
    mv "$cases.new" "$cases"
    log=$again.log
  fi
  cat "$cases" >>build/check/results
  note="$(grep -c ' passed ' "$cases") passed, $(grep -c "^$step failed " "$cases") failed"
  if [ "$status" != 0 ]; then
    grep -q "^$step failed " "$cases" || failed_check "$step" "ctest of preset $preset (exit code $status)"
    # The output of the tests that failed, as ctest shows it, without the lines of those that passed.
    grep -vE ' Passed +[0-9.]+ sec$|^ +Start +[0-9]+:' "$log" | tail -n 150
  fi
  return "$status"
}

# Without the lock of ./check, which a server that outlives it must not hold.
scripts_postgres() { JINYUE_POSTGRES=check scripts/postgres.sh "$@" 9>&-; }

step_build() { run_build build dev; }
step_test() { run_tests "test" dev; }

step_tidy() {
  if run_logged build/check/tidy.log scripts/tidy.sh; then
    note=$(tail -n 1 build/check/tidy.log)
  else
    grep -v '^read ' build/check/tidy.log | head -n 150
    failed_check tidy "lint of src"
    return 1
  fi
}

# Debian's llvm-19 has no llvm-symbolizer on PATH, and without it a report has no names and lines.
symbolizer=external_symbolizer_path=/usr/lib/llvm-19/bin/llvm-symbolizer

step_asan() {
  local -x ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:$symbolizer
  local -x LSAN_OPTIONS=suppressions=$root/scripts/leaks.txt:print_suppressions=0
  local -x UBSAN_OPTIONS=print_stacktrace=1:$symbolizer
  run_build asan asan && run_tests asan asan
}

step_tsan() {
  local -x TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=$root/scripts/races.txt:$symbolizer
  # shellcheck disable=SC2086
  run_build tsan tsan $tsan_tests &&
    run_tests tsan tsan -R "^($(sed 's/test_//g; s/ /|/g' <<<"$tsan_tests"))/"
}

step_web() {
  use_node
  run_logged build/check/web.log bash -c 'cd web && npm ci && npm run check' || {
    tail -n 80 build/check/web.log
    failed_check web "the pages"
    return 1
  }
}

step_browser() {
  install_packages browser
  use_node
  run_logged build/check/browser.log bash -c 'cd web && npm ci && npm run build && npm run browser && npm run speed' || {
    tail -n 150 build/check/browser.log
    failed_check browser "the pages in Chromium"
    return 1
  }
  sed -n '/^medians of/,$p' build/check/browser.log  # told, not judged
}
