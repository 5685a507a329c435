#include "src/history/parts.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "holdfast/hex.hpp"
#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "holdfast/reservation_id.hpp"
#include "holdfast/words.hpp"

namespace holdfast::history {

namespace {

/// No hold of the SKU that is talked about has this name.
constexpr reservation_ref nowhere{limits::seq_max, limits::seq_max};

reservation_state read_state(members& from) {
  const auto found = reservation_state_named(from.text("state"));
  if (!found)
    from.fail("state", "must be active, committed, released or expired");
  return *found;
}

void skip_space(std::string_view& list) {
  list.remove_prefix(std::min(list.find_first_not_of(" \t"), list.size()));
}

/// Our version of what is between the quotes of an ETag, 0 if it is none.
std::uint64_t version_in(std::string_view opaque) {
  std::uint64_t version = 0;
  const auto* const end = opaque.data() + opaque.size();
  const auto read = std::from_chars(opaque.data(), end, version);
  const auto is_ours =
      read.ec == std::errc{} && read.ptr == end && !opaque.starts_with('0');
  return is_ours ? version : 0;
}

/// The version that the ETag at the front of `list` names, 0 for none of ours;
/// nothing if there is no ETag. `list` is moved on behind it and the comma,
/// with white space around that or none (RFC 9110, 5.6.1 and 8.8.3).
std::optional<std::uint64_t> next_version(std::string_view& list,
                                          bool takes_weak) {
  const auto is_weak = list.starts_with("W/");
  list.remove_prefix(is_weak ? 2 : 0);
  const auto end = list.find('"', 1);
  if (!list.starts_with('"') || end == std::string_view::npos)
    return std::nullopt;
  const auto version = version_in(list.substr(1, end - 1));
  list.remove_prefix(end + 1);
  skip_space(list);
  if (!list.empty() && !list.starts_with(','))
    return std::nullopt;
  list.remove_prefix(list.empty() ? 0 : 1);
  skip_space(list);
  return is_weak && !takes_weak ? 0 : version;
}

} // namespace

void read_names(members& from, origin& into) {
  into.store = from.text("storeId");
  into.sku = from.text("sku");
  if (!is_store_id(into.store))
    from.fail("storeId", "must be a store id");
  if (!is_sku(into.sku))
    from.fail("sku", "must be a SKU");
}

balances read_balances(members& from) {
  balances made;
  made.on_hand = from.amount("onHand");
  made.reserved = from.amount("reserved");
  made.safety_stock = from.amount_or("safetyStock", 0);
  made.backorder_limit = from.amount_or("backorderLimit", 0);
  return made;
}

reservation_ref read_ref(members& from, const char* name, const origin& of) {
  if (!from.has(name))
    return {};
  const auto found = parse_reservation_id(from.text(name));
  if (!found)
    from.fail(name, "is no id of a reservation");
  return found->sku == of.sku && found->store == of.store ? found->ref
                                                          : nowhere;
}

reservation read_reservation(members& from, const origin& of) {
  reservation made;
  if (!from.has("reservationId"))
    from.text("reservationId");
  made.ref = read_ref(from, "reservationId", of);
  made.state = read_state(from);
  made.quantity = from.amount("quantity");
  made.committed = from.amount_or("committedQuantity", 0);
  made.released = from.amount_or("releasedQuantity", 0);
  made.created_at_ms = from.time("createdAt");
  made.expires_at_ms = from.time("expiresAt");
  made.owner = from.text_or("owner", "");
  made.reference = from.text_or("reference", "");
  from.finish();
  return made;
}

outcome read_refusal(members& from) {
  outcome made;
  const auto code = refusal_named(from.text("code"));
  if (!code)
    from.fail("code", "is no refusal");
  made.code = *code;
  made.expected_version = from.integer_or("expectedVersion", absent);
  made.current_version = from.integer_or("currentVersion", absent);
  made.requested = from.integer_or("requested", absent);
  made.available = from.integer_or("available", absent);
  made.held = from.integer_or("held", absent);
  made.limit = from.integer_or("limit", absent);
  if (made.code == error_code::reservation_closed)
    made.state = read_state(from);
  from.finish();
  return made;
}

etag_condition read_condition(members& from, const char* name,
                              bool takes_weak) {
  etag_condition made;
  if (!from.has(name))
    return made;
  const auto text = from.text(name);
  made.is =
      text == "*" ? etag_condition::kind::any : etag_condition::kind::list;
  std::string_view list = text;
  if (made.is == etag_condition::kind::any)
    return made;
  while (!list.empty()) {
    const auto version = next_version(list, takes_weak);
    if (!version)
      from.fail(name, R"(must be * or versions like "3", "4")");
    if (*version != 0)
      made.versions.push_back(*version);
  }
  return made;
}

digest read_fingerprint(members& from) {
  if (!from.has("fingerprint"))
    return {};
  const auto found = from_hex(from.text("fingerprint"));
  if (!found)
    from.fail("fingerprint", "must be 64 digits of hexadecimal");
  return *found;
}

} // namespace holdfast::history
