// What a body must not be, and where the answer points.
#include "bodies.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

struct bad_body {
  action what;
  std::string body;
  pointers expected;
};

void check_all(const std::vector<bad_body>& table) {
  for (const auto& [what, body, expected] : table) {
    CAPTURE(body);
    CHECK(pointers_in(what, body) == expected);
  }
}

} // namespace

TEST_CASE("an integer is nothing else") {
  for (const auto* value :
       {"1.0", "1e2", "1E2", "1e0", "-1.5", "0.0", "\"1\"", "true", "false",
        "null", "[1]", "{}", "{\"a\":1}"}) {
    CAPTURE(value);
    CHECK(pointers_in(action::adjust, std::string{"{\"delta\":"} + value + "}")
          == pointers{"/delta"});
  }
}

TEST_CASE("integers have ranges") {
  check_all({
      {action::adjust, R"({"delta":0})", {"/delta"}},
      {action::adjust, R"({"delta":-0})", {"/delta"}},
      {action::adjust, R"({"delta":1000000001})", {"/delta"}},
      {action::adjust, R"({"delta":-1000000001})", {"/delta"}},
      {action::adjust, R"({"delta":99999999999999999999})", {"/delta"}},
      {action::adjust,
       R"({"delta":1,"expectedVersion":-1})",
       {"/expectedVersion"}},
      {action::adjust,
       R"({"delta":1,"expectedVersion":9223372036854775808})",
       {"/expectedVersion"}},
      {action::adjust,
       R"({"delta":1,"expectedVersion":-9223372036854775808})",
       {"/expectedVersion"}},
      {action::reserve, R"({"quantity":0})", {"/quantity"}},
      {action::reserve, R"({"quantity":-1})", {"/quantity"}},
      {action::reserve, R"({"quantity":1000000001})", {"/quantity"}},
      {action::reserve, R"({"quantity":1,"ttlSeconds":0})", {"/ttlSeconds"}},
      {action::reserve,
       R"({"quantity":1,"ttlSeconds":14401})",
       {"/ttlSeconds"}},
      {action::count, R"({"onHand":-1})", {"/onHand"}},
      {action::count, R"({"onHand":1000000000000001})", {"/onHand"}},
      {action::count, R"({"safetyStock":-1})", {"/safetyStock"}},
      {action::count,
       R"({"backorderLimit":1000000000000001})",
       {"/backorderLimit"}},
  });
}

TEST_CASE("texts are short UTF-8 without control characters") {
  const std::string head = R"({"delta":1,"reason":)";
  const auto long_text = std::string(257, 'x');
  for (const std::string value : {"1",
                                  "null",
                                  "[]",
                                  "\"\xff\"",
                                  "\"\xc3\"",
                                  "\"\xed\xa0\x80\"",
                                  "\"\xc0\x80\"",
                                  "\"a\nb\"",
                                  "\"a\tb\"",
                                  R"("\n")",
                                  R"("\u0000")",
                                  R"("\u007f")",
                                  R"("\u0085")",
                                  "\"\xc2\x85\"",
                                  R"("\x41")",
                                  R"("\u12")",
                                  R"("\u12g4")",
                                  R"("\ud800")",
                                  R"("\ude00")",
                                  R"("\ud800\u0041")",
                                  R"("\ud83d\ud83d")",
                                  R"("\U0041")"}) {
    CAPTURE(value);
    CHECK(pointers_in(action::adjust, head + value + "}")
          == pointers{"/reason"});
  }
  CHECK(pointers_in(action::adjust, head + '"' + long_text + "\"}")
        == pointers{"/reason"});
}

TEST_CASE("unknown members are named, however they are spelled") {
  check_all({
      {action::adjust, R"({"delta":1,"Delta":1})", {"/Delta"}},
      {action::adjust, R"({"delta":1,"":1})", {"/"}},
      {action::adjust, R"({"delta":1,"a/b~c":{"x":[1,2]}})", {"/a~1b~0c"}},
      {action::adjust, R"({"delta":1,"\u00e9":1})", {"/é"}},
      {action::adjust, "{\"delta\":1,\"\xff\":1}", {""}},
      {action::adjust, R"({"delta":1,"quantity":1})", {"/quantity"}},
      {action::adjust, R"({"delta":1,"owner":"x"})", {"/owner"}},
      {action::count,
       R"({"onHand":1,"expectedVersion":1})",
       {"/expectedVersion"}},
      {action::release,
       R"({"reservationId":"x","ttlSeconds":1})",
       {"/ttlSeconds"}},
  });
}

TEST_CASE("a member comes once, whatever its spelling") {
  check_all({
      {action::adjust, R"({"delta":1,"delta":1})", {"/delta"}},
      {action::adjust, R"({"delta":1,"d\u0065lta":2})", {"/delta"}},
      {action::adjust,
       R"({"delta":1,"delta":null,"delta":[]})",
       {"/delta", "/delta"}},
  });
}

TEST_CASE("members that an action needs are missed") {
  check_all({
      {action::adjust, "", {"/delta"}},
      {action::adjust, "{}", {"/delta"}},
      {action::adjust, R"({"reason":"x"})", {"/delta"}},
      {action::reserve, "{ }", {"/quantity"}},
      {action::release, R"({"quantity":1})", {"/reservationId"}},
      {action::commit, "{}", {"/reservationId"}},
      {action::count, "{}", {""}},
      {action::count, "", {""}},
      {action::count, R"({"reason":"x"})", {""}},
  });
  CHECK(pointers_in(action::extend, "", true) == pointers{"/ttlSeconds"});
  CHECK(pointers_in(action::release, R"({"reservationId":"x"})", true)
        == pointers{"/reservationId"});
}

TEST_CASE("every fault is told at once") {
  const auto found = pointers_in(
      action::reserve,
      R"({"quantity":0,"ttlSeconds":"x","owner":7,"x":1,"reason":"\ud800",)"
      R"("reference":null,"x":2,"ttlSeconds":1})");
  CHECK(found
        == pointers{"/quantity", "/ttlSeconds", "/owner", "/x", "/reason",
                    "/reference", "/x", "/ttlSeconds"});
}

TEST_CASE("faults before a break of the grammar are told with it") {
  CHECK(pointers_in(action::reserve, R"({"quantity":0,"x":1,)")
        == pointers{"/quantity", "/x", ""});
}
