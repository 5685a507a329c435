#include "holdfast/names.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

using namespace holdfast;

namespace {

/// Encodes any number below 2^21, also those that are no characters.
std::string encode(unsigned point) {
  const auto byte = [](unsigned value) {
    return static_cast<char>(value);
  };
  const auto tail = [&](int shift) {
    return byte(0x80 | (point >> shift & 0x3f));
  };
  if (point < 0x80)
    return {byte(point)};
  if (point < 0x800)
    return {byte(0xc0 | point >> 6), tail(0)};
  if (point < 0x10000)
    return {byte(0xe0 | point >> 12), tail(6), tail(0)};
  return {byte(0xf0 | point >> 18), tail(12), tail(6), tail(0)};
}

} // namespace

TEST_CASE("a store id begins with a letter or a digit") {
  CHECK(is_store_id("store-1"));
  CHECK(is_store_id("7"));
  CHECK_FALSE(is_store_id("-store"));
  CHECK_FALSE(is_store_id(".store"));
  CHECK_FALSE(is_store_id("_store"));
  CHECK_FALSE(is_store_id(""));
}

TEST_CASE("a store id knows dots, underscores and hyphens but no more") {
  CHECK(is_store_id("a.b_c-D9"));
  CHECK_FALSE(is_store_id("a b"));
  CHECK_FALSE(is_store_id("a~b"));
  CHECK_FALSE(is_store_id("a/b"));
  CHECK_FALSE(is_store_id("\xc3\xa4"));
}

TEST_CASE("a store id has at most 64 characters") {
  CHECK(is_store_id(std::string(64, 'a')));
  CHECK_FALSE(is_store_id(std::string(65, 'a')));
}

TEST_CASE("codes of real shops are skus") {
  CHECK(is_sku("85123A"));
  CHECK(is_sku("gift_0001_20"));
  CHECK(is_sku("BANK CHARGES"));
  CHECK(is_sku("Stra\xc3\x9f"
               "e \xe2\x82\xac \xf0\x9f\x8e\x81"));
}

TEST_CASE("a sku has 1 to 128 bytes") {
  CHECK_FALSE(is_sku(""));
  CHECK(is_sku(std::string(128, 'x')));
  CHECK_FALSE(is_sku(std::string(129, 'x')));
  CHECK(is_sku(std::string(126, 'x') + "\xc3\xa4"));
  CHECK_FALSE(is_sku(std::string(127, 'x') + "\xc3\xa4"));
}

TEST_CASE("a sku has no slash and no control character") {
  CHECK_FALSE(is_sku("a/b"));
  CHECK_FALSE(is_sku(std::string_view("a\0b", 3)));
  CHECK_FALSE(is_sku("a\nb"));
  CHECK_FALSE(is_sku("a\x1f"));
  CHECK_FALSE(is_sku("\x7f"));
  CHECK_FALSE(is_sku("\xc2\x80"));
  CHECK_FALSE(is_sku("a\xc2\x9f"));
  CHECK(is_sku("\xc2\xa0"));
  CHECK(is_sku(" ~"));
}

TEST_CASE("a sku that is no UTF-8 is refused") {
  CHECK_FALSE(is_sku("\xff"));
  CHECK_FALSE(is_sku("a\xc3"));
}

TEST_CASE("overlong forms and surrogates are no UTF-8") {
  CHECK_FALSE(is_utf8("\xc0\xaf"));
  CHECK_FALSE(is_utf8("\xc1\xbf"));
  CHECK_FALSE(is_utf8("\xe0\x9f\xbf"));
  CHECK_FALSE(is_utf8("\xf0\x8f\xbf\xbf"));
  CHECK_FALSE(is_utf8("\xed\xa0\x80"));
  CHECK_FALSE(is_utf8("\xed\xbf\xbf"));
  CHECK(is_utf8("\xed\x9f\xbf"));
  CHECK(is_utf8("\xee\x80\x80"));
}

TEST_CASE("nothing beyond the last code point is UTF-8") {
  CHECK(is_utf8("\xf4\x8f\xbf\xbf"));
  CHECK_FALSE(is_utf8("\xf4\x90\x80\x80"));
  CHECK_FALSE(is_utf8("\xf5\x80\x80\x80"));
}

TEST_CASE("a stray or a missing continuation byte is no UTF-8") {
  CHECK_FALSE(is_utf8("\x80"));
  CHECK_FALSE(is_utf8("a\xbf"));
  CHECK_FALSE(is_utf8("\xe2\x82"));
  CHECK_FALSE(is_utf8("\xe2\x82z"));
  CHECK_FALSE(is_utf8("\xf0\x9f\x8e"));
  CHECK(is_utf8(""));
}

TEST_CASE("UTF-8 is what encodes a scalar value, whole and alone") {
  CHECK(rc::check("scalar values", [] {
    const auto point = *rc::gen::inRange(0u, 0x200000u);
    const auto text = encode(point);
    const auto scalar =
        point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
    RC_ASSERT(is_utf8(text) == scalar);
    RC_ASSERT(is_utf8("ab" + text + "c") == scalar);
    if (text.size() > 1) {
      RC_ASSERT(!is_utf8(text.substr(0, text.size() - 1)));
      RC_ASSERT(!is_utf8(text.substr(1)));
    }
  }));
}

TEST_CASE("an idempotency key has 1 to 255 visible characters") {
  CHECK(is_idempotency_key("!"));
  CHECK(is_idempotency_key("~"));
  CHECK(is_idempotency_key(std::string(255, 'k')));
  CHECK_FALSE(is_idempotency_key(std::string(256, 'k')));
  CHECK_FALSE(is_idempotency_key(""));
  CHECK_FALSE(is_idempotency_key("a b"));
  CHECK_FALSE(is_idempotency_key("a\x7f"));
  CHECK_FALSE(is_idempotency_key("\xc3\xa4"));
}
