#!/bin/bash
# scripts/tidy.sh [FILE...]    runs clang-tidy over src (or these files of it), with the commands of build/dev.
# A file without findings leaves a stamp in build/tidy; it is read again only when something changed that it
# depends on: itself, a header of ours that it includes, .clang-tidy, the compiler's flags or clang-tidy.
. "$(dirname "$0")/common.sh"

[ -f build/dev/src/base/libbase.a ] || fail "clang-tidy needs what the dev build has precompiled; first: ./check fast"
mkdir -p build/tidy
command -v clang-tidy-19 >/dev/null || fail "clang-tidy-19 is not installed; ./check installs it."

# What each object file was made from, as the compiler said; only our own files, the rest is in Debian's versions.
# A unit is what is compiled at once: a file of CMake's that takes in several of ours, or one of ours.
ninja -C build/dev -t deps >build/tidy/deps.all 2>/dev/null || : >build/tidy/deps.all
awk -v root="$root/" '
  function put() { if (unit != "") print unit list }
  /^[^ ].*: #deps/ { put(); unit = list = ""; wanted = /^src\//; next }
  /^ / && wanted {
    file = $1
    if (file ~ /Unity\/unity_[0-9]+_cxx\.cxx$/) unit = "build/dev/" file
    else if (sub(/^\.\.\/\.\.\//, "", file) || (index(file, root) == 1 && sub(root, "", file))) {
      if (unit == "" && file ~ /^src\/.*\.cpp$/) unit = file
      list = list " " file
    }
  }
  END { put() }' build/tidy/deps.all | LC_ALL=C sort -u -k 1,1 >build/tidy/deps.ever
# Ninja remembers what is compiled no more.
sed -n "s|.*\"file\": \"$root/\([^\"]*\)\".*|\1|p" build/dev/compile_commands.json | LC_ALL=C sort -u >build/tidy/compiled
LC_ALL=C join build/tidy/compiled build/tidy/deps.ever >build/tidy/deps

# The units to read: all, or those that the files asked for lie in.
if [ $# -gt 0 ]; then
  for file in "$@"; do awk -v file="$file" '{ for (i = 1; i <= NF; i++) if ($i == file) { print $1; next } }' build/tidy/deps; done |
    sort -u >build/tidy/units
else
  cut -d ' ' -f 1 build/tidy/deps >build/tidy/units
fi
mapfile -t files <build/tidy/units
[ ${#files[@]} -gt 0 ] || fail "nothing of src has been built; first: ./check fast"

common=$( { clang-tidy-19 --version; cat .clang-tidy; grep -m1 '"command"' build/dev/compile_commands.json |
  sed 's/ -o .*//; s/-I[^ ]*//g'; } | sha256sum)

todo=build/tidy/todo
: >"$todo"
for file in "${files[@]}"; do
  depends=$(awk -v file="$file" '$1 == file { for (i = 2; i <= NF; i++) print $i }' build/tidy/deps | sort -u)
  # shellcheck disable=SC2086
  key=$( { printf '%s\n' "$common"; sha256sum $file $depends 2>/dev/null; } | sha256sum | cut -c 1-40)
  stamp=build/tidy/${file//\//_}
  [ "$(cat "$stamp.ok" 2>/dev/null)" = "$key" ] || printf '%s %s\n' "$file" "$key" >>"$todo"
done

check_one() {
  local file=$1 key=$2
  local stamp=build/tidy/${file//\//_}
  rm -f "$stamp.ok"
  if clang-tidy-19 -p build/dev --quiet --warnings-as-errors='*' "$file" >"$stamp.log" 2>"$stamp.err" &&
    ! grep -q 'error:' "$stamp.log"; then
    printf '%s\n' "$key" >"$stamp.ok"
  else
    [ -s "$stamp.log" ] || cat "$stamp.err" >>"$stamp.log"
  fi
  echo "read $file"
}
export -f check_one
xargs -r -a "$todo" -L 1 -P "$(parallel_jobs)" bash -c 'check_one "$@"' _

bad=0
while read -r file _; do
  stamp=build/tidy/${file//\//_}
  if [ ! -f "$stamp.ok" ]; then
    bad=$((bad + 1))
    sed "s|$root/||g" "$stamp.log"
  fi
done <"$todo"
count=$(wc -l <"$todo")
if [ "$bad" -gt 0 ]; then
  echo "clang-tidy has findings in $bad of ${#files[@]} files"
  exit 1
fi
echo "${#files[@]} files, $count of them new or changed"
