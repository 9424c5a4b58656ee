# Shared by ./up, ./check and the scripts beside this file; sourced, from bash. Sets $root and goes there.
# shellcheck shell=bash
set -u -o pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

# say TEXT: one short line about what happens.
say() { printf '%s\n' "$*"; }

# fail TEXT: one sentence that says what to do, then the end.
fail() {
  printf '\n%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# seconds since the script started
now() { printf '%s' "$SECONDS"; }

# Compilers at work at the same time: one per core, and 1.5 GB of free memory for each.
parallel_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo 2>/dev/null)
  [ "${memory:-$cores}" -lt "$cores" ] && cores=$memory
  [ "$cores" -lt 1 ] && cores=1
  printf '%s' "$cores"
}

# The build folder must be ours: a ./check as root leaves files that a user can't write.
prepare_build_folder() {
  mkdir -p build 2>/dev/null || fail "this folder can't be written by $(id -un); clone the project into one of your own."
  local foreign
  foreign=$(find build -maxdepth 2 ! -writable -print -quit)
  [ -z "$foreign" ] || fail "$foreign was made by $(stat -c %U "$foreign") and $(id -un) can't write it; remove the folder build (sudo rm -rf build) and start again."
  # ccache without a home, or with one that can't be written, would compile without a cache or fail.
  if [ -z "${CCACHE_DIR:-}" ] && ! mkdir -p "${HOME:-/nonexistent}/.cache/ccache" 2>/dev/null; then
    export CCACHE_DIR="$root/build/ccache"
  fi
}

# run_logged LOG COMMAND...: runs with all output in LOG, a sign of life each minute, and stops the whole
# command with the script. Returns the command's exit code.
child='' beat=''
run_logged() {
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  set -m  # a process group of its own, so that stop_child reaches everything below it
  "$@" >"$log" 2>&1 </dev/null &
  child=$!
  set +m
  (
    nap=''
    trap '[ -z "$nap" ] || kill "$nap"; exit 0' TERM
    while :; do
      sleep 60 >/dev/null 2>&1 9>&- &
      nap=$!
      wait "$nap"
      printf '           … %s\n' "$(tail -c 300 "$log" | tr '\r' '\n' | sed '/^$/d' | tail -n 1 | cut -c 1-90)"
    done
  ) &
  beat=$!
  wait "$child" || status=$?
  child=
  kill "$beat" 2>/dev/null
  wait "$beat" 2>/dev/null
  beat=
  return "$status"
}

stop_child() {
  [ -z "$child" ] || kill -TERM -- "-$child" 2>/dev/null
  [ -z "$beat" ] || kill "$beat" 2>/dev/null
  child='' beat=''
}
