#include "tests/benchmarks/round_calls.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include <nlohmann/json.hpp>

#include "tests/benchmarks/servers.hpp"
#include "tests/support/raw_client.hpp"

namespace holdfast::bench {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

/// A node that runs on what others leave may take long.
constexpr auto round_time_max = 5min;
constexpr auto poll = 20ms;
/// Seldom, beside writes that are measured.
constexpr auto watch = 500ms;

std::string request(const std::string& what, const std::string& body = {}) {
  return what + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
         + (body.empty() ? "" : "Content-Type: application/json\r\n")
         + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string call(const node_server& on, const std::string& what,
                 const std::string& body = {}) {
  raw_client client{on.port()};
  client.send(request(what, body));
  const auto answer = client.receive();
  if (!answer || answer->status != 200)
    throw std::runtime_error(what + " was not answered");
  return answer->body;
}

/// A round that a node was asked for. The answer is not waited for: it may be
/// that it takes too long.
class asked_round {
public:
  explicit asked_round(const node_server& of)
      : before_(last_round(of).number), client_(of.port()) {
    client_.send(request("POST /api/sync"));
  }

  std::size_t before() const noexcept {
    return before_;
  }

private:
  std::size_t before_;
  raw_client client_;
};

} // namespace

round_seen last_round(const node_server& of) {
  const auto said = nlohmann::json::parse(call(of, "GET /api/sync/status"));
  round_seen seen;
  seen.number = said.at("rounds").get<std::size_t>();
  if (seen.number == 0)
    return seen;
  const auto& last = said.at("lastRound");
  seen.stores = last.at("stores").get<std::size_t>();
  seen.is_complete = last.at("failedStores").empty();
  seen.took_ms = last.at("durationMs").get<double>();
  return seen;
}

std::vector<double> run_rounds(const std::vector<const node_server*>& nodes,
                               std::size_t stores) {
  const auto began = clock::now();
  std::vector<std::unique_ptr<asked_round>> open;
  for (const auto* each : nodes)
    open.push_back(std::make_unique<asked_round>(*each));
  std::vector<double> took_s(nodes.size());
  for (auto left = nodes.size(); left > 0;) {
    if (clock::now() - began > round_time_max)
      throw std::runtime_error("a round does not end");
    std::this_thread::sleep_for(poll);
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (!open[i])
        continue;
      const auto last = last_round(*nodes[i]);
      if (last.number == open[i]->before())
        continue;
      if (!last.is_complete || last.stores != stores) {
        open[i] = std::make_unique<asked_round>(*nodes[i]);
        continue;
      }
      took_s[i] = std::chrono::duration<double>{clock::now() - began}.count();
      open[i].reset();
      --left;
    }
  }
  return took_s;
}

std::vector<double> watch_rounds(const node_server& of, std::size_t stores,
                                 std::chrono::milliseconds span) {
  const auto end = clock::now() + span;
  auto before = last_round(of).number;
  std::vector<double> took_ms;
  while (clock::now() < end) {
    std::this_thread::sleep_for(watch);
    const auto seen = last_round(of);
    if (seen.number == before)
      continue;
    before = seen.number;
    if (!seen.is_complete || seen.stores != stores)
      throw std::runtime_error("a round was not complete");
    took_ms.push_back(seen.took_ms);
  }
  if (took_ms.empty())
    throw std::runtime_error("no round ended");
  return took_ms;
}

void pace_rounds(const node_server& of, std::chrono::milliseconds interval) {
  call(of, "POST /api/sync/start",
       "{\"intervalMs\":" + std::to_string(interval.count()) + "}");
}

} // namespace holdfast::bench
