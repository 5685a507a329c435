-- Adjusts by 1 over 1,000 SKUs (or one, `hot`), each request with a key never
-- used before: wrk ... -- uniform|hot RUN [STORE], where RUN differs from run
-- to run.
local skus, run, store, n = 1000, "0", "store-1", 0

function init(args)
  if args[1] == "hot" then skus = 1 end
  run = args[2] or run
  store = args[3] or store
end

function request()
  n = n + 1
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Idempotency-Key"] = string.format("%s-%d", run, n)
  return wrk.format("POST", "/api/inventory/stores/" .. store
    .. "/inventory/sku-" .. (n * 7919 % skus) .. "/adjust", nil, '{"delta":1}')
end

-- One line for the program that started wrk: requests, microseconds, answers
-- of status 400 and more, failures of sockets, p50 and p99 in microseconds.
function done(summary, latency)
  local errors = summary.errors
  print(string.format("result %d %d %d %d %d %d", summary.requests,
    summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
