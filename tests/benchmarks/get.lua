-- Reads 1,000 SKUs in turn.
local requests, n = {}, 0

function init()
  for i = 0, 999 do
    requests[i] = wrk.format("GET",
      "/api/inventory/stores/store-1/inventory/sku-" .. i)
  end
end

function request()
  n = n + 1
  return requests[n * 7919 % 1000]
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
