#include "tests/checker/faulty_node.hpp"

namespace holdfast::test {

namespace {

/// Less than a clock is wrong by.
constexpr std::int64_t tolerance_ms = 100;

} // namespace

const char* name_of(bug of) noexcept {
  static constexpr const char* names[bug_last + 1] = {"none",
                                                      "ack before sync",
                                                      "dirty read",
                                                      "double apply",
                                                      "key forgotten",
                                                      "answer rewritten",
                                                      "stale read",
                                                      "lost update",
                                                      "oversell",
                                                      "ignored epoch",
                                                      "unheard grant",
                                                      "snapshot off by one",
                                                      "torn tail",
                                                      "hole skipped",
                                                      "lying disk",
                                                      "copied twice",
                                                      "refusal applied",
                                                      "refusal redone",
                                                      "early expiry",
                                                      "late expiry",
                                                      "expiry forgotten",
                                                      "clock ahead",
                                                      "clock behind",
                                                      "numbered late",
                                                      "swapped answers",
                                                      "counts twice"};
  return names[static_cast<int>(of)];
}

std::vector<checker::violation> evidence::violations() const {
  checker::terms with;
  with.expiry_tolerance_ms = tolerance_ms;
  with.is_real_time = true;
  auto found = checker::check(calls, journal, finals, with);
  for (auto& each : checker::check_owners(journal, owners, tenures))
    found.push_back(std::move(each));
  for (auto& each : checker::check_central(journal, view))
    found.push_back(std::move(each));
  return found;
}

evidence faulty_node::run(int steps) {
  for (int i = 0; i < steps; ++i) {
    const auto span_ms = static_cast<std::int64_t>(below(40));
    elapsed_ms_ += span_ms;
    now_ms_ += span_ms;
    switch (below(16)) {
    case 0:
      sync();
      if (below(4) == 0)
        set_clock();
      break;
    case 1:
      if (below(5) == 0)
        crash();
      break;
    case 2:
    case 3:
    case 4:
      deliver();
      break;
    case 5:
    case 6:
    case 7:
      handle();
      break;
    default:
      act(below(clients_.size()));
    }
  }
  settle();
  evidence made;
  read_all(made);
  made.calls = calls_;
  for (const auto& each : log_)
    made.journal.push_back(each.change);
  tell_owners(made);
  show_view(made);
  return made;
}

void faulty_node::handle() {
  if (mailbox_.empty())
    return;
  const auto call = mailbox_.front();
  mailbox_.pop_front();
  const auto& ask = calls_[call].ask;
  const auto known = keys_.find(ask.from.key);
  if (is_write(ask.from.what) && known != keys_.end()
      && !strikes(bug::double_apply, 60)) {
    auto said = known->second;
    if (!said.ok() && strikes(bug::refusal_redone, 80) && redo(call))
      return;
    said.replayed = true;
    if (strikes(bug::answer_rewritten, 80) && said.has_record)
      said.record = state_of(ask.from.sku).record();
    answer(call, said);
    return;
  }
  expire(ask);
  const auto version = state_of(ask.from.sku).record().version;
  auto said = judge(ask);
  if (said.ok() && is_write(ask.from.what) && said.record.version > version) {
    append(said, ask, call);
    said = outcome_of(log_.back().change);
    if (strikes(bug::numbered_late, 50))
      renumber();
  } else if (is_write(ask.from.what)) {
    remembered_[ask.from.key] = {log_.size(), said};
    if (said.code == error_code::insufficient_stock
        && ask.from.what == action::adjust
        && strikes(bug::refusal_applied, 50)) {
      auto done = said;
      done.record = state_of(ask.from.sku).record();
      done.record.on_hand += ask.amount;
      ++done.record.version;
      append(done, ask, call);
    }
  }
  if (is_write(ask.from.what))
    keys_[ask.from.key] = said;
  answer(call, said);
}

/// False if it is refused once more.
bool faulty_node::redo(std::size_t call) {
  const auto& ask = calls_[call].ask;
  expire(ask);
  const auto version = state_of(ask.from.sku).record().version;
  const auto said = judge(ask);
  if (!said.ok() || said.record.version == version)
    return false;
  append(said, ask, call);
  // Whoever asked does not come back to it.
  clients_[calls_[call].client] = {};
  return true;
}

/// The answer to `ask` where nothing is due, as if it had been done.
outcome faulty_node::judge(const command& ask) {
  auto seen = state_of(ask.from.sku);
  const auto version = seen.record().version;
  const auto old = before_.find(ask.from.sku);
  if (old != before_.end()
      && ((ask.from.what == action::read && strikes(bug::stale_read, 40))
          || (ask.from.what == action::adjust
              && strikes(bug::lost_update, 40))))
    seen = old->second;
  const auto sells = ask.from.what == action::reserve && version > 0
                     && strikes(bug::oversell, 40);
  if (sells) {
    event more;
    more.after = seen.record();
    more.after.on_hand += ask.amount;
    seen.apply(more);
  }
  auto said = seen.judge(ask, now_ms_);
  if (sells && said.ok())
    said.record.on_hand -= ask.amount;
  if (said.ok() && ask.from.what == action::adjust)
    said.record.version = version + 1;
  return said;
}

void faulty_node::answer(std::size_t call, outcome said) {
  const auto is_read = calls_[call].ask.from.what == action::read;
  const auto at_once =
      bug_ == bug::ack_before_sync || (bug_ == bug::dirty_read && is_read);
  outbox_.push_back({call, std::move(said), at_once ? 0 : log_.size()});
}

void faulty_node::sync() {
  durable_ = log_.size();
}

} // namespace holdfast::test
