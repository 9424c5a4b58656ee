#!/bin/bash
# scripts/tidy.sh [FILE...]    runs clang-tidy over src (or these files of it), with the commands of build/dev.
# A file without findings leaves a stamp in build/tidy; it is read again only when something changed that it
# depends on: itself, a header of ours that it includes, .clang-tidy, the compiler's flags or clang-tidy.
. "$(dirname "$0")/common.sh"

[ -f build/dev/src/base/libbase.a ] || fail "clang-tidy needs what the dev build has precompiled; first: ./check fast"
mkdir -p build/tidy
command -v clang-tidy-19 >/dev/null || fail "clang-tidy-19 is not installed; ./check installs it."

if [ $# -gt 0 ]; then files=("$@"); else mapfile -t files < <(find src -name '*.cpp' | sort); fi

# What each object file was made from, as the compiler said; only our own files, the rest is in Debian's versions.
ninja -C build/dev -t deps >build/tidy/deps.all 2>/dev/null || : >build/tidy/deps.all
awk -v root="$root/" '
  /^[^ ].*: #deps/ { object = $1; sub(/:$/, "", object); next }
  /^ / {
    file = $1
    if (index(file, root) == 1) file = substr(file, length(root) + 1)
    if (file !~ /^(src|cmake)\//) next
    if (file ~ /\.cpp$/) source[object] = file
    list[object] = list[object] " " file
  }
  END { for (object in source) print source[object] list[object] }' build/tidy/deps.all >build/tidy/deps

common=$( { clang-tidy-19 --version; cat .clang-tidy; grep -m1 '"command"' build/dev/compile_commands.json |
  sed 's/ -o .*//; s/-I[^ ]*//g'; } | sha256sum)

todo=build/tidy/todo
: >"$todo"
for file in "${files[@]}"; do
  depends=$(awk -v file="$file" '$1 == file { for (i = 2; i <= NF; i++) print $i }' build/tidy/deps | sort -u)
  # A file that no target compiles yet has no entry; then it depends on itself alone.
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
