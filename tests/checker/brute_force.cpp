// Every order there is, one after the other.
#include <algorithm>
#include <map>
#include <string>

#include "tests/checker/tiny_requests.hpp"
#include "tests/support/naive_model.hpp"

namespace holdfast::test {

namespace {

/// What was told does not contradict what there is to tell: of a refusal, only
/// numbers that it names.
bool is_told(outcome told, const outcome& made) {
  told.replayed = false;
  if (!told.ok())
    for (const auto number :
         {&outcome::current_version, &outcome::expected_version,
          &outcome::requested, &outcome::available, &outcome::held})
      if (told.*number == absent)
        told.*number = made.*number;
  return told == made;
}

/// One SKU on its way through its journal.
struct progress {
  naive_model state{900};
  std::size_t events = 0;
  /// When the grant of a hold was acknowledged, by its version.
  std::map<std::uint64_t, std::int64_t> acknowledged_ns;
};

class search {
public:
  search(const tiny_history& seen, const checker::final_record& end, reading as)
      : end_(end), as_(as) {
    has_reasons_ = collect(seen, end.sku, as, requests_);
    for (const auto& change : seen.journal)
      if (change.from.sku == end.sku)
        journal_.push_back(&change);
    used_.resize(requests_.size());
  }

  bool run() {
    return has_reasons_ && go_on({});
  }

private:
  bool go_on(const progress& at) {
    if (is_end(at))
      return true;
    if (auto next = at; expire(next) && go_on(next))
      return true;
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      if (used_[i] != nullptr)
        continue;
      for (const auto* call : requests_[i].tries) {
        auto next = at;
        if (!may_come_next(i, call->ask)
            || !perform(requests_[i], call->ask, next))
          continue;
        used_[i] = &call->ask;
        if (go_on(next))
          return true;
        used_[i] = nullptr;
      }
    }
    return false;
  }

  bool is_end(const progress& at) const {
    for (std::size_t i = 0; i < requests_.size(); ++i)
      if (used_[i] == nullptr && requests_[i].is_known())
        return false;
    return at.events == journal_.size() && at.state.record() == end_.record;
  }

  bool may_come_next(std::size_t which, const command& ask) const {
    const auto& of = requests_[which];
    const auto called_ns =
        as_ == reading::strict ? of.called_ns(ask) : of.first_called_ns;
    for (std::size_t i = 0; i < requests_.size(); ++i)
      if (i != which && used_[i] == nullptr
          && requests_[i].returned_ns() < called_ns)
        return false;
    return true;
  }

  bool expire(progress& to) const {
    if (to.events == journal_.size()
        || journal_[to.events]->type != event_type::reservation_expired)
      return false;
    const auto& change = *journal_[to.events];
    const auto at_ms = change.after.updated_at_ms;
    const auto before = to.state.record();
    const auto ended = to.state.expire_next(at_ms);
    // Nobody asked for it.
    if (!change.from.key.empty() || !change.from.reference.empty())
      return false;
    return at_ms >= before.updated_at_ms && ended && change.hold == *ended
           && is_next(change, before, to);
  }

  /// Goes on to `change`. False if what is written is not so.
  bool is_next(const event& change, const balances& before,
               progress& to) const {
    const auto last = to.events == 0 ? 0 : journal_[to.events - 1]->seq;
    ++to.events;
    return change.after == to.state.record() && change.prev_seq == last
           && change.delta == change.after.on_hand - before.on_hand
           && change.reserved_delta == change.after.reserved - before.reserved;
  }

  bool is_overdue(const progress& at, std::int64_t at_ms,
                  std::int64_t called_ns) const {
    for (const auto& hold : at.state.live())
      if (hold.expires_at_ms <= at_ms
          && (as_ == reading::strict
              || at.acknowledged_ns.at(hold.ref.grant_version) < called_ns))
        return true;
    return false;
  }

  /// False if what is told or written contradicts it.
  bool perform(const tiny_request& what, const command& ask,
               progress& to) const {
    if (what.holder != no_request)
      return used_[what.holder] != nullptr
             && !is_same_body(*used_[what.holder], ask);
    const auto before = to.state.record();
    if (as_ == reading::strict && is_overdue(to, before.updated_at_ms, 0))
      return false;
    const auto* change =
        to.events < journal_.size() ? journal_[to.events] : nullptr;
    const auto at_ms = change ? change->after.updated_at_ms : 0;
    const auto earlier = to;
    auto made = to.state.judge(ask, at_ms);
    if (made.ok() && !made.has_record) {
      made.has_record = true;
      made.record = before;
    }
    if (to.state.record().version == before.version) {
      // Otherwise nobody would miss it.
      if (!what.is_known() && !what.is_holder)
        return false;
    } else if (!change || at_ms < before.updated_at_ms
               || is_overdue(earlier, at_ms, what.first_called_ns)
               || !write(*change, what, ask, made, to)
               || !is_next(*change, before, to)) {
      return false;
    }
    return std::all_of(what.tries.begin(), what.tries.end(),
                       [&](const auto* call) {
                         return !call->known
                                || (is_same_body(call->ask, ask)
                                    && is_told(call->answer, made));
                       });
  }

  /// Gives a grant its number. False if `change` is not that of `ask`.
  static bool write(const event& change, const tiny_request& what,
                    const command& ask, outcome& made, progress& to) {
    if (ask.from.what == action::reserve) {
      const auto version = made.record.version;
      to.state.number_grant(version, change.seq);
      to.acknowledged_ns[version] = what.acknowledged_ns(version);
      made.hold.ref.grant_seq = change.seq;
    }
    return change.hold == made.hold && change.from.what == ask.from.what
           && change.from.key == ask.from.key
           && change.from.reference == ask.from.reference;
  }

  checker::final_record end_;
  reading as_;
  std::vector<const event*> journal_;
  std::vector<tiny_request> requests_;
  bool has_reasons_ = false;
  /// What a request was carried out as; null if it has not been.
  std::vector<const command*> used_;
};

} // namespace

bool is_explained(const tiny_history& seen, reading as) {
  for (std::size_t i = 0; i < seen.journal.size(); ++i)
    if (seen.journal[i].seq != i + 1)
      return false;
  return is_in_order(seen, as)
         && std::all_of(seen.finals.begin(), seen.finals.end(),
                        [&](const auto& end) {
                          return search{seen, end, as}.run();
                        });
}

} // namespace holdfast::test
