// Events and answers that no business would make.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "holdfast/journal.hpp"

namespace holdfast::storage::testing {

/// Numbers of all lengths, edges among them.
class random_rows {
public:
  explicit random_rows(std::uint64_t from) : random_(from) {
    // nop
  }

  std::uint64_t bits() {
    return random_() >> random_() % 64;
  }
  std::int64_t number() {
    return static_cast<std::int64_t>(bits() ^ (random_() % 2 ? ~0ull : 0));
  }
  bool coin() {
    return random_() % 2 == 0;
  }
  std::uint8_t upto(unsigned last) {
    return static_cast<std::uint8_t>(1 + random_() % last);
  }
  std::string text(std::size_t bytes_max) {
    std::string result(random_() % (bytes_max + 1), '\0');
    for (auto& each : result)
      each = static_cast<char>(random_());
    return result;
  }

  balances record() {
    return {number(), number(), number(), number(), bits(), number()};
  }
  reservation hold() {
    reservation result;
    result.ref = {bits() | 1, bits()};
    result.state = static_cast<reservation_state>(upto(4));
    result.quantity = number();
    result.committed = number();
    result.released = number();
    result.created_at_ms = number();
    result.expires_at_ms = number();
    result.owner = text(256);
    result.reference = text(256);
    return result;
  }
  origin from() {
    origin result;
    result.what = static_cast<action>(upto(8));
    result.by_reservation = coin();
    result.store = text(64);
    result.sku = text(128);
    result.reason = text(256);
    result.reference = text(256);
    result.actor = text(64);
    if (coin()) {
      result.key = text(254);
      result.key.push_back('k');
      for (auto& each : result.fingerprint)
        each = static_cast<std::uint8_t>(random_());
    }
    return result;
  }
  event change() {
    event result;
    result.seq = 1 + bits() / 2;
    result.prev_seq = random_() % result.seq;
    result.type = static_cast<event_type>(upto(7));
    result.delta = number();
    result.reserved_delta = number();
    result.after = record();
    result.from = from();
    if (coin())
      result.hold = hold();
    return result;
  }
  remembered_answer answer() {
    remembered_answer result;
    result.number = 1 + bits() / 2;
    result.from = from();
    result.ref = {bits(), bits()};
    result.at_ms = number();
    auto& told = result.answer;
    told.code = static_cast<error_code>(random_() % 30);
    told.created = coin();
    told.replayed = coin();
    told.state = static_cast<reservation_state>(upto(4));
    if ((told.has_record = coin()))
      told.record = record();
    if ((told.has_hold = coin()))
      told.hold = hold();
    if (coin())
      told.requested = number();
    if (coin())
      told.limit = number();
    return result;
  }
  dead_letter letter() {
    dead_letter result;
    result.id = 1 + bits() / 2;
    auto& ask = result.ask;
    ask.from = from();
    ask.from.what = static_cast<action>(2 + upto(6));
    ask.amount = number();
    if (coin())
      ask.expected_version = number();
    if (coin())
      ask.on_hand = number();
    for (auto* each : {&ask.if_match, &ask.if_none_match})
      if (coin()) {
        each->is = static_cast<etag_condition::kind>(random_() % 3);
        each->versions.assign(random_() % 5, bits());
      }
    ask.reservation = {bits(), bits()};
    ask.owner = text(256);
    result.cause = text(512);
    result.attempts = static_cast<std::uint32_t>(bits());
    result.first_ms = number();
    result.last_ms = number();
    return result;
  }

private:
  std::mt19937_64 random_;
};

} // namespace holdfast::storage::testing
