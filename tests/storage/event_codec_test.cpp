// Rows as bytes: there and back, and nothing else back.
#include <doctest/doctest.h>

#include <random>

#include "random_rows.hpp"
#include "src/storage/event_codec.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

constexpr std::uint64_t seed = 20'221'126;

/// Decodes, and if that works, encodes to the very same bytes.
template <class Decode, class Encode>
void must_be_sound(const std::string& bytes, Decode decode, Encode encode) {
  try {
    const auto value = decode(bytes);
    std::string again;
    encode(value, again);
    REQUIRE(again == bytes);
  } catch (const journal_error& error) {
    REQUIRE(error.is() == journal_error::kind::corrupt);
  }
}

/// Cuts `bytes` everywhere, lengthens them, and flips bits in them.
template <class Decode, class Encode>
void torture(const std::string& bytes, std::mt19937_64& random, Decode decode,
             Encode encode) {
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    REQUIRE_THROWS_AS(decode(bytes.substr(0, cut)), journal_error);
  REQUIRE_THROWS_AS(decode(bytes + '\0'), journal_error);
  for (auto i = 0; i < 50; ++i) {
    auto damaged = bytes;
    for (auto flips = 1 + random() % 3; flips > 0; --flips)
      damaged[random() % damaged.size()] ^=
          static_cast<char>(1 << random() % 8);
    must_be_sound(damaged, decode, encode);
  }
}

const auto as_event = [](std::string_view bytes) {
  return decode_event(1'000, "store", "sku", bytes);
};
const auto from_event = [](const event& value, std::string& out) {
  encode_event(value, value.from, out);
};
const auto as_answer = [](std::string_view bytes) {
  return decode_answer(1'000, "store", "sku", bytes);
};
const auto from_answer = [](const stored_answer& value, std::string& out) {
  encode_answer(value.answer, value.prev_number, out);
};

} // namespace

TEST_CASE("events and answers come back as they were") {
  CAPTURE(seed);
  random_rows make(seed);
  for (auto i = 0; i < 2'000; ++i) {
    const auto change = make.change();
    std::string body;
    encode_event(change, change.from, body);
    const auto back =
        decode_event(change.seq, change.from.store, change.from.sku, body);
    REQUIRE(same(back, change));
    REQUIRE(back.after == change.after);
    REQUIRE(back.hold == change.hold);
    REQUIRE(back.from.fingerprint == change.from.fingerprint);
    const auto answer = make.answer();
    body.clear();
    encode_answer(answer, answer.number - 1, body);
    const auto row =
        decode_answer(answer.number, answer.from.store, answer.from.sku, body);
    REQUIRE(same(row.answer, answer));
    REQUIRE(row.prev_number == answer.number - 1);
    REQUIRE(row.answer.answer.requested == answer.answer.requested);
    REQUIRE(row.answer.answer.record == answer.answer.record);
    REQUIRE(row.answer.answer.hold == answer.answer.hold);
  }
}

TEST_CASE("damaged rows are refused or are other sound rows") {
  CAPTURE(seed);
  random_rows make(seed);
  std::mt19937_64 random(seed);
  for (auto i = 0; i < 40; ++i) {
    auto change = make.change();
    change.seq = 1'000;
    change.prev_seq = 7;
    std::string body;
    encode_event(change, change.from, body);
    torture(body, random, as_event, from_event);
    auto answer = make.answer();
    answer.number = 1'000;
    body.clear();
    encode_answer(answer, 7, body);
    torture(body, random, as_answer, from_answer);
  }
}

TEST_CASE("damaged snapshots are refused or are other sound states") {
  CAPTURE(seed);
  random_rows make(seed);
  std::mt19937_64 random(seed);
  for (auto i = 0; i < 20; ++i) {
    stock state;
    state.now = make.record();
    for (auto holds = i; holds > 0; --holds) {
      const auto hold = make.hold();
      const auto version = hold.ref.grant_version;
      if (state.holds.emplace(version, hold).second)
        state.expiries.emplace(hold.expires_at_ms, version);
    }
    std::string body;
    encode_stock(state, body);
    REQUIRE(decode_stock(body) == state);
    torture(body, random, decode_stock, encode_stock);
  }
}

TEST_CASE("arbitrary bytes are no rows") {
  CAPTURE(seed);
  random_rows make(seed);
  for (auto i = 0; i < 20'000; ++i) {
    auto bytes = make.text(80);
    bytes.insert(bytes.begin(), '\1');
    must_be_sound(bytes, as_event, from_event);
    must_be_sound(bytes, as_answer, from_answer);
    must_be_sound(bytes, decode_stock, encode_stock);
  }
}
