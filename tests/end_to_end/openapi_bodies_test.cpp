// Bodies of requests: what the document allows is what a node takes.
#include <doctest/doctest.h>

#include "tests/end_to_end/exact_caller.hpp"
#include "tests/end_to_end/live_node.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// `body` and what comes of it by one change.
std::vector<json> variants_of(const json& body) {
  const json odd_values[] = {nullptr,
                             true,
                             "",
                             "x",
                             "a\nb",
                             std::string(300, 'x'),
                             -1'000'000'001,
                             -1,
                             0,
                             1,
                             1.5,
                             14'400,
                             14'401,
                             86'400'001,
                             1'000'000'000,
                             1'000'000'001,
                             1'000'000'000'000'000,
                             1'000'000'000'000'001,
                             json::array(),
                             json::object()};
  std::vector<json> all = {body, json::array(), json("x")};
  auto more = body;
  more["unheard"] = 1;
  all.push_back(more);
  for (const auto& [name, value] : body.items()) {
    auto other = body;
    other.erase(name);
    all.push_back(other);
    for (const auto& odd : odd_values) {
      other[name] = odd;
      all.push_back(other);
    }
  }
  return all;
}

/// A body with every member there is, or as near as its examples come.
std::vector<json> whole_bodies(const test::api_document& document,
                               const json& schema) {
  std::vector<json> all;
  for (const auto& each : schema["examples"])
    all.push_back(each);
  auto whole = all.front();
  const auto properties = schema.value("properties", json::object());
  for (const auto& [name, reference] : properties.items()) {
    const auto& member = document.resolve(reference);
    if (member.contains("examples"))
      whole[name] = member["examples"][0];
    else if (!whole.contains(name) && member.value("type", "") == "string")
      whole[name] = "x";
  }
  all.push_back(whole);
  return all;
}

} // namespace

TEST_CASE("a node takes the bodies of its document and no others") {
  live_node node{{"--node-port", "auto"}};
  exact_caller client{node.port()};
  std::size_t taken = 0;
  std::size_t refused = 0;
  for (const auto& each : client.document().operations()) {
    if (!each.is->contains("requestBody"))
      continue;
    const auto& schema = client.document().resolve(
        each.is->at("requestBody")["content"]["application/json"]["schema"]);
    for (const auto& whole : whole_bodies(client.document(), schema))
      for (const auto& body : variants_of(whole)) {
        CAPTURE(each.name());
        CAPTURE(body);
        const auto fits = client.document().check(schema, body).empty();
        const auto status = client.try_body(each, body.dump());
        CHECK((status != 400) == fits);
        ++(fits ? taken : refused);
      }
  }
  CHECK(taken > 100);
  CHECK(refused > 500);
  MESSAGE(taken << " bodies taken, " << refused << " refused");
}
