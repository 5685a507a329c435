#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "http/json_text.hpp"
#include "http/json_writer.hpp"

using namespace holdfast::http;

namespace {

std::string time_of(std::int64_t ms) {
  std::string result;
  append_time(result, ms);
  return result;
}

std::string escaped(std::string_view text) {
  std::string result;
  append_escaped(result, text);
  return result;
}

/// Text of any Unicode characters, control characters among them.
rc::Gen<std::string> unicode_text() {
  const auto character =
      rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 0x80),
                     rc::gen::inRange<std::uint32_t>(0x80, 0xd800),
                     rc::gen::inRange<std::uint32_t>(0xe000, 0x110000));
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(character),
                      [](const std::vector<std::uint32_t>& characters) {
                        std::string text;
                        for (const auto c : characters) {
                          char escape[16];
                          if (c < 0x10000)
                            std::snprintf(escape, sizeof escape, "\\u%04x", c);
                          else
                            std::snprintf(escape, sizeof escape,
                                          "\\u%04X\\u%04X", 0xd7c0 + (c >> 10),
                                          0xdc00 + (c & 0x3ff));
                          text += unescape({escape, true, nullptr});
                        }
                        return text;
                      });
}

} // namespace

TEST_CASE("commas come by themselves") {
  json_writer out;
  out.open('{').member("a", 1).name("b").open('[');
  out.open('{').close('}').open('{').member("c", "d").close('}');
  out.value(2).flag(true).close(']').name("e").open('[').close(']').close('}');
  CHECK(out.take() == R"({"a":1,"b":[{},{"c":"d"},2,true],"e":[]})");
}

TEST_CASE("a member without a value is left out") {
  json_writer out;
  out.open('{').member_if("a", "").member_if("b", "x").member_if("c", "");
  out.close('}');
  CHECK(out.take() == R"({"b":"x"})");
}

TEST_CASE("a long name is written in full") {
  const std::string name(100, 'n');
  json_writer out;
  out.open('{').member("a", 1).member(name, 2).member(name, "x");
  out.name(name).flag(true).close('}');
  const auto quoted = ",\"" + name + "\":";
  CHECK(out.take()
        == "{\"a\":1" + quoted + "2" + quoted + "\"x\"" + quoted + "true}");
}

TEST_CASE("integers are written in full") {
  json_writer out;
  out.open('[').value(std::numeric_limits<std::int64_t>::min());
  out.value(std::numeric_limits<std::int64_t>::max()).value(0).close(']');
  CHECK(out.take() == "[-9223372036854775808,9223372036854775807,0]");
}

TEST_CASE("a value that ends like an opening still gets its comma") {
  json_writer out;
  out.open('{').member("a", "{").member("b", ":").member("c", "[");
  out.close('}');
  CHECK(out.take() == R"({"a":"{","b":":","c":"["})");
}

TEST_CASE("only quotes, backslashes and control characters are escaped") {
  CHECK(escaped("plain é 𝄞 / \x7f") == "plain é 𝄞 / \x7f");
  CHECK(escaped("a\"b\\c") == R"(a\"b\\c)");
  CHECK(escaped("\b\t\n\f\r") == R"(\b\t\n\f\r)");
  CHECK(escaped(std::string{'\0', '\x01', '\x1f'}) == R"(\u0000\u0001\u001f)");
  CHECK(escaped("") == "");
}

TEST_CASE("strings survive being written and read") {
  CHECK(rc::check("parse(write(x)) == x", [] {
    const auto text = *unicode_text();
    json_writer out;
    out.value(text);
    const auto document = out.take();
    RC_ASSERT(nlohmann::json::parse(document).get<std::string>() == text);
    const auto raw = std::string_view{document}.substr(1, document.size() - 2);
    RC_ASSERT(flaw_of(raw) == nullptr);
    RC_ASSERT(unescape({raw, true, nullptr}) == text);
  }));
}

TEST_CASE("the inside of a string is read as the library reads it") {
  CHECK(rc::check("no flaw exactly if the library agrees", [] {
    const auto piece = rc::gen::element<std::string>(
        "a", "\\", "u", "\\u", "d83d", "de00", "0041", "\\ud83d", "\\ude00",
        "\xc3", "\xa9", "\xed\xa0\x80", "\n", "n", "/", "\xff");
    std::string raw;
    for (const auto& each :
         *rc::gen::container<std::vector<std::string>>(piece))
      raw += each;
    const auto document =
        nlohmann::json::parse('"' + raw + '"', nullptr, false);
    RC_ASSERT((flaw_of(raw) == nullptr) == document.is_string());
    if (document.is_string())
      RC_ASSERT(unescape({raw, true, nullptr}) == document.get<std::string>());
  }));
}

TEST_CASE("times are RFC 3339 in UTC with milliseconds") {
  CHECK(time_of(0) == "1970-01-01T00:00:00.000Z");
  CHECK(time_of(1'795'327'860'123) == "2026-11-22T06:11:00.123Z");
  CHECK(time_of(1'709'251'199'999) == "2024-02-29T23:59:59.999Z");
  CHECK(time_of(1'709'251'200'000) == "2024-03-01T00:00:00.000Z");
  CHECK(time_of(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(time_of(253'402'300'799'999) == "9999-12-31T23:59:59.999Z");
}
