// A thousand clients that send and read as slowly as they may.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include <sys/resource.h>

#include "tests/faults/campaign.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/raw_client.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;
using clients = std::vector<std::unique_ptr<raw_client>>;

constexpr std::size_t slow_of_each_kind = 500;
/// Below that the turns of a shared processor decide, and not the node.
constexpr double quick_ms = 3;

/// This process holds as many connections as the node.
void raise_own_limit() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

clients connect(std::uint16_t port) {
  clients made;
  for (std::size_t i = 0; i < slow_of_each_kind; ++i)
    made.push_back(std::make_unique<raw_client>(port));
  return made;
}

/// Clients that ask and do not read. Most have an answer that the system keeps
/// for them; some ask for more than it can, which is what stops a writer.
clients connect_readers(std::uint16_t port) {
  constexpr std::size_t greedy = 4;
  constexpr std::size_t many = 200;
  auto made = connect(port);
  for (std::size_t i = 0; i < made.size(); ++i)
    for (std::size_t page = 0; page < (i < greedy ? many : 1); ++page)
      REQUIRE(made[i]->send("GET /api/events?limit=100 HTTP/1.1\r\n"
                            "Host: localhost\r\n\r\n"));
  return made;
}

/// Each sends a head that never ends, two bytes a second.
class tricklers {
public:
  explicit tricklers(std::uint16_t port) : all_(connect(port)) {
    thread_ = std::thread{[this] {
      run();
    }};
  }
  ~tricklers() {
    is_over_ = true;
    thread_.join();
  }
  /// Bytes that all of them have sent.
  std::size_t sent() const noexcept {
    return sent_;
  }

private:
  void run() {
    const std::string head = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n"
                             "X-Long: ";
    for (std::size_t round = 0; !is_over_; ++round) {
      const auto byte = round < head.size() ? head[round] : 'x';
      for (std::size_t i = 0; i < all_.size() && !is_over_; ++i) {
        all_[i]->send({&byte, 1});
        ++sent_;
        std::this_thread::sleep_for(500ms / all_.size());
      }
    }
  }

  clients all_;
  std::atomic<std::size_t> sent_{0};
  std::atomic<bool> is_over_{false};
  std::thread thread_;
};

struct service {
  std::size_t asked = 0;
  std::size_t served = 0;
  std::vector<double> took_ms;

  double p99_ms() {
    const auto at = took_ms.begin()
                    + static_cast<std::ptrdiff_t>(took_ms.size() * 99 / 100);
    std::nth_element(took_ms.begin(), at, took_ms.end());
    return *at;
  }
};

/// Reads and writes one after the other, as an honest client does.
service serve_honest(campaign& trial, std::size_t count) {
  http_client to{trial.node().port()};
  auto& client = trial.clients().observer();
  service seen;
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = clock::now();
    const auto what = i % 2 == 0 ? action::adjust : action::read;
    const auto* made = client.ask(to, what, "store-1", "sku-0",
                                  what == action::adjust ? 1 : absent);
    const std::chrono::duration<double, std::milli> took = clock::now() - start;
    ++seen.asked;
    seen.served += made != nullptr && made->status == 200 ? 1 : 0;
    seen.took_ms.push_back(took.count());
  }
  return seen;
}

} // namespace

TEST_CASE("a thousand slow clients do not keep an honest one waiting") {
  raise_own_limit();
  const auto count = count_from_environment("FAULT_SLOW_REQUESTS", 2'000);
  campaign trial{plan_of(1), in_memory()};
  trial.start();
  auto alone = serve_honest(trial, count);
  REQUIRE(alone.served == alone.asked);
  const tricklers senders{trial.node().port()};
  const auto readers = connect_readers(trial.node().port());
  auto among = serve_honest(trial, count);
  CHECK(among.served * 1'000 >= among.asked * 999);
  CHECK(senders.sent() > 0);
  const auto alone_ms = alone.p99_ms();
  const auto among_ms = among.p99_ms();
  const auto times_alone = among_ms / std::max(alone_ms, quick_ms);
  tell("1,000 slow clients", 1,
       {{"least_served", static_cast<double>(among.served) / count},
        {"slowest_p99_ms", among_ms},
        {"slowest_p99_alone_ms", alone_ms},
        {"most_times_alone", times_alone}});
  trial.finish();
}
