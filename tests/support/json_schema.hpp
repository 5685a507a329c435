// Values held against JSON schemas.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace holdfast::test {

/// One schema, ready to judge values. Knows draft 7, so a test has to see to
/// it that no newer keyword is used.
class json_schema {
public:
  /// `schema` may refer to the components of `document`. Throws
  /// `std::exception` for what is no schema.
  json_schema(const nlohmann::json& document, const nlohmann::json& schema);
  ~json_schema();

  /// What is wrong with `value`, nothing if it fits.
  std::vector<std::string> faults_of(const nlohmann::json& value) const;

private:
  struct parsed;
  std::unique_ptr<parsed> parsed_;
};

} // namespace holdfast::test
