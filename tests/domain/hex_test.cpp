#include <doctest/doctest.h>

#include <array>

#include "holdfast/hex.hpp"

using namespace holdfast;

TEST_CASE("bytes are two digits each") {
  CHECK(to_hex({}).empty());
  CHECK(to_hex(std::array<std::uint8_t, 4>{0x00, 0x0f, 0xa9, 0xff})
        == "000fa9ff");
}

TEST_CASE("what was written is read again") {
  digest every{};
  for (std::size_t i = 0; i < every.size(); ++i)
    every[i] = static_cast<std::uint8_t>(i * 37);
  CHECK(from_hex(to_hex(every)) == every);
}

TEST_CASE("one digest has one spelling") {
  const std::string good(64, 'a');
  REQUIRE(from_hex(good));
  CHECK(!from_hex(""));
  CHECK(!from_hex(good.substr(1)));
  CHECK(!from_hex(good + "a"));
  for (const auto bad : {'A', 'g', ' ', '-', '\0'})
    for (const std::size_t at : {0, 1, 63}) {
      auto text = good;
      text[at] = bad;
      CHECK_MESSAGE(!from_hex(text), text);
    }
}
