#include "tests/support/json_schema.hpp"

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace holdfast::test {

using nlohmann::json;
using adapter = valijson::adapters::NlohmannJsonAdapter;

struct json_schema::parsed {
  valijson::Schema schema;
};

json_schema::json_schema(const json& document, const json& schema)
    : parsed_(std::make_unique<parsed>()) {
  // References begin at the root, so the schema becomes one of a document.
  const json whole = {{"allOf", {schema}},
                      {"components", document.at("components")}};
  valijson::SchemaParser parser;
  parser.populateSchema(adapter{whole}, parsed_->schema);
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
