// One client of a node, which remembers everything it was told.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/reservation_id.hpp"
#include "src/checker/checker.hpp"
#include "tests/support/http_client.hpp"

namespace holdfast::test {

using namespace checker;

struct load_plan {
  std::uint64_t seed = 0;
  unsigned clients = 4;
  std::vector<std::string> stores = {"store-1", "store-2"};
  unsigned skus = 3;
  /// Filler in every write, so that space runs out sooner.
  std::size_t reason_bytes = 0;
  /// Requests of each client before it stops by itself; 0: as many as it can.
  std::size_t requests_max = 0;
  /// Some holds end after a second or two. Their SKUs cannot be read before
  /// that is written.
  bool has_short_holds = true;
  /// Pause between requests.
  std::chrono::milliseconds think_time{0};
  /// Pause of a client that was told to come back later.
  std::chrono::milliseconds refused_pause{5};
};

/// A request that left its client, and what came of it.
struct call {
  entry seen;
  /// 0 if no answer came.
  int status = 0;
  std::string retry_after;
  /// There was an answer, but none of the contract.
  bool is_malformed = false;

  /// Told to come back, because nothing was done.
  bool is_put_off() const noexcept {
    return status == 503 || status == 429;
  }
};

/// Sends random requests from its seed, one at a time.
class load_client {
public:
  load_client(const load_plan& plan, unsigned number);

  /// Asks until told to stop, or until nobody accepts connections.
  void run(std::uint16_t port, const std::atomic<bool>& is_over);
  /// Asks for one random thing. False if nobody accepted the connection.
  bool step(http_client& to) {
    return perform(to, choose());
  }
  /// Repeats everything unsettled with its key, in order. False if one of
  /// them is still unsettled.
  bool settle(std::uint16_t port);
  /// Asks for one thing, with a key of its own if it writes. Nothing if nobody
  /// accepted the connection.
  const call* ask(http_client& to, action what, const std::string& store,
                  const std::string& sku, std::int64_t amount = absent);

  const std::vector<call>& calls() const noexcept {
    return calls_;
  }
  static std::string sku_name(unsigned index);

private:
  std::uint64_t below(std::uint64_t bound);
  std::int64_t amount_below(std::uint64_t bound) {
    return static_cast<std::int64_t>(below(bound));
  }
  /// The last one it was told of, 0 if none.
  std::uint64_t known_version(const origin& of) const;
  command choose();
  void reserve(command& ask);
  void adjust(command& ask);
  void count(command& ask);
  void insist(command& ask);
  command use_hold();
  command again();
  void name(command& ask);
  /// False if nobody accepted the connection.
  bool perform(http_client& to, const command& ask);

  load_plan plan_;
  unsigned number_;
  std::mt19937_64 random_;
  std::uint64_t keys_ = 0;
  std::vector<reservation_address> holds_;
  /// By store and SKU.
  std::map<std::pair<std::string, std::string>, std::uint64_t> versions_;
  std::vector<call> calls_;
  /// Writes whose outcome nobody told yet, oldest first.
  std::deque<command> unsettled_;
};

} // namespace holdfast::test
