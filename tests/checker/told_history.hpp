// Histories told by an honest server, for tests to tamper with.
#pragma once

#include <map>
#include <set>
#include <string>

#include "holdfast/rules.hpp"
#include "src/checker/checker.hpp"

namespace holdfast::test {

using namespace checker;

inline constexpr std::int64_t ns_per_s = 1'000'000'000;

/// One call after another, each with its event and its answer.
struct told_history {
  history calls;
  std::vector<event> journal;
  std::vector<final_record> finals;
  terms with;
  std::int64_t now_ns = 0;
  std::int64_t now_ms = 1'000'000;

  /// Asks about `ask.from.sku`, of store S. Refers to the new last call.
  entry& ask(command ask);
  /// The same, and the caller does not learn the answer.
  entry& lose(command ask);
  /// A retry of the last call, answered from memory.
  entry& retry();
  /// Everybody looks once more.
  void rest();
  /// Numbers of the items that the checker finds; rests first.
  std::set<int> items();

private:
  void record(stock_change change, const origin& by);

  std::map<std::string, stock> states_;
};

command read(const std::string& sku = "A");
command adjust(std::int64_t delta, const std::string& sku = "A");
command count(std::int64_t on_hand, const std::string& sku = "A");
/// Of that version only.
command count_if(std::int64_t on_hand, std::uint64_t version);
command reserve(std::int64_t quantity, const std::string& sku = "A");
/// Release, commit or extend of all of a reservation.
command use(action what, const reservation& hold, const std::string& sku = "A");
command keyed(command ask, const std::string& key);

} // namespace holdfast::test
