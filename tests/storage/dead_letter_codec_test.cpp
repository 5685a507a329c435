// Dead letters as bytes: there and back, and nothing else back.
#include <doctest/doctest.h>

#include "random_rows.hpp"
#include "src/storage/dead_letter_codec.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

TEST_CASE("a letter has one spelling, and damage shows") {
  random_rows rows(20'261'128);
  for (auto i = 0; i < 300; ++i) {
    const auto letter = rows.letter();
    const auto& from = letter.ask.from;
    std::string bytes;
    encode_letter(letter, bytes);
    const auto decode = [&](std::string_view from_bytes) {
      return decode_letter(letter.id, from.store, from.sku, from_bytes);
    };
    const auto back = decode(bytes);
    std::string again;
    encode_letter(back, again);
    CHECK(again == bytes);
    CHECK(back.ask.from.sku == from.sku);
    CHECK(back.ask.if_match.versions == letter.ask.if_match.versions);
    CHECK(back.ask.reservation == letter.ask.reservation);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut)
      REQUIRE_THROWS_AS(decode(bytes.substr(0, cut)), journal_error);
    REQUIRE_THROWS_AS(decode(bytes + '\0'), journal_error);
    for (auto flip = 0; flip < 20; ++flip) {
      auto damaged = bytes;
      damaged[rows.bits() % bytes.size()] ^=
          static_cast<char>(1 << rows.bits() % 8);
      REQUIRE_THROWS_AS(decode(damaged), journal_error);
    }
  }
}
