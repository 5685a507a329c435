// What is no JSON, and how much of it is read.
#include "bodies.hpp"

using namespace holdfast;
using namespace holdfast::http;

TEST_CASE("a body that is no JSON is one fault that names the byte") {
  for (const std::string body : {" ",
                                 "{",
                                 "}",
                                 "{\"delta\"",
                                 "{\"delta\":",
                                 "{\"delta\":1",
                                 "{,}",
                                 "{\"delta\":1,}",
                                 "{\"delta\":1}}",
                                 "{\"delta\":1} x",
                                 "{\"delta\":1},",
                                 "{delta:1}",
                                 "{'delta':1}",
                                 "{\"delta\" 1}",
                                 "{\"delta\":01}",
                                 "{\"delta\":+1}",
                                 "{\"delta\":-}",
                                 "{\"delta\":1.}",
                                 "{\"delta\":.5}",
                                 "{\"delta\":1e}",
                                 "{\"delta\":1x}",
                                 "{\"delta\":1 2}",
                                 "{\"delta\":1;\"reason\":\"x\"}",
                                 "{\"delta\":1,\"reason\":\"x}",
                                 "{\"delta\":1,\"reason\":\"x\\\"}",
                                 "\xef\xbb\xbf{\"delta\":1}",
                                 "{\"delta\":1}/**/",
                                 "{\"delta\":1}\f",
                                 "nul",
                                 "\"x",
                                 "[1,]"}) {
    CAPTURE(body);
    const auto found = faults_in(action::adjust, body);
    REQUIRE(found.size() == 1);
    CHECK(found[0].pointer == "");
    CHECK(found[0].message.starts_with("invalid JSON at byte "));
  }
}

TEST_CASE("the byte is the one where the grammar breaks") {
  const auto found = faults_in(action::adjust, "{\"delta\":1 2}");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "invalid JSON at byte 11: ',' or '}' is expected");
}

TEST_CASE("a NUL byte is no end of the body") {
  using namespace std::string_literals;
  CHECK(pointers_in(action::adjust, "{\"delta\":1}\0"s) == pointers{""});
  CHECK(pointers_in(action::adjust, "\0{\"delta\":1}"s) == pointers{""});
  CHECK(pointers_in(action::adjust, "{\"delta\"\0:1}"s) == pointers{""});
  CHECK(pointers_in(action::adjust, "{\"delta\":1,\"reason\":\"a\0b\"}"s)
        == pointers{"/reason"});
}

TEST_CASE("a body is an object") {
  for (const auto* body : {"[]", "[{\"delta\":1}]", "1", "\"delta\"", "null",
                           "true", " false ", "[1,{\"a\":[null]}]"}) {
    CAPTURE(body);
    const auto found = faults_in(action::adjust, body);
    REQUIRE(found.size() == 1);
    CHECK(found[0].pointer == "");
    CHECK(found[0].message == "must be an object");
  }
}

TEST_CASE("eight levels are read, a ninth is not") {
  const auto nested = [](int arrays) {
    return R"({"delta":1,"x":)" + std::string(arrays, '[')
           + std::string(arrays, ']') + "}";
  };
  CHECK(pointers_in(action::adjust, nested(7)) == pointers{"/x"});
  CHECK(pointers_in(action::adjust, nested(8)) == pointers{"/x", ""});
  CHECK(pointers_in(action::adjust, nested(30'000)) == pointers{"/x", ""});
  CHECK(faults_in(action::adjust, nested(8))[1].message.ends_with(
      "deeper than 8 levels"));
}

TEST_CASE("a body of nothing but faults has a short answer") {
  std::string body = "{";
  for (int i = 0; i < 10'000; ++i)
    body += "\"\":1,";
  CHECK(faults_in(action::adjust, body).size() == faults_max);
}
