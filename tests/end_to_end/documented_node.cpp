#include "tests/end_to_end/documented_node.hpp"

#include <doctest/doctest.h>

namespace holdfast::live {

documented_node::documented_node() {
  const auto answer =
      client_.ask(get("/api/openapi.json", bearer(given_.reader)));
  REQUIRE(answer.status == 200);
  document_ = std::make_unique<test::api_document>(body_of(answer));
}

json documented_node::ask(const request& what, int status) {
  CAPTURE(what.method);
  CAPTURE(what.target);
  CAPTURE(what.body);
  auto with_key = what;
  with_key.fields += operator_field();
  const auto answer = client_.ask(with_key);
  const auto* of = document_->find(what.method, what.target);
  REQUIRE(of != nullptr);
  judge(*of, answer, status);
  if (answer.status < 300)
    check_request(*of, what);
  return answer.body.empty() ? json{}
                             : json::parse(answer.body, nullptr, false);
}

json documented_node::ask_again(request what, int status,
                                std::string other_body) {
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

void documented_node::send(const test::api_operation& to,
                           const std::string& bytes, int status) {
  CAPTURE(to.name());
  raw_client client{given_.node->port()};
  // A peer that refused may have closed before it took everything.
  client.send(bytes);
  const auto answer = client.receive();
  REQUIRE(answer.has_value());
  judge(to, *answer, status);
}

void documented_node::check_default(const request& what, int status) {
  CAPTURE(what.method);
  CAPTURE(what.target);
  const auto answer = client_.ask(what);
  CHECK(answer.status == status);
  const auto& response = document_->all()["components"]["responses"]["Problem"];
  for (const auto& fault : document_->check_response(response, answer))
    FAIL_CHECK(fault);
}

void documented_node::judge(const test::api_operation& of,
                            const raw_response& answer, int status) {
  CAPTURE(answer.body);
  CHECK(answer.status == status);
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

void documented_node::check_request(const test::api_operation& of,
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
