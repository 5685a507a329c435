#!/usr/bin/env bash
# usage: postgres.sh SECONDS SCRATCH
# Runs a PostgreSQL of its own and prints lines of `figure rate`.
set -euo pipefail
seconds=$1 here=$(dirname "$(readlink -f "$0")")
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
PATH=$bin:$PATH
dir=$(mktemp -d "$2/bench-XXXXXX")
# Below the ports that the kernel gives to clients.
port=$((20000 + $$ % 10000))
as=(setpriv --pdeathsig INT)
# The server refuses to be root.
if ((EUID == 0)); then
  as+=(--reuid=postgres --regid=postgres --init-groups)
  chown postgres: "$dir"
fi
pid=
finish() {
  [[ -z $pid ]] || { kill -INT "$pid" && wait "$pid"; } || true
  rm -rf "$dir"
}
trap finish EXIT

cd "$dir"
"${as[@]}" initdb -D "$dir/data" -U postgres -A trust >/dev/null
"${as[@]}" postgres -D "$dir/data" -p "$port" -h 127.0.0.1 -k '' \
  2>"$dir/log" &
pid=$!
export PGHOST=127.0.0.1 PGPORT=$port PGUSER=postgres
until pg_isready -q; do
  kill -0 "$pid" 2>/dev/null || { cat "$dir/log" >&2 && exit 1; }
  sleep 0.1
done
psql -q -f "$here/postgres.sql" >/dev/null

# measure FIGURE SKUS CLIENTS
measure() {
  local rate
  rate=$(pgbench -n -M prepared -f "$here/adjust.pgbench" -D skus="$2" \
    -c "$3" -j 1 -T "$seconds" |
    sed -n 's/^tps = \([0-9.]*\).*/\1/p')
  echo "$1, $3 clients $rate"
}
measure 'PostgreSQL' 1000 16
measure 'PostgreSQL' 1000 64
measure 'PostgreSQL one SKU' 1 16
measure 'PostgreSQL one SKU' 1 64
