#include "http/request_subject.hpp"

#include "holdfast/hex.hpp"
#include "holdfast/names.hpp"
#include "holdfast/reservation_id.hpp"
#include "http/fingerprint.hpp"
#include "http/preconditions.hpp"
#include "http/routes.hpp"

namespace holdfast::http {

namespace {

constexpr std::size_t print_bytes = 8;

std::string print_of(std::string_view field) {
  std::string key;
  if (field.data() == nullptr || !parse_idempotency_key(field, key))
    return {};
  const auto hash = sha256(key);
  return to_hex(std::span{hash}.first<print_bytes>());
}

void name_record(const route_match& match, request_subject& into) {
  const auto& [store, sku] = match.captured;
  if (!store.malformed && is_store_id(store.text))
    into.store = store.text;
  if (!sku.malformed && is_sku(sku.text))
    into.sku = sku.text;
}

void name_reservation(const route_match& match, request_subject& into) {
  auto address = parse_reservation_id(match.captured[0].text);
  if (!address)
    return;
  into.store = std::move(address->store);
  into.sku = std::move(address->sku);
}

} // namespace

request_subject subject_of(std::string_view method, std::string_view target,
                           std::string_view idempotency_key) {
  request_subject result;
  result.key_print = print_of(idempotency_key);
  const request_target parts{target};
  const auto match = find_route(method, parts);
  if (match.hit == nullptr)
    return result;
  if (match.hit->of == resource::record)
    name_record(match, result);
  else if (match.hit->of == resource::reservation)
    name_reservation(match, result);
  return result;
}

} // namespace holdfast::http
