# Three nodes on this machine; read by `dev`.

# start_node NAME PORT COMMAND...: in the background, its log beside its data.
start_node() {
  local name=$1
  mkdir -p "$cluster_dir/$name"
  build/holdfast "${@:3}" --node-name "$name" --port "$2" \
    --data-dir "$cluster_dir/$name/data" \
    >"$cluster_dir/$name/out" 2>"$cluster_dir/$name/log" &
  cluster_pids+=($!)
}

# wait_ready NAME PORT: until writes can succeed there.
wait_ready() {
  local tries
  for ((tries = 0; tries < 200; ++tries)); do
    curl -fs "http://127.0.0.1:$2/api/health/readiness" >/dev/null && return
    sleep 0.1
  done
  tail -n 5 "$cluster_dir/$1/log" >&2
  die "node $1 is not ready"
}

stop_cluster() {
  trap - EXIT INT TERM
  ((${#cluster_pids[@]})) && kill "${cluster_pids[@]}" 2>/dev/null
  wait || true
  echo "stopped; the data stays in $cluster_dir" >&2
}

# run_cluster DIRECTORY: until Ctrl-C, or until a node ends.
run_cluster() {
  cluster_dir=$1 cluster_pids=()
  trap stop_cluster EXIT
  trap 'exit 0' INT TERM
  start_node n1 3001 serve --stores store-1,store-2 --node-port 4001
  wait_ready n1 3001
  start_node n2 3002 join --stores store-3 --node-port 4002 \
    --join 127.0.0.1:4001
  start_node n3 3003 join --stores store-4 --node-port 4003 \
    --join 127.0.0.1:4001
  wait_ready n2 3002
  wait_ready n3 3003
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
  wait -n
}
