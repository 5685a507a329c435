#include "holdfast/reservation_id.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"

using namespace holdfast;

namespace {

const std::string example = "7.z~store-1~ODUxMjNB";

bool parses(std::string_view text) {
  return parse_reservation_id(text).has_value();
}

} // namespace

TEST_CASE("a reservation id spells version, sequence, store and sku") {
  CHECK(format_reservation_id("store-1", "85123A", {7, 35}) == example);
}

TEST_CASE("a reservation id is read back as it was written") {
  const auto address = parse_reservation_id(example);
  REQUIRE(address);
  CHECK(address->store == "store-1");
  CHECK(address->sku == "85123A");
  CHECK(address->ref == reservation_ref{7, 35});
}

TEST_CASE("the longest names and numbers make at most 256 bytes") {
  const std::string store(limits::store_id_bytes_max, 's');
  const std::string sku(limits::sku_bytes_max, 'k');
  const auto id =
      format_reservation_id(store, sku, {limits::seq_max, limits::seq_max});
  CHECK(id.size() <= limits::reservation_id_bytes_max);
  const auto address = parse_reservation_id(id);
  REQUIRE(address);
  CHECK(address->sku == sku);
  CHECK(address->ref.grant_seq == limits::seq_max);
}

TEST_CASE("a reservation id without one of its parts is none") {
  CHECK_FALSE(parses(""));
  CHECK_FALSE(parses("7"));
  CHECK_FALSE(parses("7."));
  CHECK_FALSE(parses("7.z"));
  CHECK_FALSE(parses("7.z~"));
  CHECK_FALSE(parses("7.z~store-1"));
  CHECK_FALSE(parses("7.z~store-1~"));
  CHECK_FALSE(parses(".z~store-1~ODUxMjNB"));
  CHECK_FALSE(parses("7.~store-1~ODUxMjNB"));
  CHECK_FALSE(parses("7.z~~ODUxMjNB"));
}

TEST_CASE("a number of a reservation id has one spelling") {
  CHECK_FALSE(parses("07.z~store-1~ODUxMjNB"));
  CHECK_FALSE(parses("7.0z~store-1~ODUxMjNB"));
  CHECK_FALSE(parses("7.Z~store-1~ODUxMjNB"));
  CHECK_FALSE(parses("+7.z~store-1~ODUxMjNB"));
  CHECK_FALSE(parses("-7.z~store-1~ODUxMjNB"));
  CHECK_FALSE(parses(" 7.z~store-1~ODUxMjNB"));
}

TEST_CASE("zero and more than 39 bits are no numbers of a reservation") {
  CHECK_FALSE(parses("0.z~store-1~ODUxMjNB"));
  CHECK_FALSE(parses("7.0~store-1~ODUxMjNB"));
  CHECK_FALSE(parses("7.zzzzzzzz~store-1~ODUxMjNB"));
  CHECK_FALSE(parses("7.zzzzzzzzzzzzzzzzzz~store-1~ODUxMjNB"));
}

TEST_CASE("the sku of a reservation id has one spelling") {
  CHECK(parses("7.z~store-1~YQ"));
  CHECK_FALSE(parses("7.z~store-1~YR"));
  CHECK_FALSE(parses("7.z~store-1~YQ=="));
  CHECK_FALSE(parses("7.z~store-1~Y"));
  CHECK_FALSE(parses("7.z~store-1~Y+"));
  CHECK_FALSE(parses(example + "~"));
  CHECK_FALSE(parses(example + " "));
}

TEST_CASE("a reservation id names only valid stores and skus") {
  CHECK_FALSE(parses(format_reservation_id("-1", "a", {1, 1})));
  CHECK_FALSE(parses(format_reservation_id("s", "a/b", {1, 1})));
  CHECK_FALSE(parses(format_reservation_id("s", "\n", {1, 1})));
  CHECK_FALSE(parses(format_reservation_id("s", "\xff", {1, 1})));
  CHECK_FALSE(parses(std::string(300, 'a')));
}

TEST_CASE("any address survives its spelling") {
  CHECK(rc::check("round trip", [] {
    const reservation_ref ref{*rc::gen::inRange<std::uint64_t>(1, 1ULL << 39),
                              *rc::gen::inRange<std::uint64_t>(1, 1ULL << 39)};
    const auto store = *rc::gen::nonEmpty(rc::gen::container<std::string>(
        rc::gen::elementOf(std::string{"aZ09"})));
    const auto sku = *rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~')));
    RC_PRE(is_store_id(store) && is_sku(sku));
    const auto id = format_reservation_id(store, sku, ref);
    const auto address = parse_reservation_id(id);
    RC_ASSERT(address.has_value());
    RC_ASSERT(address->store == store);
    RC_ASSERT(address->sku == sku);
    RC_ASSERT(address->ref == ref);
  }));
}

TEST_CASE("what parses as a reservation id is its only spelling") {
  CHECK(rc::check("one changed character", [] {
    auto text = example;
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    text[at] = *rc::gen::arbitrary<char>();
    if (const auto address = parse_reservation_id(text))
      RC_ASSERT(
          format_reservation_id(address->store, address->sku, address->ref)
          == text);
  }));
}
