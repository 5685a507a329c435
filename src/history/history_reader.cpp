#include <limits>
#include <utility>

#include "holdfast/limits.hpp"
#include "holdfast/words.hpp"
#include "src/history/history.hpp"
#include "src/history/parts.hpp"

namespace holdfast::history {

namespace {

using checker::entry;

/// The longest that a node can be told to remember keys.
constexpr std::uint64_t key_ttl_ms_max = 86'400'000;
constexpr std::uint64_t expiry_tolerance_ms_max = 86'400'000;
/// No hold of the SKU that was asked has this name.
constexpr reservation_ref nowhere{limits::seq_max, limits::seq_max};

/// A setting that may be left out.
void read_setting(members& from, const char* name, std::uint64_t max,
                  std::int64_t& into) {
  if (from.has(name))
    into = static_cast<std::int64_t>(from.number_to(name, max));
}

void read_terms(members& from, told& all) {
  if (std::exchange(all.has_terms, true))
    from.fail("type", "says history a second time");
  if (from.integer("format") != 1)
    from.fail("format", "must be 1");
  read_setting(from, "defaultTtlSeconds", limits::ttl_s_max,
               all.with.default_ttl_s);
  read_setting(from, "keyTtlMs", key_ttl_ms_max, all.with.key_ttl_ms);
  all.with.is_real_time = from.has("expiryToleranceMs");
  read_setting(from, "expiryToleranceMs", expiry_tolerance_ms_max,
               all.with.expiry_tolerance_ms);
  all.is_part = from.flag("part");
}

bool is_about_hold(action what) {
  return what == action::release || what == action::commit
         || what == action::extend || what == action::read_reservation;
}

command read_question(members& from) {
  command ask;
  const auto kind = action_named(from.text("kind"));
  if (!kind)
    from.fail("kind", "is no kind of operation");
  ask.from.what = *kind;
  read_names(from, ask.from);
  ask.from.key = from.text_or("key", "");
  if (from.has("key") && ask.from.key.empty())
    from.fail("key", "must not be empty");
  const auto is_adjust = ask.from.what == action::adjust;
  const auto* amount = is_adjust ? "delta" : "quantity";
  const auto needs_amount = is_adjust || ask.from.what == action::reserve;
  ask.amount =
      needs_amount ? from.integer(amount) : from.integer_or(amount, absent);
  ask.on_hand = from.integer_or("onHand", absent);
  ask.safety_stock = from.integer_or("safetyStock", absent);
  ask.backorder_limit = from.integer_or("backorderLimit", absent);
  ask.ttl_s = from.integer_or("ttlSeconds", absent);
  ask.expected_version = from.integer_or("expectedVersion", absent);
  ask.if_match = read_condition(from, "ifMatch");
  ask.if_none_match = read_condition(from, "ifNoneMatch");
  if (is_about_hold(ask.from.what))
    from.text("reservationId"); // or else it is missing
  ask.reservation = read_ref(from, "reservationId", ask.from, nowhere);
  ask.from.by_reservation = from.flag("byReservation");
  ask.owner = from.text_or("owner", "");
  ask.from.reason = from.text_or("reason", "");
  ask.from.reference = from.text_or("reference", "");
  ask.from.fingerprint = read_fingerprint(from);
  return ask;
}

entry read_call(members& from) {
  entry made;
  constexpr auto client_max = std::numeric_limits<std::uint32_t>::max();
  made.client =
      static_cast<std::uint32_t>(from.number_to("client", client_max));
  made.ask = read_question(from);
  made.called_ns = static_cast<std::int64_t>(from.number("called"));
  const auto said = from.text("outcome");
  made.known = said != "unknown";
  made.returned_ns =
      made.known ? from.integer("returned")
                 : from.integer_or("returned",
                                   std::numeric_limits<std::int64_t>::max());
  if (made.returned_ns < made.called_ns)
    from.fail("returned", "must not be before /called");
  if (said == "ok") {
    read_success(from, made.ask, made.answer);
  } else if (said == "refused") {
    auto refusal = from.object("refusal");
    if (!refusal)
      from.fail("refusal", "is missing");
    made.answer = read_refusal(*refusal);
  } else if (said != "unknown") {
    from.fail("outcome", "must be ok, refused or unknown");
  }
  made.answer.replayed = from.flag("replayed");
  return made;
}

void add_event(members& from, event_type type, told& into) {
  std::int64_t available = absent;
  into.journal.push_back(read_event(from, type, available));
  const auto& change = into.journal.back();
  if (auto odd = checker::check_available(change, available))
    into.odd_events.push_back(std::move(*odd));
  // Elsewhere nothing tells 0 from what nobody told.
  if (from.has("prevSeq") && change.prev_seq == 0 && change.after.version > 1)
    into.odd_events.push_back({4, change.from.store + '/' + change.from.sku
                                      + ": version "
                                      + std::to_string(change.after.version)
                                      + " does not point to the one before"});
  into.nodes.push_back(from.text_or("node", ""));
  if (!from.has("token"))
    return;
  into.owner_nodes.push_back(into.nodes.back());
  into.owners.push_back(
      {change.seq, from.text("writer"), from.number("token")});
}

void add_final(members& from, told& into) {
  origin of;
  read_names(from, of);
  auto record = from.object("record");
  if (!record)
    from.fail("record", "is missing");
  if (!into.ended.emplace(of.store, of.sku).second)
    from.fail("sku", "has a final record already");
  checker::final_record end{of.store, of.sku, {}};
  end.record = read_record(*record, end.available);
  record->finish();
  into.finals.push_back(std::move(end));
}

/// As it is in a page of them, or in an answer of its own.
void add_central(members& from, told& into) {
  if (from.has("complete") && !from.flag("complete"))
    from.fail("complete", "must be true, or nothing is known of the rest");
  if (from.has("asOf"))
    from.time("asOf");
  into.central.push_back(read_central(from));
}

void add_lease(members& from, told& into) {
  into.tenures.push_back(read_tenure(from));
  into.tenure_nodes.push_back(from.text_or("node", ""));
}

void read_line(const nlohmann::json& line, told& into) {
  members from{line, ""};
  const auto type = from.text("type");
  if (type == "call")
    into.calls.push_back(read_call(from));
  else if (type == "final")
    add_final(from, into);
  else if (type == "central")
    add_central(from, into);
  else if (type == "lease")
    add_lease(from, into);
  else if (type == "history")
    read_terms(from, into);
  else if (const auto known = event_type_named(type))
    add_event(from, *known, into);
  else
    from.fail("type",
              "must be history, call, final, central, lease or an event");
  from.finish();
}

} // namespace

void read_history(std::istream& from, const std::string& name, told& into) {
  std::size_t number = 1;
  const auto fail = [&](const std::string& why) {
    throw history_error{name + ", line " + std::to_string(number) + ": " + why};
  };
  for (std::string line; std::getline(from, line); ++number) {
    try {
      if (!line.empty())
        read_line(parse_line(line), into);
    } catch (const nlohmann::json::parse_error& error) {
      fail("is no JSON (byte " + std::to_string(error.byte) + ")");
    } catch (const line_fault& fault) {
      fail(fault.what());
    }
  }
  if (from.bad())
    fail("cannot be read");
}

} // namespace holdfast::history
