#include "tests/support/json_schema.hpp"

#include <string_view>
#include <utility>

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace holdfast::test {

using nlohmann::json;
using adapter = valijson::adapters::NlohmannJsonAdapter;

namespace {

/// `std::regex` sees bytes, and the second kind of control characters has two
/// of them each: a class cannot tell them, a look ahead can.
std::string over_bytes(std::string pattern) {
  constexpr std::string_view controls = "\\u007f-\\u009f";
  const auto at = pattern.find(controls);
  if (at == std::string::npos)
    return pattern;
  pattern.replace(at, controls.size(), "\\u007f");
  return pattern.insert(1, "(?![^]*\\u00c2[\\u0080-\\u009f])");
}

void read_patterns_over_bytes(json& of) {
  if (!of.is_structured())
    return;
  for (auto& [name, value] : of.items()) {
    if (name == "pattern" && value.is_string())
      value = over_bytes(value.get<std::string>());
    else
      read_patterns_over_bytes(value);
  }
}

} // namespace

struct json_schema::parsed {
  valijson::Schema schema;
};

json_schema::json_schema(const json& document, const json& schema)
    : parsed_(std::make_unique<parsed>()) {
  // References begin at the root, so the schema becomes one of a document.
  json whole = {{"allOf", {schema}}, {"components", document.at("components")}};
  read_patterns_over_bytes(whole);
  valijson::SchemaParser parser;
  parser.populateSchema(adapter{std::as_const(whole)}, parsed_->schema);
}

json_schema::~json_schema() = default;

std::vector<std::string> json_schema::faults_of(const json& value) const {
  valijson::Validator validator;
  valijson::ValidationResults results;
  std::vector<std::string> found;
  if (validator.validate(parsed_->schema, adapter{value}, &results))
    return found;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    std::string at;
    for (const auto& step : error.context)
      at += step;
    found.push_back(at + ": " + error.description);
  }
  return found;
}

} // namespace holdfast::test
