// Base64 for URLs, with the vectors of RFC 4648, section 10.
#include <doctest/doctest.h>

#include "holdfast/base64url.hpp"

using namespace holdfast;

TEST_CASE("bytes in base64 are spelled as RFC 4648 says, without padding") {
  for (const auto& [bytes, text] : {std::pair{"", ""},
                                    {"f", "Zg"},
                                    {"fo", "Zm8"},
                                    {"foo", "Zm9v"},
                                    {"foob", "Zm9vYg"},
                                    {"fooba", "Zm9vYmE"},
                                    {"foobar", "Zm9vYmFy"},
                                    {"\xfb\xff\xfe", "-__-"}}) {
    CHECK(to_base64url(bytes) == text);
    CHECK(from_base64url(text) == bytes);
  }
}

TEST_CASE("what is no base64 for URLs is nothing") {
  for (const auto* text : {"Zg==", "Zm8=", "+w", "/w", "Z g", "\xc3\xa4"})
    CHECK_FALSE(from_base64url(text));
}
