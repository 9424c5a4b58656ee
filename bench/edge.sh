#!/bin/bash
# The edge under load, by the benchmarks bench_edge and bench_edge_fill: deploys the pack of bench/edge into an empty
# city, makes accounts, signs them in, serves and measures.
#
#   bench/edge.sh path|million|burst [BUILD_FOLDER]
#
# path     the whole path of cases over HTTP: start, claim, complete, search; over new and over kept connections
# million  the same with a million cases in the database (JINYUE_BENCH_CASES=N: another number)
# burst    ten times what it can take, and the accounts after it. The server's disk is made slow (each flush takes
#          1,000 ms longer, or JINYUE_BENCH_FLUSH): clients beside it could not offer ten times as much otherwise
# JINYUE_BENCH_RATE=N is the rate at which times are measured (1,000 cases a second without it). The folder
# build/bench-edge is left behind: a filled one is used again.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-path}
build=$(realpath "${2:-build/release}")
port=${JINYUE_BENCH_PORT:-18090}
rate=${JINYUE_BENCH_RATE:-1000}
cases=${JINYUE_BENCH_CASES:-1000000}
flush=${JINYUE_BENCH_FLUSH:-1000}
jinyue=$build/src/cli/jinyue
work=$PWD/build/bench-edge/$what
[ "$what" = million ] && work=$work-$cases
case $what in path | million | burst) ;; *) sed -n '2,14s/^# \?//p' "$0"; exit 2 ;; esac

password() { printf 'Order7-%s-word' "$(head -c 12 /dev/urandom | od -An -tx1 | tr -d ' \n')"; }

mkdir -p "$work"
if [ ! -e "$work/ready" ]; then
  rm -rf "$work" && mkdir -p "$work"
  "$jinyue" pack deploy bench/edge --data "$work/data" >"$work/deploy.log"
  for n in 1 2 3 4 5 6 7 8; do
    "$jinyue" account create "bench$n" --unit edge-unit --role handler --data "$work/data" 2>>"$work/deploy.log" \
      >"$work/password$n"
  done
  [ "$what" != million ] || "$build/bench/bench_edge_fill" "$work/data" "$cases"
  touch "$work/ready"
fi

# What one address may send is another question than what the server can take; a burst meets the limits as they are.
limits='"limits":{"requests_per_second":0,"connections_per_address":100000}'  # of an address
[ "$what" = burst ] && limits='"limits":{}'
cat >"$work/serve.json" <<JSON
{"data":"$work/data","server":{"port":$port,$limits},"accounts":{"requests_per_second":0},"log_level":"warn"}
JSON
ulimit -n "$(ulimit -Hn)"
slow=()
[ "$what" != burst ] || slow=(env LD_PRELOAD="$build/bench/libbench_slow_disk.so" JINYUE_SLOW_DISK="$flush")
"${slow[@]}" "$jinyue" serve --config "$work/serve.json" >"$work/access.log" 2>"$work/server.log" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true' EXIT
for _ in $(seq 100); do curl -sf -o "$work/health" "localhost:$port/healthz" && break; sleep 0.1; done

# The first password has to be changed; a filled folder has accounts that have done so.
post() { curl -s "localhost:$port/api/v1$1" -H 'Content-Type: application/json' "${@:3}" -d "$2"; }
token() { sed -n 's/.*"token":"\([^"]*\)".*/\1/p'; }
: >"$work/tokens"
for n in 1 2 3 4 5 6 7 8; do
  first=$(cat "$work/password$n")
  got=$(post /session "{\"login\":\"bench$n\",\"password\":\"$first\",\"keep\":\"token\"}" | token)
  if [ ! -e "$work/changed$n" ]; then
    next=$(password)
    got=$(post /session/password "{\"current\":\"$first\",\"next\":\"$next\"}" -H "Authorization: Bearer $got" | token)
    echo "$next" >"$work/password$n"
    touch "$work/changed$n"
  fi
  [ -n "$got" ] || { echo "bench$n could not sign in; see $work/server.log" >&2; exit 1; }
  echo "$got" >>"$work/tokens"
done

bench() { "$build/bench/bench_edge" "$@" --port "$port" --tokens "$work/tokens"; }
echo "$(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg) before; SQLite, synchronous=FULL; server and clients on one machine"
case $what in
  path | million)
    echo "as fast as they go, kept connections"
    bench path --clients 128
    echo "as fast as they go, a new connection for each case"
    bench path --clients 128 --connections case
    echo "$rate cases/s, a new connection for each case"
    bench path --clients 2000 --rate "$rate" --connections case
    echo "$rate cases/s, a new connection for each request"
    bench path --clients 2000 --rate "$rate" --connections request
    ;;
  burst)
    echo "each flush of the server's disk takes $flush ms longer"
    bench burst
    ;;
esac
