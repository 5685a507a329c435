#include "audit.hpp"

#include "corrupt.hpp"
#include "fold.hpp"
#include "holdfast/rules.hpp"

namespace holdfast::storage {

namespace {

std::string name(const event& change) {
  return "event " + std::to_string(change.seq) + " of " + change.from.store
         + "/" + change.from.sku;
}

std::string name(sku_view names) {
  return std::string(names.store) + "/" + std::string(names.sku);
}

} // namespace

audit::audit(database& in, const journal_meta& meta, verify_report& report)
    : meta_(meta), report_(report), snapshots_(in),
      closed_(in, "SELECT close_seq FROM closed WHERE grant_seq = ?1"),
      closed_count_(in, "SELECT count(*) FROM closed"), keys_(meta.key_ttl_ms) {
  statement kept(in, "SELECT store, sku, seq, last_answer FROM snapshots");
  while (kept.step()) {
    const sku_view names{kept.bytes(0), kept.bytes(1)};
    auto& of = skus_.try_emplace(sku_key(names)).first->second;
    of.has_snapshot = true;
    of.kept_seq = kept.number(2);
    of.kept_answer = kept.number(3);
    ++report_.snapshots;
  }
}

audit::followed& audit::follow(const origin& from) {
  const sku_view names{from.store, from.sku};
  const auto found = skus_.find(names);
  return found != skus_.end() ? found->second
                              : skus_.try_emplace(sku_key(names)).first->second;
}

void audit::see(const event& change) {
  auto& of = follow(change.from);
  if (change.prev_seq != of.seq)
    corrupt(name(change) + " follows event " + std::to_string(change.prev_seq)
            + ", but the one before it is " + std::to_string(of.seq));
  apply_stored(of.state, change);
  of.seq = change.seq;
  // The sum over all holds is taken as often as keeps its cost in proportion.
  if (++of.unchecked > of.state.holds.size() / 8) {
    of.unchecked = 0;
    if (const auto* why = broken_invariant(of.state))
      corrupt(name(change) + " leaves a record that cannot be: " + why);
  }
  if (change.type == event_type::stock_reserved)
    ++report_.granted;
  if (closes_hold(change))
    check_closed(change);
  if (!change.from.key.empty())
    check_key(change.from, change.hold.ref, {change.seq, false},
              change.after.updated_at_ms);
  if (of.has_snapshot && of.kept_seq == of.seq)
    compare(change.from, of);
}

void audit::see(const stored_answer& row) {
  const auto& answer = row.answer;
  auto& of = follow(answer.from);
  if (row.prev_number != of.answer)
    corrupt("answer " + std::to_string(answer.number) + " of "
            + name(sku_view{answer.from.store, answer.from.sku})
            + " follows answer " + std::to_string(row.prev_number)
            + ", but the one before it is " + std::to_string(of.answer));
  of.answer = answer.number;
  if (of.kept_answer == answer.number)
    of.kept_answer_seen = true;
  if (!answer.from.key.empty())
    check_key(answer.from, answer.ref, {answer.number, true}, answer.at_ms);
}

void audit::compare(const origin& from, followed& of) {
  const sku_view names{from.store, from.sku};
  const auto kept = snapshots_.find(names);
  if (!kept || decode_stock(kept->body) != of.state)
    corrupt("the snapshot of " + name(names)
            + " is not the fold of its events up to "
            + std::to_string(of.kept_seq));
  of.compared = true;
}

void audit::check_closed(const event& change) {
  const rewind_at_end rewind(closed_);
  closed_.bind(1, change.hold.ref.grant_seq);
  if (!closed_.step() || closed_.number(0) != change.seq)
    corrupt(name(change) + " closed a reservation that is not filed as closed");
  ++report_.closed;
}

void audit::check_key(const origin& from, const reservation_ref& ref,
                      answer_slot slot, std::int64_t at_ms) {
  // One memory for all SKUs, so the names are part of the key.
  auto scoped = from;
  scoped.key = from.store + "\n" + from.sku + "\n" + from.key;
  const auto hash = hash_key(scoped, ref);
  if (const auto before = keys_.find(hash, at_ms))
    corrupt(std::string("key ") + from.key + " of "
            + name(sku_view{from.store, from.sku})
            + " has two answers: " + (before->in_answers ? "answer " : "event ")
            + std::to_string(before->number) + " and "
            + (slot.in_answers ? "answer " : "event ")
            + std::to_string(slot.number));
  keys_.insert(hash, slot, at_ms);
}

void audit::finish() {
  for (auto& [names, of] : skus_)
    finish_sku(names, of);
  closed_count_.step();
  if (closed_count_.number(0) != report_.closed)
    corrupt("reservations are filed as closed that no event closed");
}

void audit::finish_sku(const sku_key& names, const followed& of) {
  if (const auto* why = broken_invariant(of.state))
    corrupt("the record of " + name(names) + " cannot be: " + why);
  report_.skus += of.state.exists();
  if (of.has_snapshot) {
    const auto kept = snapshots_.find(names);
    const auto empty =
        of.kept_seq == 0 && kept && decode_stock(kept->body) == stock{};
    if (!of.compared && !empty)
      corrupt("the snapshot of " + name(names)
              + " covers an event that is not its own: "
              + std::to_string(of.kept_seq));
    if (of.kept_answer != 0 && !of.kept_answer_seen)
      corrupt("the snapshot of " + name(names)
              + " covers an answer that is not its own: "
              + std::to_string(of.kept_answer));
  }
  // A start reads the rows from the tail on, and knows the rest by snapshots.
  if ((of.seq < meta_.tail.seq && of.kept_seq != of.seq)
      || (of.answer < meta_.tail.answer && of.kept_answer != of.answer))
    corrupt("no snapshot covers " + name(names)
            + " up to where the next start would read on");
}

} // namespace holdfast::storage
