// What an OpenAPI document says of requests and their answers.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/support/json_schema.hpp"
#include "tests/support/raw_client.hpp"

namespace holdfast::test {

/// One operation of the document.
struct api_operation {
  /// In capitals.
  std::string method;
  /// With `{…}` for what a caller fills in.
  std::string path;
  const nlohmann::json* is = nullptr;
  /// Of the operation and of its path.
  std::vector<const nlohmann::json*> parameters;

  std::string name() const {
    return method + " " + path;
  }
  /// The path with the examples of its parameters.
  std::string example_path() const;
};

/// Not thread-safe: it keeps the schemas it has parsed.
class api_document {
public:
  using json = nlohmann::json;
  using faults = std::vector<std::string>;

  explicit api_document(json document);
  api_document(const api_document&) = delete;

  const json& all() const noexcept {
    return document_;
  }
  const std::vector<api_operation>& operations() const noexcept {
    return operations_;
  }
  /// The operation that a request is for, or null.
  const api_operation* find(std::string_view method,
                            std::string_view target) const;

  /// What `node` refers to, or `node` itself. Throws `std::exception` if that
  /// is not there.
  const json& resolve(const json& node) const;

  /// What contradicts `schema` in `value`.
  faults check(const json& schema, const json& value) const;
  /// What contradicts the document in an answer of `from`.
  faults check(const api_operation& from, const raw_response& answer) const;
  /// The same for one of its response objects.
  faults check_response(const json& response, const raw_response& answer) const;

private:
  void check_fields(const json& response, const raw_response& answer,
                    faults& found) const;
  void check_body(const json& response, const raw_response& answer,
                  faults& found) const;

  json document_;
  std::vector<api_operation> operations_;
  mutable std::map<std::string, std::unique_ptr<json_schema>> schemas_;
};

} // namespace holdfast::test
