#include "tests/support/api_document.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace holdfast::test {

namespace {

using nlohmann::json;

std::string capitals(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(std::toupper(c));
  });
  return text;
}

std::string_view first_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto size = std::min(path.find('/'), path.size());
  const auto segment = path.substr(0, size);
  path.remove_prefix(size);
  return segment;
}

bool matches(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = first_segment(pattern);
    const auto given = first_segment(path);
    if (!wanted.starts_with('{') && wanted != given)
      return false;
  }
  return pattern.empty() && path.empty();
}

/// What HTTP itself brings, which OpenAPI leaves out.
bool is_of_http(const std::string& field) {
  static const std::set<std::string> names = {"Connection", "Content-Length",
                                              "Content-Type", "Date", "Server"};
  return names.contains(field);
}

bool is_number(const std::string& text) {
  return !text.empty() && text.size() < 16
         && std::all_of(text.begin(), text.end(),
                        [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// A field is a text, unless its schema has it as a number.
json value_of(const json& schema, const std::string& text) {
  if (schema.value("type", "") == "integer" && is_number(text))
    return std::stoll(text);
  return text;
}

std::string media_type_of(const raw_response& answer) {
  const auto type = answer.field("Content-Type");
  return type.substr(0, type.find(';'));
}

} // namespace

std::string api_operation::example_path() const {
  auto result = path;
  for (const auto* each : parameters) {
    const auto mark = "{" + each->at("name").get<std::string>() + "}";
    if (const auto at = result.find(mark); at != std::string::npos)
      result.replace(at, mark.size(), each->at("example").get<std::string>());
  }
  return result;
}

api_document::api_document(json document) : document_(std::move(document)) {
  for (const auto& [path, item] : document_.at("paths").items())
    for (const auto& [method, is] : item.items()) {
      if (method == "parameters")
        continue;
      api_operation one{capitals(method), path, &is, {}};
      for (const auto* owner : {&item, &is})
        if (owner->contains("parameters"))
          for (const auto& each : owner->at("parameters"))
            one.parameters.push_back(&resolve(each));
      operations_.push_back(std::move(one));
    }
}

const api_operation* api_document::find(std::string_view method,
                                        std::string_view target) const {
  const auto wanted = method == "HEAD" ? std::string_view{"GET"} : method;
  const auto path = target.substr(0, target.find('?'));
  for (const auto& each : operations_)
    if (each.method == wanted && matches(each.path, path))
      return &each;
  return nullptr;
}

const json& api_document::resolve(const json& node) const {
  if (!node.is_object() || !node.contains("$ref"))
    return node;
  const auto where = node.at("$ref").get<std::string>();
  return document_.at(json::json_pointer{where.substr(1)});
}

api_document::faults api_document::check(const json& schema,
                                         const json& value) const {
  auto& known = schemas_[schema.dump()];
  if (!known)
    known = std::make_unique<json_schema>(document_, schema);
  return known->faults_of(value);
}

api_document::faults api_document::check(const api_operation& from,
                                         const raw_response& answer) const {
  const auto& responses = from.is->at("responses");
  const auto status = std::to_string(answer.status);
  if (!responses.contains(status))
    return {from.name() + " does not answer " + status};
  return check_response(responses.at(status), answer);
}

api_document::faults
api_document::check_response(const json& response,
                             const raw_response& answer) const {
  faults found;
  check_fields(response, answer, found);
  check_body(response, answer, found);
  return found;
}

void api_document::check_fields(const json& response,
                                const raw_response& answer,
                                faults& found) const {
  const auto known = response.value("headers", json::object());
  for (const auto& [name, reference] : known.items()) {
    const auto& is = resolve(reference);
    const auto text = answer.field(name);
    if (text.empty()) {
      if (is.value("required", false))
        found.push_back("the field " + name + " is missing");
      continue;
    }
    const auto& schema = resolve(is.at("schema"));
    for (const auto& each : check(schema, value_of(schema, text)))
      found.push_back("the field " + name + ": " + each);
  }
  for (const auto& [name, value] : answer.fields)
    if (!is_of_http(name) && !known.contains(name))
      found.push_back("the field " + name + " is not documented");
}

void api_document::check_body(const json& response, const raw_response& answer,
                              faults& found) const {
  if (!response.contains("content")) {
    if (!answer.body.empty())
      found.push_back("a body is not documented");
    return;
  }
  const auto& content = response.at("content");
  const auto type = media_type_of(answer);
  if (!content.contains(type)) {
    found.push_back("the type " + type + " is not documented");
    return;
  }
  const auto body = type.ends_with("json")
                        ? json::parse(answer.body, nullptr, false)
                        : json(answer.body);
  if (body.is_discarded())
    found.push_back("the body is no JSON");
  else
    for (const auto& each : check(content.at(type).at("schema"), body))
      found.push_back("the body " + each);
}

} // namespace holdfast::test
