#!/bin/sh
# Decision tables and expressions: Jinyue beside the npm packages feelin and json-rules-engine, on the same tables in one
# run. Usage: bench/decisions.sh path/to/bench_decisions
set -eu
program=$(realpath "${1:-build/release/bench/bench_decisions}")
cd "$(dirname "$0")/decisions"
[ -d node_modules ] || npm ci --silent
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" --write "$work/tasks.json"
node compare.mjs "$work/tasks.json" "$work/others.json"
"$program" --compare "$work/others.json"
