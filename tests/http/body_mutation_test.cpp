// Bodies with a few bytes changed, against the library as an oracle.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include <optional>
#include <string>
#include <string_view>

#include "http/body_reader.hpp"
#include "http/json_scanner.hpp"

using namespace holdfast;
using namespace holdfast::http;
using nlohmann::json;

namespace {

const std::string adjust_body =
    R"({"delta":-12,"expectedVersion":0,"reason":"a\u00e9\/😀",)"
    R"("reference":""})";
const std::string nested_body =
    R"([{"a":[1,-0.5e+3,true],"b\"":{"c":null}},"\ud83d\ude00é",[[]],false])";

/// `text` with up to three bytes inserted, removed or replaced.
std::string mutated(std::string text) {
  constexpr std::string_view alphabet =
      "{}[]:,\"\\/ \t\n\v0123456789+-.eEntrualsdbfu\x01\x7f\xc3\xa9\xed\xff";
  for (auto edits = *rc::gen::inRange(0, 4); edits > 0; --edits) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto byte =
        alphabet[*rc::gen::inRange<std::size_t>(0, alphabet.size())];
    switch (*rc::gen::inRange(0, 3)) {
    case 0:
      text.insert(at, 1, byte);
      break;
    case 1:
      text.erase(at, 1);
      break;
    case 2:
      text[at] = byte;
      break;
    }
  }
  return text;
}

/// Nothing where the grammar is kept and a double is too small for a number.
std::optional<bool> library_accepts(const std::string& text) {
  try {
    return !json::parse(text).is_discarded();
  } catch (const json::out_of_range&) {
    return std::nullopt;
  } catch (const json::parse_error&) {
    return false;
  }
}

} // namespace

TEST_CASE("what is taken is JSON and means what the library says") {
  int taken = 0;
  CHECK(rc::check("no fault: the library reads the same", [&taken] {
    const auto body = mutated(adjust_body);
    command ask;
    ask.from.what = action::adjust;
    faults found;
    read_body(body, ask, found);
    if (!found.empty())
      return;
    ++taken;
    const auto parsed = json::parse(body, nullptr, false);
    RC_ASSERT(parsed.is_object());
    RC_ASSERT(parsed.at("delta") == ask.amount);
    RC_ASSERT(parsed.value("reason", "") == ask.from.reason);
    RC_ASSERT(parsed.value("reference", "") == ask.from.reference);
  }));
  CHECK(taken > 0);
}

TEST_CASE("the grammar is that of the library") {
  CHECK(rc::check("accepts what the library accepts", [] {
    const auto text = mutated(nested_body);
    json_scanner scanner{text};
    const bool accepted = scanner.skip_value(0) && scanner.expect_end();
    const auto oracle = library_accepts(text);
    RC_PRE(oracle.has_value());
    // Content of strings is judged by `flaw_of`; the library does both.
    RC_ASSERT(accepted || !*oracle);
    if (text.find_first_of("\\\x01\x7f\xc3\xa9\xed\xff\xf0\t\n")
        == std::string::npos)
      RC_ASSERT(accepted == *oracle);
  }));
}
