#!/bin/bash
# A PostgreSQL 15 of one's own for tests and benchmarks: no port, only a socket that nobody else can reach;
# with fsync, because durability is what is tested.
#
#   scripts/postgres.sh start             starts it (an empty one the first time)
#   scripts/postgres.sh url [DATABASE]    prints how to connect; makes the database when it is not there
#   scripts/postgres.sh psql [DATABASE]   opens psql
#   scripts/postgres.sh stop              stops it; what is in it stays
#   scripts/postgres.sh remove            stops it and removes everything
#
# JINYUE_POSTGRES=NAME chooses another server beside the first one (default: own; ./check uses: check).
. "$(dirname "$0")/common.sh"

name=${JINYUE_POSTGRES:-own}
bin=/usr/lib/postgresql/15/bin
note=build/postgres/$name  # a file with two lines: folder of the data, folder of the socket

[ -x "$bin/initdb" ] || fail "PostgreSQL 15 is not installed; ./check installs it, or: apt-get install postgresql-15"

# PostgreSQL refuses to run as root; root runs it as the user that Debian's package made.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && setpriv --reuid=postgres --regid=postgres --init-groups --reset-env "$@")
  else
    (cd / && "$@")
  fi
}

read_note() {
  data='' socket=''
  [ -f "$note" ] && { read -r data && read -r socket; } <"$note"
}

runs() { [ -n "$data" ] && [ -d "$data" ] && as_postgres "$bin/pg_ctl" status -D "$data" >/dev/null 2>&1; }

# A folder that the server's user may write: below build, or, when that user can't get there (a clone in
# root's home), below /var/tmp. A socket's path may have 107 bytes at most, so it gets a short folder.
make_folders() {
  mkdir -p build/postgres
  data=$root/build/postgres/$name.data
  rm -rf "$data"
  mkdir -p "$data"
  [ "$(id -u)" != 0 ] || chown postgres: "$data"
  if ! as_postgres test -w "$data"; then
    rm -rf "$data"
    data=$(as_postgres mktemp -d /var/tmp/jinyue-postgres-XXXXXX) || fail "no folder for PostgreSQL in /var/tmp."
  fi
  socket=$(as_postgres mktemp -d /tmp/jinyue-pg-XXXXXX) || fail "no folder for PostgreSQL's socket in /tmp."
  printf '%s\n%s\n' "$data" "$socket" >"$note"
}

start() {
  read_note
  if runs; then return 0; fi
  if [ -z "$data" ] || ! as_postgres test -f "$data/PG_VERSION"; then
    make_folders
    as_postgres "$bin/initdb" -D "$data" -U jinyue --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync \
      >build/postgres/$name.log 2>&1 || fail "initdb failed; build/postgres/$name.log says why."
  elif ! as_postgres test -d "$socket"; then  # /tmp was emptied since
    socket=$(as_postgres mktemp -d /tmp/jinyue-pg-XXXXXX) || fail "no folder for PostgreSQL's socket in /tmp."
    printf '%s\n%s\n' "$data" "$socket" >"$note"
  fi
  as_postgres "$bin/pg_ctl" start -w -t 60 -D "$data" -l "$data/server.log" -o "-c listen_addresses='' \
    -c unix_socket_directories='$socket' -c max_connections=200 -c fsync=on -c max_wal_size=2GB" \
    >>build/postgres/$name.log 2>&1 </dev/null || {
    as_postgres tail -n 5 "$data/server.log" >&2
    fail "PostgreSQL did not start; $data/server.log says why."
  }
}

stop() {
  read_note
  if runs; then as_postgres "$bin/pg_ctl" stop -w -m "${1:-fast}" -D "$data" >/dev/null; fi
}

query() { psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$socket" -U jinyue "$@"; }

url() {
  read_note
  runs || fail "PostgreSQL is not running; start it: scripts/postgres.sh start"
  local database=${1:-jinyue}
  [[ $database =~ ^[a-z][a-z0-9_]*$ ]] || fail "a database's name has small letters, digits and _ only: $database"
  if [ "$(query -d postgres -c "select count(*) from pg_database where datname = '$database'")" = 0 ]; then
    query -d postgres -c "create database \"$database\"" || fail "the database $database could not be made."
  fi
  printf 'host=%s user=jinyue dbname=%s\n' "$socket" "$database"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  url) url "${2:-}" ;;
  psql)
    connection=$(url "${2:-}") || exit 1
    exec psql "$connection"
    ;;
  remove)
    stop immediate
    if [ -n "$data" ]; then as_postgres rm -rf "$socket"; rm -rf "$data" "$note"; fi
    ;;
  *) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" ;;
esac
