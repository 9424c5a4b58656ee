#!/bin/bash
# Kills the server process at random moments under full load and accounts for every acknowledged command, on both
# stores. Longer than ./check does it:
#
#   scripts/crash.sh [KILLS]     500 for each store when not said
. "$(dirname "$0")/common.sh"

kills=${1:-500}
{ [ -f build/release/build.ninja ] || cmake --preset release; } &&
  cmake --build --preset release --target test_crash crash_worker || fail "the build did not work."
JINYUE_POSTGRES=crash scripts/postgres.sh start || fail "PostgreSQL did not start."
JINYUE_TEST_POSTGRES=$(JINYUE_POSTGRES=crash scripts/postgres.sh url crash)
export JINYUE_TEST_POSTGRES JINYUE_CRASH_KILLS=$kills
build/release/tests/crash/test_crash
status=$?
JINYUE_POSTGRES=crash scripts/postgres.sh remove
exit "$status"
