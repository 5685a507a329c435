#include "requests.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "holdfast/hex.hpp"
#include "http/body_reader.hpp"
#include "http/fingerprint.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

digest fingerprint_of(action what, std::string_view body, bool by_id = false) {
  command ask;
  ask.from.what = what;
  ask.from.by_reservation = by_id;
  ask.from.key = "key";
  faults found;
  read_body(body, ask, found);
  CHECK(found.empty());
  return ask.from.fingerprint;
}

/// `text` as a JSON string with every character as an escape.
std::string all_escaped(const std::string& text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string result{"\""};
  for (const unsigned char c : text)
    result.append("\\u00").append({digits[c >> 4], digits[c & 15]});
  return result + "\"";
}

} // namespace

TEST_CASE("SHA-256 is that of FIPS 180-4") {
  CHECK(to_hex(sha256(""))
        == "e3b0c44298fc1c149afbf4c8996fb924"
           "27ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc"))
        == "ba7816bf8f01cfea414140de5dae2223"
           "b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256(std::string(1'000'000, 'a')))
        == "cdc76e5c9914fb9281a1c7e284d73e67"
           "f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the fingerprint is that of the canonical body") {
  CHECK(fingerprint_of(action::adjust, " {\"delta\" : 1 } ")
        == sha256(R"({"delta":1})"));
  CHECK(fingerprint_of(action::reserve,
                       R"({"ttlSeconds":60,"quantity":2,"owner":"\u0061\/b"})")
        == sha256(R"({"owner":"a/b","quantity":2,"ttlSeconds":60})"));
  CHECK(fingerprint_of(action::count,
                       R"({"safetyStock":-0,"onHand":1,"backorderLimit":2})")
        == sha256(R"({"backorderLimit":2,"onHand":1,"safetyStock":0})"));
}

TEST_CASE("an id of a reservation is part of the fingerprint as it was sent") {
  CHECK(fingerprint_of(action::commit, R"({"reservationId":"a \"b\" \\"})")
        == sha256(R"({"reservationId":"a \"b\" \\"})"));
}

TEST_CASE("no body is an empty object") {
  CHECK(fingerprint_of(action::commit, "", true) == sha256("{}"));
  CHECK(fingerprint_of(action::commit, " { } ", true) == sha256("{}"));
}

TEST_CASE("an empty text is not the same as none") {
  CHECK(fingerprint_of(action::adjust, R"({"delta":1,"reason":""})")
        != fingerprint_of(action::adjust, R"({"delta":1})"));
}

TEST_CASE("without a key no fingerprint is taken") {
  command ask;
  ask.from.what = action::adjust;
  faults found;
  read_body(R"({"delta":1})", ask, found);
  CHECK(ask.from.fingerprint == digest{});
}

TEST_CASE("order, white space and escapes do not change the fingerprint") {
  CHECK(rc::check("shuffled, spaced, escaped: the same", [] {
    const auto text =
        rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '\x7e'));
    const auto reason = (*text).substr(0, 200);
    const auto owner = (*text).substr(0, 200);
    const auto quantity = *rc::gen::inRange(1, 1'000'000'001);
    const auto version = *rc::gen::inRange(0, 1'000);
    const nlohmann::json plain{{"quantity", quantity},
                               {"expectedVersion", version},
                               {"reason", reason},
                               {"owner", owner}};
    std::vector<std::string> members{
        "\"quantity\":" + std::to_string(quantity),
        "\"expectedVersion\" : " + std::to_string(version),
        "\"re\\u0061son\":" + all_escaped(reason),
        "\"owner\":" + nlohmann::json(owner).dump()};
    std::string body;
    std::sort(members.begin(), members.end());
    for (auto turns = *rc::gen::inRange(0, 24); turns > 0; --turns)
      std::next_permutation(members.begin(), members.end());
    for (const auto& each : members)
      body += (body.empty() ? "{ " : "\n,\t") + each;
    body += " }";
    const auto taken = fingerprint_of(action::reserve, body);
    RC_ASSERT(taken == fingerprint_of(action::reserve, plain.dump()));
    RC_ASSERT(taken == sha256(plain.dump()));
  }));
}

TEST_CASE("another value is another fingerprint") {
  CHECK(rc::check("one member differs", [] {
    const auto one = *rc::gen::inRange(1, 1'000);
    const auto other = *rc::gen::inRange(1, 1'000);
    const auto body = [](int quantity) {
      return "{\"quantity\":" + std::to_string(quantity) + "}";
    };
    RC_ASSERT((fingerprint_of(action::reserve, body(one))
               == fingerprint_of(action::reserve, body(other)))
              == (one == other));
  }));
}
