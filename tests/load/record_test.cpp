#include <doctest/doctest.h>

#include <set>

#include "src/cli/load/record.hpp"
#include "tests/load/call_about.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace holdfast::test;

namespace {

const name_book names{"tag", {"store-1", "store-2"}};

} // namespace

TEST_CASE("an answer is unpacked as it was packed") {
  outcome told;
  told.has_record = told.has_hold = told.replayed = true;
  told.record = {9, 2, 1, 3, 7, 1'000};
  told.available = 6;
  told.hold.ref = {4, 5};
  told.hold.state = reservation_state::committed;
  told.hold.quantity = 6;
  told.hold.committed = 4;
  told.hold.released = 2;
  told.hold.created_at_ms = 800;
  told.hold.expires_at_ms = 900;
  packed_call call;
  call.known = true;
  call.called_ns = 1;
  call.returned_ns = 2;
  call.client = 3;
  pack(told, call);
  const auto entry = unpack(call, names, true);
  CHECK(entry.answer == told);
  CHECK(entry.called_ns == 1);
  CHECK(entry.returned_ns == 2);
  CHECK(entry.client == 3);
}

TEST_CASE("a refusal keeps the numbers it names") {
  auto told = refusal(error_code::insufficient_stock);
  told.requested = 5;
  told.available = 0;
  packed_call call;
  call.known = true;
  pack(told, call);
  CHECK(unpack(call, names, true).answer == told);
}

TEST_CASE("a question is spelled with names, key and fingerprint") {
  draft ask;
  ask.what = action::reserve;
  ask.store = 1;
  ask.sku = 12;
  ask.amount = 3;
  ask.author = 4;
  ask.number = 5;
  const auto one = names.spell(ask, true);
  CHECK(one.from.store == "store-2");
  CHECK(one.from.sku == "tag-12");
  CHECK(one.from.key == "tag-4-5");
  CHECK(one.amount == 3);
  CHECK(one.ttl_s == absent);
  ask.amount = 4;
  CHECK(names.spell(ask, true).from.fingerprint != one.from.fingerprint);
  CHECK(names.spell(ask, false).from.fingerprint == digest{});
}

TEST_CASE("names of SKUs lead back to their numbers") {
  CHECK(names.index_of("tag-12") == 12);
  for (const auto* other : {"tag-", "tag-x", "tag-1x", "tax-1", "tag12", ""})
    CHECK_FALSE(names.index_of(other));
  const name_book codes{"tag", {"store-1"}, {"85123A", "BANK CHARGES"}};
  CHECK(codes.sku(1) == "tag-BANK CHARGES");
  CHECK(codes.index_of("tag-BANK CHARGES") == 1);
  CHECK_FALSE(codes.index_of("tag-POST"));
}

TEST_CASE("a record that is narrowed has some SKUs, and all about each") {
  constexpr std::uint32_t skus = 64;
  constexpr int rounds = 100;
  watch over;
  call_record record{over};
  for (int i = 0; i < 2 * rounds; ++i) {
    if (i == rounds)
      over.narrow();
    for (std::uint32_t sku = 0; sku < skus; ++sku)
      record.add(call_about(sku));
  }
  std::vector<packed_call> kept;
  record.move_to(kept);
  std::set<std::uint32_t> seen;
  for (const auto& each : kept)
    seen.insert(each.ask.sku);
  CHECK(seen.size() > skus / 4);
  CHECK(seen.size() < skus * 3 / 4);
  CHECK(kept.size() == seen.size() * 2 * rounds);
  CHECK(record.size() == 0);
}
