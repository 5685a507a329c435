// The document of the API against the program it describes.
#include <doctest/doctest.h>

#include <functional>
#include <set>

#include "holdfast/access.hpp"
#include "http/openapi.hpp"
#include "http/page_json.hpp"
#include "http/routes.hpp"
#include "tests/support/api_document.hpp"

using namespace holdfast;
using namespace holdfast::http;
using nlohmann::json;

namespace {

const test::api_document& document() {
  static const test::api_document made{json::parse(openapi_document())};
  return made;
}

using visitor = std::function<void(const json&, const std::string& where)>;

/// Every value below `from`, `from` included.
void walk(const json& from, const visitor& visit, const std::string& where) {
  visit(from, where);
  if (from.is_structured())
    for (const auto& [name, value] : from.items())
      walk(value, visit, where + "/" + name);
}

/// Every schema in `from`, which is one, those it refers to left out.
void walk_schema(const json& from, const visitor& visit,
                 const std::string& where) {
  if (!from.is_object())
    return;
  visit(from, where);
  for (const auto* name : {"items", "not", "additionalProperties"})
    if (from.contains(name))
      walk_schema(from[name], visit, where + "/" + name);
  for (const auto* name : {"properties", "allOf", "anyOf", "oneOf"})
    if (from.contains(name))
      for (const auto& [key, each] : from[name].items())
        walk_schema(each, visit, where + "/" + name + "/" + key);
}

void for_each_schema(const visitor& visit) {
  const auto& all = document().all();
  for (const auto& [name, schema] : all["components"]["schemas"].items())
    walk_schema(schema, visit, "schemas/" + name);
  walk(
      all,
      [&](const json& node, const std::string& where) {
        if (node.is_object() && node.contains("schema"))
          walk_schema(node["schema"], visit, where);
      },
      "");
}

void check_fits(const json& schema, const json& value,
                const std::string& where) {
  for (const auto& fault : document().check(schema, value))
    FAIL_CHECK(where << " has an example that does not fit: " << fault);
}

} // namespace

TEST_CASE("the document lists every route with its role, and no other") {
  std::set<std::string> routed;
  for (const auto& each : all_routes())
    routed.insert(std::string{each.method} + " " + std::string{each.pattern}
                  + " for " + std::string{to_string(each.needed)});
  std::set<std::string> documented;
  for (const auto& each : document().operations())
    documented.insert(each.name() + " for "
                      + each.is->at("x-role").get<std::string>());
  for (const auto& each : routed)
    CHECK_MESSAGE(documented.contains(each), each << " is not in http/openapi");
  for (const auto& each : documented)
    CHECK_MESSAGE(routed.contains(each), each << " is no route");
}

TEST_CASE("who may call is told as OpenAPI tells it") {
  for (const auto& each : document().operations()) {
    CAPTURE(each.name());
    const auto& role = each.is->at("x-role");
    CHECK(each.is->at("security")
          == (role == "anyone" ? json::array()
                               : json{{{"bearer", json::array({role})}}}));
    CHECK(each.is->at("responses").contains("401") == (role != "anyone"));
  }
}

TEST_CASE("an operation has a name of its own and declares its path") {
  std::set<std::string> names;
  for (const auto& each : document().operations()) {
    CAPTURE(each.name());
    CHECK(names.insert(each.is->at("operationId")).second);
    CHECK(each.example_path().find('{') == std::string::npos);
    for (const auto* one : each.parameters)
      if (one->at("in") == "path")
        CHECK(each.path.find("{" + one->at("name").get<std::string>() + "}")
              != std::string::npos);
  }
}

TEST_CASE("every reference leads somewhere, and to every component") {
  std::set<std::string> used;
  walk(
      document().all(),
      [&](const json& node, const std::string& where) {
        if (!node.is_object() || !node.contains("$ref"))
          return;
        CHECK_NOTHROW_MESSAGE(document().resolve(node), where);
        used.insert(node["$ref"].get<std::string>());
      },
      "");
  for (const auto& [kind, all] : document().all()["components"].items())
    if (kind != "securitySchemes")
      for (const auto& [name, one] : all.items())
        CHECK_MESSAGE(used.contains("#/components/" + kind + "/" + name), name,
                      " is not used");
}

TEST_CASE("schemas have no keyword that nobody checks") {
  const std::set<std::string> known = {"$ref",          "additionalProperties",
                                       "allOf",         "anyOf",
                                       "const",         "default",
                                       "description",   "discriminator",
                                       "enum",          "examples",
                                       "format",        "items",
                                       "maxItems",      "maxLength",
                                       "maxProperties", "maximum",
                                       "minItems",      "minLength",
                                       "minimum",       "not",
                                       "oneOf",         "pattern",
                                       "properties",    "required",
                                       "type"};
  std::size_t count = 0;
  for_each_schema([&](const json& schema, const std::string& where) {
    ++count;
    for (const auto& [keyword, value] : schema.items())
      CHECK_MESSAGE(known.contains(keyword), where, " has ", keyword);
    if (schema.contains("$ref"))
      CHECK_MESSAGE(schema.size() == 1, where);
  });
  CHECK(count > 300);
}

TEST_CASE("every example fits its schema") {
  std::size_t count = 0;
  for_each_schema([&](const json& schema, const std::string& where) {
    for (const auto& each : schema.value("examples", json::array())) {
      ++count;
      check_fits(schema, each, where);
    }
  });
  const auto check_example = [&](const json& node, const std::string& where) {
    if (node.is_object() && node.contains("schema")
        && node.contains("example")) {
      ++count;
      check_fits(node["schema"], node["example"], where);
    }
  };
  walk(document().all(), check_example, "");
  CHECK(count > 60);
}

TEST_CASE("every body has an example") {
  const auto check_body = [](const json& node, const std::string& where) {
    if (!node.is_object() || !node.contains("application/json"))
      return;
    const auto& schema = document().resolve(node["application/json"]["schema"]);
    CHECK_MESSAGE((schema.contains("examples") || schema.contains("oneOf")),
                  where);
  };
  walk(document().all(), check_body, "");
}

TEST_CASE("requests go to where the document came from, TLS or not") {
  const auto& servers = document().all()["servers"];
  REQUIRE(servers.size() == 1);
  CHECK(servers[0]["url"] == "/");
}

TEST_CASE("the document is served as it was made") {
  const auto response = render_openapi();
  CHECK(response.status == 200);
  CHECK(response.content_type == "application/json");
  CHECK(response.body == openapi_document());
}
