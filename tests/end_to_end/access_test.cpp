// Who is let in, and who is not.
#include <doctest/doctest.h>

#include "http/routes.hpp"
#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/guarded_node.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// The pattern with something in place of its names.
std::string example_of(std::string_view pattern) {
  std::string result{pattern};
  for (auto open = result.find('{'); open != std::string::npos;
       open = result.find('{', open))
    result.replace(open, result.find('}') - open + 1, "store-1");
  return result;
}

} // namespace

TEST_CASE("every route asks for its role and for no more") {
  const guarded_node given;
  caller client{given.node->port()};
  const std::pair<role, std::string> callers[] = {
      {role::anyone, ""},
      {role::reader, bearer(given.reader)},
      {role::writer, bearer(given.writer)},
      {role::operator_, bearer(given.boss)}};
  for (const auto& each : http::all_routes())
    for (const auto& [has, field] : callers) {
      CAPTURE(each.method);
      CAPTURE(each.pattern);
      CAPTURE(to_string(has));
      const auto answer = client.ask(
          {std::string{each.method}, example_of(each.pattern), "", field});
      if (includes(has, each.needed)) {
        CHECK(answer.status != 401);
        CHECK(answer.field("WWW-Authenticate").empty());
      } else if (has == role::anyone) {
        check_problem(answer, 401, "unauthorized");
        CHECK(answer.field("WWW-Authenticate") == "Bearer realm=\"holdfast\"");
      } else {
        check_problem(answer, 403, "forbidden");
        CHECK(answer.field("WWW-Authenticate")
                  .ends_with("scope=\"" + std::string{to_string(each.needed)}
                             + "\""));
      }
    }
}

TEST_CASE("strangers are not told which routes there are") {
  const guarded_node given;
  caller client{given.node->port()};
  const std::pair<const char*, const char*> unknown[] = {
      {"GET", "/api/nothing"}, {"DELETE", "/api/events"}};
  for (const auto& [method, target] : unknown) {
    CAPTURE(target);
    check_problem(client.ask({method, target, "", ""}), 401, "unauthorized");
    const auto known =
        client.ask({method, target, "", bearer(given.reader)}).status;
    CHECK((known == 404 || known == 405));
  }
}

TEST_CASE("no field but the one of a known key opens anything") {
  const guarded_node given;
  caller client{given.node->port()};
  const auto field = [](std::string value) {
    return "Authorization: " + std::move(value) + "\r\n";
  };
  const auto good = bearer(given.boss);
  const auto& secret = given.boss.secret;
  std::string many;
  for (int i = 0; i < 50; ++i)
    many += field("Bearer x");
  const auto check = [&](const std::string& fields, const std::string& error) {
    CAPTURE(fields);
    const auto answer = client.ask(get("/api/inventory/stores", fields));
    check_problem(answer, 401, "unauthorized");
    CHECK(answer.field("WWW-Authenticate")
          == "Bearer realm=\"holdfast\"" + error);
    CHECK(client.ask(get("/api/inventory/stores", good)).status == 200);
  };
  for (const auto& fields :
       {field(""), field("Bearer"), field("Bearer "), field("Basic " + secret),
        field(secret), good + good, good + field("Bearer x"),
        field("Bearer x") + good, many})
    check(fields, "");
  for (const auto& fields :
       {field("Bearer " + secret + "x"), field("Bearer " + secret.substr(1)),
        field("Bearer " + secret + " x"), field("Bearer \"" + secret + "\""),
        field("Bearer \x80\xff"), field("Bearer " + std::string(8'000, 'a'))})
    check(fields, ", error=\"invalid_token\"");
  CHECK(client.ask(get("/api/health/readiness", many)).status == 200);
}

TEST_CASE("an event tells whose key it was, after a restart too") {
  guarded_node given;
  const auto other = make_key("till-2", "writer");
  given.file.hold({given.reader, given.writer, other});
  given.node->stop();
  given.node->start();
  const auto adjust =
      post(record_path("x") + "/adjust", R"({"delta":5})", keyed("once"));
  const auto by = [&](const made_key& key) {
    auto request = adjust;
    request.fields += bearer(key);
    return request;
  };
  for (int run = 0; run < 2; ++run) {
    caller client{given.node->port()};
    // The scope of a key is method, path and key: who retries does not matter,
    // and the event stays that of the first.
    CHECK(client.ask(by(given.writer)).status == 200);
    const auto again = client.ask(by(other));
    CHECK(again.status == 200);
    CHECK(again.field("Idempotent-Replayed") == "true");
    const auto feed =
        body_of(client.ask(get("/api/events", bearer(given.reader))));
    REQUIRE(feed["events"].size() == 1);
    CHECK(feed["events"][0]["actor"] == "till-1");
    given.node->stop();
    given.node->start();
  }
}
