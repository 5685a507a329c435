// Answers that contradict the document must not get by.
#include <doctest/doctest.h>

#include "http/openapi.hpp"
#include "requests.hpp"
#include "tests/support/api_document.hpp"

using namespace holdfast;
using nlohmann::json;

namespace {

struct api_document_fixture {
  test::api_document document{json::parse(http::openapi_document())};
  const test::api_operation* read = document.find("GET", http::base);
  json record =
      document.all()["components"]["schemas"]["Record"]["examples"][0];
  raw_response answer{200,
                      "OK",
                      {{"Content-Type", "application/json"},
                       {"Content-Length", "1"},
                       {"ETag", "\"7\""},
                       {"X-Request-Id", "r-1"}},
                      record.dump()};

  /// The faults of the answer with a body that `change` made.
  template <class Change>
  std::size_t faults_with(Change change) {
    auto body = record;
    change(body);
    auto other = answer;
    other.body = body.dump();
    return document.check(*read, other).size();
  }
  /// With one field replaced, or left out where `value` is empty.
  std::size_t faults_with(const std::string& name, const std::string& value) {
    auto other = answer;
    std::erase_if(other.fields,
                  [&](const auto& each) { return each.first == name; });
    if (!value.empty())
      other.fields.emplace_back(name, value);
    return document.check(*read, other).size();
  }
};

} // namespace

TEST_CASE_FIXTURE(api_document_fixture,
                  "an answer as documented has no faults") {
  REQUIRE(read != nullptr);
  CHECK(document.check(*read, answer).empty());
  raw_response same{304, "", {{"ETag", "\"7\""}, {"X-Request-Id", "r"}}, ""};
  CHECK(document.check(*read, same).empty());
  same.body = "{}";
  CHECK(document.check(*read, same).size() == 1);
}

TEST_CASE_FIXTURE(api_document_fixture, "a body that deviates is found") {
  for (const auto& [name, value] : record.items()) {
    CAPTURE(name);
    CHECK(faults_with([&](json& body) { body.erase(name); }) > 0);
    CHECK(faults_with([&](json& body) { body[name] = nullptr; }) > 0);
  }
  CHECK(faults_with([](json& body) { body["more"] = 1; }) > 0);
  CHECK(faults_with([](json& body) { body["onHand"] = 1.5; }) > 0);
  CHECK(faults_with([](json& body) { body["onHand"] = -1; }) > 0);
  CHECK(faults_with([](json& body) { body["onHand"] = "1"; }) > 0);
  CHECK(faults_with([](json& body) { body["onHand"] = 1'000'000'000'000'001; })
        > 0);
  CHECK(faults_with([](json& body) { body["version"] = 0; }) > 0);
  CHECK(faults_with([](json& body) { body["storeId"] = "a/b"; }) > 0);
  CHECK(faults_with([](json& body) { body["sku"] = ""; }) > 0);
  for (const auto* time : {"2026-11-22T06:11:00Z", "2026-13-22T06:11:00.123Z",
                           "2026-11-22 06:11:00.123Z", "now"})
    CHECK(faults_with([&](json& body) { body["updatedAt"] = time; }) > 0);
  CHECK(faults_with([](json& body) { body = json::array({body}); }) > 0);
  answer.body += ',';
  CHECK(document.check(*read, answer).size() == 1);
}

TEST_CASE_FIXTURE(api_document_fixture, "a field that deviates is found") {
  for (const auto* etag : {"", "7", "\"0\"", "W/\"7\"", "\"x\""})
    CHECK(faults_with("ETag", etag) > 0);
  CHECK(faults_with("X-Request-Id", "") > 0);
  CHECK(faults_with("Content-Type", "text/plain") > 0);
  CHECK(faults_with("Location", "/api") > 0);
  CHECK(faults_with("Retry-After", "1") > 0);
}

TEST_CASE_FIXTURE(api_document_fixture,
                  "a status that is not documented is found") {
  answer.status = 202;
  CHECK(document.check(*read, answer).size() == 1);
}

TEST_CASE_FIXTURE(api_document_fixture, "a number in a field is a number") {
  const auto busy =
      document
          .all()["components"]["schemas"]["OverloadedProblem"]["examples"][0];
  raw_response refused{503,
                       "",
                       {{"Content-Type", "application/problem+json"},
                        {"X-Request-Id", "r"},
                        {"Retry-After", "1"}},
                       busy.dump()};
  CHECK(document.check(*read, refused).empty());
  for (const auto* wrong : {"0", "-1", "soon", "1.5"}) {
    refused.fields.back().second = wrong;
    CHECK_FALSE(document.check(*read, refused).empty());
  }
}

TEST_CASE_FIXTURE(api_document_fixture, "a request finds its operation") {
  CHECK(read->path == "/api/inventory/stores/{storeId}/inventory/{sku}");
  CHECK(document.find("HEAD", http::base + "?x=y") == read);
  CHECK(document.find("PUT", http::base)->is->at("operationId")
        == "countRecord");
  CHECK(document.find("DELETE", http::base) == nullptr);
  CHECK(document.find("GET", http::base + "/adjust") == nullptr);
  CHECK(document.find("GET", "/api") == nullptr);
}
