#include "requests.hpp"

#include "http/fingerprint.hpp"
#include "tests/http/keys_of.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

/// Two callers; the secret of each is its name.
std::shared_ptr<const access::key_ring> ring() {
  return test::keys_of(
      {{"reader-1", role::reader}, {"writer-1", role::writer}});
}

admission ask(std::string_view field, role needed = role::reader) {
  static authenticator gate = [] {
    authenticator made;
    made.use(ring());
    return made;
  }();
  return gate.admit(field, needed);
}

} // namespace

TEST_CASE("without keys everybody may do everything") {
  authenticator gate;
  for (const auto* field : {"", "Bearer x", "Basic x"}) {
    const auto in = gate.admit(field, role::operator_);
    CHECK(in.code == error_code::none);
    CHECK(in.who == nullptr);
  }
}

TEST_CASE("who is known and may is let in, again and again") {
  for (int i = 0; i < 3; ++i) {
    const auto in = ask("Bearer writer-1", role::writer);
    CHECK(in.code == error_code::none);
    REQUIRE(in.who != nullptr);
    CHECK(in.who->name == "writer-1");
    CHECK(in.challenge.empty());
  }
}

TEST_CASE("who is known and may not is forbidden, and told what it takes") {
  for (int i = 0; i < 2; ++i) {
    const auto in = ask("Bearer reader-1", role::writer);
    CHECK(in.code == error_code::forbidden);
    CHECK(in.challenge
          == "Bearer realm=\"holdfast\", error=\"insufficient_scope\", "
             "scope=\"writer\"");
  }
  CHECK(ask("Bearer writer-1", role::operator_)
            .challenge.ends_with("scope=\"operator\""));
}

TEST_CASE("who says nothing is asked, and not accused") {
  const auto in = ask({});
  CHECK(in.code == error_code::unauthorized);
  CHECK(in.challenge == "Bearer realm=\"holdfast\"");
}

TEST_CASE("whatever is no token of anybody is refused, again and again") {
  const auto check = [](const std::string& field, std::string_view error) {
    CAPTURE(field);
    for (int i = 0; i < 2; ++i) {
      const auto in = ask(field);
      CHECK(in.code == error_code::unauthorized);
      CHECK(in.who == nullptr);
      CHECK(in.challenge == "Bearer realm=\"holdfast\"" + std::string{error});
    }
  };
  for (const auto* field :
       {"", "Bearer", "Bearer ", "Bearer  ", "bearer", "Basic reader-1",
        "Bearerreader-1", "Bearer\treader-1", "reader-1",
        "Bearer, Bearer reader-1"})
    check(field, "");
  for (const auto* field :
       {"Bearer reader-1 ", "Bearer reader-1,", "Bearer reader-1 x",
        "Bearer reader-12", "Bearer Reader-1", "Bearer =", "Bearer reader-1=",
        "Bearer \"reader-1\"", "Bearer x\x80", "Bearer reader-1\xff"})
    check(field, ", error=\"invalid_token\"");
  for (const auto size : {512, 513, 8'000})
    CHECK(ask("Bearer " + std::string(size, 'a')).code
          == error_code::unauthorized);
}

TEST_CASE("the scheme is compared without case, blanks before a token are") {
  for (const auto* field :
       {"bearer reader-1", "BEARER reader-1", "Bearer   reader-1"})
    CHECK(ask(field).code == error_code::none);
}

TEST_CASE("what nobody is asked for is open to all, with any field") {
  for (const auto* field : {"", "Basic x", "Bearer nobody"})
    CHECK(ask(field, role::anyone).code == error_code::none);
}

TEST_CASE("a token counts as long as its key does, however often it was seen") {
  authenticator gate;
  gate.use(ring());
  CHECK(gate.admit("Bearer reader-1", role::reader).code == error_code::none);
  gate.use(test::keys_of({{"x", role::reader}}));
  CHECK(gate.admit("Bearer reader-1", role::reader).code
        == error_code::unauthorized);
  gate.use(nullptr);
  CHECK(gate.admit("Bearer reader-1", role::reader).who == nullptr);
}

TEST_CASE("more tokens than are remembered are told apart") {
  std::vector<access::api_key> keys;
  for (int i = 0; i < 1'000; ++i) {
    access::api_key key;
    key.who.name = "till-" + std::to_string(i);
    key.who.may = role::writer;
    key.hash = sha256(key.who.name);
    keys.push_back(std::move(key));
  }
  authenticator gate;
  gate.use(std::make_shared<const access::key_ring>(keys));
  for (int round = 0; round < 2; ++round)
    for (const auto& key : keys) {
      const auto in = gate.admit("Bearer " + key.who.name, role::writer);
      REQUIRE(in.who != nullptr);
      CHECK(in.who->name == key.who.name);
    }
}

TEST_CASE("the caller is judged before anything else is told") {
  authenticator gate;
  gate.use(ring());
  const auto ask_with = [&](api_request request, std::string_view field) {
    request.authorization = field;
    return interpret(request, "request-1", "n1", gate, open_door());
  };
  const auto status_of = [](const interpretation& from) {
    const auto* refused = std::get_if<api_response>(&from.next);
    return refused == nullptr ? 0 : refused->status;
  };
  const auto nothing = get("/api/nothing");
  const auto no_method = send("DELETE", base, "");
  CHECK(status_of(ask_with(nothing, {})) == 401);
  CHECK(status_of(ask_with(no_method, {})) == 401);
  CHECK(status_of(ask_with(nothing, "Bearer reader-1")) == 404);
  CHECK(status_of(ask_with(no_method, "Bearer reader-1")) == 405);
  CHECK(status_of(ask_with(send("POST", base + "/adjust", "{"), {})) == 401);
  CHECK(status_of(
            ask_with(send("POST", base + "/adjust", "{"), "Bearer reader-1"))
        == 403);
  CHECK(status_of(
            ask_with(send("POST", base + "/adjust", "{"), "Bearer writer-1"))
        == 400);
  const auto write = ask_with(send("POST", base + "/adjust", R"({"delta":1})"),
                              "Bearer writer-1");
  REQUIRE(std::holds_alternative<operation_ptr>(write.next));
  CHECK(std::get<operation_ptr>(write.next)->ask.from.actor == "writer-1");
  CHECK(write.caller == "writer-1");
  const auto page = ask_with(get("/api/cluster"), "Bearer reader-1");
  REQUIRE(std::holds_alternative<page_request>(page.next));
  CHECK(std::get<page_request>(page.next).caller == "reader-1");
}
