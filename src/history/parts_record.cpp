// Records as answers tell them, and the sums that a central view shows.
#include "holdfast/names.hpp"
#include "src/history/parts.hpp"

namespace holdfast::history {

balances read_record(members& from, std::int64_t& available) {
  auto made = read_balances(from);
  made.version = from.number("version");
  made.updated_at_ms = from.time("updatedAt");
  available = from.integer_or("available", absent);
  return made;
}

void read_success(members& from, const command& ask, outcome& into) {
  if (auto record = from.object("record")) {
    into.has_record = true;
    into.record = read_record(*record, into.available);
    record->finish();
  }
  if (auto hold = from.object("reservation")) {
    into.has_hold = true;
    into.hold = read_reservation(*hold, ask.from);
  }
  const auto needs_record = ask.from.what != action::read_reservation;
  if (!(needs_record ? into.has_record : into.has_hold))
    from.fail(needs_record ? "record" : "reservation", "is missing");
  into.created = from.flag("created");
  if (into.created && ask.from.what != action::count)
    from.fail("created", "is of a count that was answered with 201");
}

checker::central_entry read_central(members& from) {
  checker::central_entry made;
  made.sku = from.text("sku");
  if (!is_sku(made.sku))
    from.fail("sku", "must be a SKU");
  made.on_hand = from.integer("onHand");
  made.reserved = from.integer("reserved");
  made.available = from.integer("available");
  for (auto& each : from.objects("stores")) {
    origin of;
    read_names(each, of);
    if (of.sku != made.sku)
      each.fail("sku", "is of another SKU");
    checker::final_record record{of.store, of.sku, {}};
    record.record = read_record(each, record.available);
    each.finish();
    made.records.push_back(std::move(record));
  }
  return made;
}

} // namespace holdfast::history
