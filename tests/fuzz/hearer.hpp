// A node that hears what another says, without its actors: what they would do
// with it.
#pragma once

#include <chrono>
#include <cstdint>

#include "actors/messages.hpp"
#include "holdfast/ledger_reading.hpp"
#include "holdfast/membership.hpp"
#include "holdfast/rules.hpp"

namespace holdfast::fuzz {

class hearer {
public:
  hearer();

  /// A command for a store of this node.
  void take(const command& ask);
  /// A page of the ledger of the other node.
  void take(collected& said);

  // -- membership
  void take(const greeting& said);
  void take(const wire_welcome& said);
  void take(const wire_refusal& said);
  void take(const wire_news& said);
  void take(const wire_pong& said);
  void take(const wire_wish& said);

private:
  /// Looks whether everything still holds.
  void carry_on();
  void record(stock_change change);

  membership::clock::time_point now_{std::chrono::seconds{1'000}};
  membership members_;
  central_fold fold_;
  ledger_reading reading_;
  stock stock_;
  std::uint64_t last_seq_ = 0;
};

} // namespace holdfast::fuzz
