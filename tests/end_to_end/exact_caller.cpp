#include "tests/end_to_end/exact_caller.hpp"

#include <doctest/doctest.h>

#include "tests/end_to_end/live_node.hpp"

namespace holdfast::live {

exact_caller::exact_caller(std::uint16_t port, caller_fields as)
    : port_(port), as_(std::move(as)) {
  const auto answer = client_.ask(get("/api/openapi.json", as_.reader));
  REQUIRE(answer.status == 200);
  document_ = std::make_unique<test::api_document>(body_of(answer));
}

json exact_caller::ask(const request& what, int status) {
  CAPTURE(what.method);
  CAPTURE(what.target);
  CAPTURE(what.body);
  auto with_key = what;
  with_key.fields += as_.operator_;
  const auto answer = client_.ask(with_key);
  const auto* of = document_->find(what.method, what.target);
  REQUIRE(of != nullptr);
  CHECK(answer.status == status);
  judge(*of, answer);
  if (answer.status < 300)
    check_request(*of, what);
  return answer.body.empty() ? json{}
                             : json::parse(answer.body, nullptr, false);
}

json exact_caller::ask_again(request what, int status, std::string other_body) {
  what.fields += keyed(fresh_name("key"));
  auto first = ask(what, status);
  auto again = ask(what, status);
  // The id of the request is another one.
  if (status >= 400)
    again["instance"] = first["instance"];
  CHECK(again == first);
  what.body = std::move(other_body);
  ask(what, 422);
  return first;
}

int exact_caller::try_body(const test::api_operation& to,
                           const std::string& body) {
  const auto answer =
      client_.ask({to.method, to.example_path(), body, as_.operator_});
  judge(to, answer);
  return answer.status;
}

int exact_caller::send(const test::api_operation& to,
                       const std::string& bytes) {
  CAPTURE(to.name());
  raw_client client{port_};
  // A peer that refused may have closed before it took everything.
  client.send(bytes);
  const auto answer = client.receive();
  REQUIRE(answer.has_value());
  judge(to, *answer);
  return answer->status;
}

void exact_caller::check_default(request what, int status) {
  CAPTURE(what.method);
  CAPTURE(what.target);
  what.fields += as_.operator_;
  const auto answer = client_.ask(what);
  CHECK(answer.status == status);
  const auto& response = document_->all()["components"]["responses"]["Problem"];
  for (const auto& fault : document_->check_response(response, answer))
    FAIL_CHECK(fault);
}

void exact_caller::judge(const test::api_operation& of,
                         const raw_response& answer) {
  CAPTURE(answer.body);
  for (const auto& fault : document_->check(of, answer))
    FAIL_CHECK(fault);
  auto& seen = seen_[of.name()];
  seen.insert(std::to_string(answer.status));
  if (answer.status >= 400) {
    const auto body = body_of(answer);
    seen.insert(body.value("code", ""));
  }
  if (!answer.field("Idempotent-Replayed").empty())
    seen.insert("replayed");
}

void exact_caller::check_request(const test::api_operation& of,
                                 const request& what) const {
  if (what.body.empty())
    return;
  const auto& content = of.is->at("requestBody").at("content");
  const auto& schema = content.at("application/json").at("schema");
  for (const auto& fault :
       document_->check(schema, json::parse(what.body, nullptr, false)))
    FAIL_CHECK("the body that was taken: " << fault);
}

} // namespace holdfast::live
