#include "http/operation_reader.hpp"

#include <memory>
#include <utility>

#include "holdfast/names.hpp"
#include "holdfast/reservation_id.hpp"
#include "http/body_reader.hpp"
#include "http/feed_query.hpp"
#include "http/letter_query.hpp"
#include "http/preconditions.hpp"
#include "http/problem.hpp"
#include "http/reservation_text.hpp"

namespace holdfast::http {

namespace {

/// One request on its way through the checks. Each of them returns the code
/// that ends it, or `none`; what was wrong in detail is in `found`.
struct checks {
  const api_request& request;
  const route_match& match;
  command& ask;
  faults& found;

  error_code path();
  error_code content();
  error_code fields_and_body();

private:
  error_code record_path();
  error_code reservation_path();
  void fields();
};

error_code checks::path() {
  ask.from.what = match.hit->what;
  return match.hit->of == resource::record ? record_path() : reservation_path();
}

error_code checks::record_path() {
  const auto& [store, sku] = match.captured;
  if (store.malformed || !is_store_id(store.text))
    add_fault(found, "storeId", "is malformed");
  if (sku.malformed || !is_sku(sku.text))
    add_fault(found, "sku", "is malformed");
  if (!found.empty())
    return error_code::invalid_request;
  ask.from.store = store.text;
  ask.from.sku = sku.text;
  return error_code::none;
}

error_code checks::reservation_path() {
  const auto& id = match.captured[0];
  if (id.malformed || !may_be_reservation_id(id.text)) {
    add_fault(found, "reservationId", "is malformed");
    return error_code::invalid_request;
  }
  ask.from.by_reservation = true;
  auto address = parse_reservation_id(id.text);
  if (!address)
    return error_code::reservation_not_found;
  ask.from.store = std::move(address->store);
  ask.from.sku = std::move(address->sku);
  ask.reservation = address->ref;
  return error_code::none;
}

error_code checks::content() {
  const bool unreadable = is_write(ask.from.what) && !request.body.empty()
                          && !is_json(request.content_type);
  return unreadable ? error_code::unsupported_media_type : error_code::none;
}

error_code checks::fields_and_body() {
  fields();
  if (is_write(ask.from.what))
    read_body(request.body, ask, found);
  return found.empty() ? error_code::none : error_code::invalid_request;
}

void checks::fields() {
  refuse_duplicate(request, found);
  // The key is for what changes something, and a reservation that is only
  // read has no ETag to compare with.
  if (is_write(ask.from.what) && request.idempotency_key.data() != nullptr
      && !parse_idempotency_key(request.idempotency_key, ask.from.key))
    add_fault(found, "Idempotency-Key", bad_idempotency_key);
  if (ask.from.what == action::read_reservation)
    return;
  if (request.if_match.data() != nullptr
      && !parse_etags(request.if_match, comparison::strong, ask.if_match))
    add_fault(found, "If-Match", "must be * or a list of ETags");
  if (request.if_none_match.data() != nullptr
      && !parse_etags(request.if_none_match, comparison::weak,
                      ask.if_none_match))
    add_fault(found, "If-None-Match", "must be * or a list of ETags");
}

error_code check(checks request) {
  const auto path = request.path();
  // An id that names nothing is found out last, like one that nobody has.
  const auto is_readable =
      path == error_code::none || path == error_code::reservation_not_found;
  auto code = is_readable ? request.content() : path;
  if (code == error_code::none)
    code = request.fields_and_body();
  return code == error_code::none ? path : code;
}

/// A count has to say what it replaces. One that does not becomes a read of
/// the version that its refusal is to name.
void turn_if_blind(operation& op) {
  using kind = etag_condition::kind;
  auto& ask = op.ask;
  op.is_blind = ask.from.what == action::count && ask.if_match.is == kind::none
                && ask.if_none_match.is != kind::any;
  if (!op.is_blind)
    return;
  ask.from.what = action::read;
  ask.if_none_match = {};
}

} // namespace

std::variant<api_response, page_request, operation_ptr>
read_operation(const api_request& request, const request_target& target,
               const route_match& match, std::string_view request_id,
               std::string_view node, faults&& found) {
  auto result = std::make_shared<operation>();
  auto code = error_code::none;
  const auto of = match.hit->of;
  if (of == resource::letters || of == resource::letter) {
    code = read_letter_request(request, target, match, *result, found);
  } else if (of == resource::feed) {
    result->todo = errand::feed;
    result->feed = std::make_unique<feed_part>();
    refuse_duplicate(request, found);
    read_feed_query(target.query(), node, *result->feed, found);
    code = found.empty() ? error_code::none : error_code::invalid_request;
  } else {
    code = check({request, match, result->ask, found});
  }
  if (code != error_code::none)
    return render_problem(code, request_id, {}, found);
  turn_if_blind(*result);
  return result;
}

} // namespace holdfast::http
