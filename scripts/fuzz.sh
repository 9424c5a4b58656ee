#!/bin/bash
# scripts/fuzz.sh                     lists the fuzz targets
# scripts/fuzz.sh TARGET [SECONDS]    builds one with sanitizers and runs it (60 seconds), or `all` one after the other
#
# Inputs that reached new code are kept in build/fuzz/corpus/TARGET for the next run. An input that broke
# something is in build/fuzz/findings/TARGET; run the target with it as its only argument to see it again.
. "$(dirname "$0")/common.sh"

mapfile -t targets < <(find tests/fuzz -name '*_fuzz.cpp' -printf '%f\n' | sed 's/_fuzz\.cpp$//' | sort)
if [ $# = 0 ]; then
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
  printf '\ntargets: %s\n' "${targets[*]}"
  exit
fi
seconds=${2:-60}
[[ $seconds =~ ^[0-9]+$ ]] || fail "SECONDS is a whole number, not $seconds."
if [ "$1" = all ]; then
  chosen=("${targets[@]}")
else
  chosen=("$1")
  [ -f "tests/fuzz/$1_fuzz.cpp" ] || fail "there is no target $1; there are: ${targets[*]}"
fi

trap stop_child EXIT
trap 'exit 130' INT TERM
[ -f build/fuzz/build.ninja ] || run_logged build/fuzz/configure.log cmake --preset fuzz || {
  tail -n 20 build/fuzz/configure.log
  fail "the preset fuzz could not be configured; ./check installs what it needs."
}
say "building ${chosen[*]/#/fuzz_}"
run_logged build/fuzz/build.log cmake --build --preset fuzz -j "$(parallel_jobs)" --target "${chosen[@]/#/fuzz_}" || {
  tail -n 40 build/fuzz/build.log
  fail "the fuzz targets do not compile; the whole output is in build/fuzz/build.log."
}

broken=()
for target in "${chosen[@]}"; do
  corpus=build/fuzz/corpus/$target
  findings=build/fuzz/findings/$target
  log=build/fuzz/$target.log
  mkdir -p "$corpus" "$findings"
  find "$findings" -type f -delete
  options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
    -artifact_prefix="$findings/")
  [ ! -f "tests/fuzz/$target.dict" ] || options+=(-dict="tests/fuzz/$target.dict")
  seeds=()
  [ ! -d "tests/fuzz/seeds/$target" ] || seeds=("tests/fuzz/seeds/$target")
  status=0
  ASAN_SYMBOLIZER_PATH=/usr/lib/llvm-19/bin/llvm-symbolizer UBSAN_OPTIONS=print_stacktrace=1 \
    run_logged "$log" "build/fuzz/tests/fuzz/fuzz_$target" "${options[@]}" "$corpus" "${seeds[@]}" || status=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  reached=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)
  found=$(find "$findings" -type f | sort)
  printf '%-12s %s runs in %s s, %s, %s inputs kept: %s\n' "$target" "${runs:-?}" "$seconds" "${reached:-cov: ?}" \
    "$(find "$corpus" -type f | wc -l)" "$([ "$status" = 0 ] && echo nothing found || echo FOUND)"
  if [ "$status" != 0 ]; then
    broken+=("$target")
    grep -nE 'ERROR|runtime error|SUMMARY|ALARM|deadly signal|#[0-9]+ .* in jinyue' "$log" | head -n 20
    printf '%s\n' "${found:-no input was kept; see $log}"
  fi
done
[ ${#broken[@]} = 0 ] || fail "there are findings in: ${broken[*]}"
