# Three nodes on this machine; read by `dev`.

# Of the nodes that run, by process; and how each was started.
declare -A cluster_names cluster_commands

# start_node NAME PORT COMMAND...: in the background, its log beside its data.
start_node() {
  local name=$1
  local command=(build/holdfast "${@:3}" --node-name "$name" --port "$2"
    --data-dir "$cluster_dir/$name/data")
  mkdir -p "$cluster_dir/$name"
  rm -f "$cluster_dir/$name/out" # of its last life
  "${command[@]}" >"$cluster_dir/$name/out" 2>"$cluster_dir/$name/log" &
  cluster_names[$!]=$name
  printf -v "cluster_commands[$name]" '%q ' "${command[@]}"
  cluster_last=$!
}

# wait_ready NAME PORT PID: until writes can succeed there. Before it says that
# it listens, whoever answers at its port is somebody else.
wait_ready() {
  local tries
  for ((tries = 0; tries < 200; ++tries)); do
    kill -0 "$3" 2>/dev/null || break
    [[ -s $cluster_dir/$1/out ]] &&
      curl -fs --max-time 1 "http://127.0.0.1:$2/api/health/readiness" \
        >/dev/null && return
    sleep 0.1
  done
  tail -n 5 "$cluster_dir/$1/log" >&2
  die "node $1 is not ready"
}

stop_cluster() {
  trap - EXIT INT TERM
  ((${#cluster_names[@]})) && kill "${!cluster_names[@]}" 2>/dev/null
  wait || true
  echo "stopped; the data stays in $cluster_dir" >&2
}

# watch_cluster: tells of nodes that end, until none is left. `wait -n` would
# tell of one of those that end at the same time, and never of the others.
watch_cluster() {
  local pid code name
  while ((${#cluster_names[@]})); do
    sleep 0.2
    for pid in "${!cluster_names[@]}"; do
      kill -0 "$pid" 2>/dev/null && continue
      code=0
      wait "$pid" 2>/dev/null || code=$?
      name=${cluster_names[$pid]}
      unset "cluster_names[$pid]"
      cat >&2 <<END
node $name ended with code $code: see $cluster_dir/$name/log; it comes back with
  ${cluster_commands[$name]}
END
    done
  done
  return "$code"
}

# run_cluster DIRECTORY: until Ctrl-C, or until no node is left.
run_cluster() {
  local second
  cluster_dir=$1
  trap stop_cluster EXIT
  trap 'exit 0' INT TERM
  start_node n1 3001 serve --stores store-1,store-2 --node-port 4001
  wait_ready n1 3001 "$cluster_last"
  start_node n2 3002 join --stores store-3 --node-port 4002 \
    --join 127.0.0.1:4001
  second=$cluster_last
  start_node n3 3003 join --stores store-4 --node-port 4003 \
    --join 127.0.0.1:4001
  wait_ready n2 3002 "$second"
  wait_ready n3 3003 "$cluster_last"
  cat <<END
n1 http://127.0.0.1:3001 has store-1 and store-2; nodes join at 127.0.0.1:4001
n2 http://127.0.0.1:3002 has store-3
n3 http://127.0.0.1:3003 has store-4
Each of them serves every store:
  curl -H 'Content-Type: application/json' -d '{"delta": 120}' \\
    http://127.0.0.1:3002/api/inventory/stores/store-4/inventory/85123A/adjust
  curl http://127.0.0.1:3003/api/cluster
Logs are in $cluster_dir/*/log. Ctrl-C stops all.
END
  watch_cluster
}
