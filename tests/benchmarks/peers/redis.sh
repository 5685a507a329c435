#!/usr/bin/env bash
# usage: redis.sh SECONDS SCRATCH
# Runs a Redis of its own that syncs before it answers, and prints lines of
# `figure rate`.
set -euo pipefail
seconds=$1 here=$(dirname "$(readlink -f "$0")")
dir=$(mktemp -d "$2/bench-XXXXXX")
# Below the ports that the kernel gives to clients.
port=$((20000 + $$ % 10000))
pid=
finish() {
  [[ -z $pid ]] || { kill "$pid" && wait "$pid"; } || true
  rm -rf "$dir"
}
trap finish EXIT

setpriv --pdeathsig TERM redis-server --dir "$dir" --port "$port" \
  --bind 127.0.0.1 --save '' --appendonly yes --appendfsync always \
  >"$dir/log" &
pid=$!
until redis-cli -p "$port" ping >/dev/null 2>&1; do
  kill -0 "$pid" 2>/dev/null || { cat "$dir/log" >&2 && exit 1; }
  sleep 0.1
done
script=$(redis-cli -p "$port" script load "$(<"$here/redis.lua")")

# run NAME CLIENTS REQUESTS: prints the rate. One SKU is as good as many: Redis
# does everything in one thread. Two runs may draw the same numbers, so the keys
# of each have a name of their own.
run() {
  redis-benchmark -p "$port" -c "$2" -n "$3" -r 1000000000 --csv \
    evalsha "$script" 2 sku-0 "$1-$2-__rand_int__" |
    sed -n '$s/^"[^"]*","\([0-9.]*\)".*/\1/p'
}

asked=0
for clients in 64 256; do
  peak=$(run peak "$clients" 20000)
  count=$((${peak%.*} * seconds))
  echo "Redis, $clients clients $(run rate "$clients" "$count")"
  asked=$((asked + 20000 + count))
done
# Random keys collide now and then; more than that means refusals.
written=$(redis-cli -p "$port" xlen events)
if ((written < asked * 99 / 100)); then
  echo "$written events for $asked requests" >&2
  exit 1
fi
