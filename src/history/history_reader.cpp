#include <utility>

#include "holdfast/limits.hpp"
#include "holdfast/words.hpp"
#include "src/history/history.hpp"
#include "src/history/parts.hpp"

namespace holdfast::history {

namespace {

/// The longest that a node can be told to remember keys.
constexpr std::uint64_t key_ttl_ms_max = 86'400'000;
constexpr std::uint64_t expiry_tolerance_ms_max = 86'400'000;

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
      if (line.find_first_not_of(" \t\r") != std::string::npos)
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
