#!/bin/bash
# scripts/format.sh         says which C++ files are not laid out as .clang-format says (exit code 1)
# scripts/format.sh fix     lays them out
. "$(dirname "$0")/common.sh"

mapfile -d '' files < <(find src tests bench cmake \( -name '*.h' -o -name '*.cpp' \) -print0 | sort -z)
if [ "${1:-}" = fix ]; then
  clang-format-19 -i "${files[@]}"
  exit
fi
# Each batch reduces its findings before it writes them, or the lines of several would run into one another.
find_bad() {
  clang-format-19 --dry-run "$@" 2>&1 |
    sed -n 's/^\([^ :]*\):[0-9]*:[0-9]*: warning: code should be clang-formatted.*/\1/p' | sort | uniq -c
}
export -f find_bad
bad=$(printf '%s\0' "${files[@]}" | xargs -0 -P "$(nproc)" -n 20 bash -c 'find_bad "$@"' _)
if [ -n "$bad" ]; then
  printf 'not laid out as .clang-format says (places, file); scripts/format.sh fix mends them:\n%s\n' "$bad"
  exit 1
fi
echo "${#files[@]} files"
