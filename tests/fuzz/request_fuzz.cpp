// A request that passed the edge. Lines: method, target, Idempotency-Key,
// If-Match, If-None-Match, Content-Type; an empty one is an absent field. Rest:
// the body.
#include <nlohmann/json.hpp>

#include "http/interpret.hpp"
#include "http/render.hpp"
#include "tests/fuzz/input.hpp"

using namespace holdfast;
using namespace holdfast::fuzz;
using namespace holdfast::http;

namespace {

/// A door that lets everybody in.
door& open_door() {
  static admission_control control = [] {
    settings unlimited;
    unlimited.rate_limit_rps = 0;
    unlimited.load_shed_queue_max = 0;
    return admission_control{unlimited};
  }();
  static door made{control};
  return made;
}

std::string_view field(input& from) {
  const auto value = from.line();
  return value.empty() ? std::string_view{} : value;
}

/// No byte of a request reaches a field of an answer as it is.
bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7f; });
}

void check_refusal(const api_response& answer) {
  require(answer.status >= 400 && answer.status < 500, "another status");
  const auto problem = nlohmann::json::parse(answer.body, nullptr, false);
  require(problem.is_object(), "a problem that is no object");
  require(problem.value("status", 0) == answer.status, "two statuses");
  require(is_field_value(answer.location) && is_field_value(answer.allow),
          "bytes of a request in a field");
}

void check_operation(operation& op) {
  const auto& from = op.ask.from;
  require(from.store.size() <= limits::store_id_bytes_max
              && from.sku.size() <= limits::sku_bytes_max
              && from.key.size() <= limits::key_bytes_max
              && from.reason.size() <= limits::text_bytes_max
              && from.reference.size() <= limits::text_bytes_max,
          "a text beyond its limit");
  require(op.ask.amount == absent
              || std::abs(op.ask.amount) <= limits::amount_max,
          "an amount beyond its limit");
  op.answer = refusal(error_code::store_not_found);
  check_refusal(render(op, "request-1", "n1"));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  input from{data, size};
  api_request request;
  request.method = from.line();
  request.target = from.line();
  request.idempotency_key = field(from);
  request.if_match = field(from);
  request.if_none_match = field(from);
  request.content_type = field(from);
  request.body = from.rest();
  authenticator nobody_asks;
  auto result = interpret(request, "request-1", "n1", nobody_asks, open_door());
  if (const auto* refused = std::get_if<api_response>(&result.next))
    check_refusal(*refused);
  if (const auto* op = std::get_if<operation_ptr>(&result.next))
    check_operation(**op);
  return 0;
}
