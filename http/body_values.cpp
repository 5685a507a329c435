#include "http/body_values.hpp"

#include <string_view>
#include <utility>

#include "holdfast/limits.hpp"
#include "holdfast/plain_text.hpp"
#include "holdfast/reservation_id.hpp"
#include "http/json_writer.hpp"
#include "http/reservation_text.hpp"

namespace holdfast::http {

namespace {

std::string out_of_range(member one) {
  if (one == member::delta)
    return "must be 1 to 1000000000, or -1000000000 to -1";
  const auto& rule = rule_of(one);
  return "must be " + std::to_string(rule.low) + " to "
         + std::to_string(rule.high);
}

} // namespace

std::string body_values::set(member one, std::int64_t number, bool fits) {
  const auto& rule = rule_of(one);
  if (!fits || number < rule.low || number > rule.high
      || (one == member::delta && number == 0))
    return out_of_range(one);
  into_.*rule.number = number;
  return {};
}

std::string body_values::set(member one, std::string text) {
  if (one == member::reservation_id) {
    if (!may_be_reservation_id(text))
      return "must be 1 to 256 printable ASCII characters";
    point_at(text);
  } else if (text.size() > limits::text_bytes_max) {
    return "must be at most 256 bytes";
  } else if (has_control(text)) {
    return "must not have control characters";
  }
  text_of(one) = std::move(text);
  return {};
}

std::string& body_values::text_of(member one) noexcept {
  if (one == member::reservation_id)
    return reservation_id_;
  if (one == member::owner)
    return into_.owner;
  return one == member::reason ? into_.from.reason : into_.from.reference;
}

/// Sequence numbers are per node, so an id of another SKU must not be looked
/// up here: it might name a hold of this one by accident.
void body_values::point_at(const std::string& id) {
  const auto address = parse_reservation_id(id);
  if (address && address->store == into_.from.store
      && address->sku == into_.from.sku)
    into_.reservation = address->ref;
}

std::string body_values::canonical(member_set given) {
  json_writer out;
  out.reserve(128);
  out.open('{');
  for (std::size_t i = 0; i < member_count; ++i) {
    const auto one = static_cast<member>(i);
    if (!given.contains(one))
      continue;
    const auto& rule = rule_of(one);
    if (rule.is_text())
      out.member(rule.name, text_of(one));
    else
      out.member(rule.name, into_.*rule.number);
  }
  out.close('}');
  return out.take();
}

} // namespace holdfast::http
