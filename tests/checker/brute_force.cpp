// Every order there is, one after the other.
#include <algorithm>
#include <limits>
#include <map>

#include "tests/checker/tiny_history.hpp"
#include "tests/support/naive_model.hpp"

namespace holdfast::test {

namespace {

/// All tries with one key, or a single call without one.
struct request {
  std::vector<const checker::entry*> tries;

  const command& ask() const {
    return tries.front()->ask;
  }
  std::int64_t called_ns() const {
    auto first = std::numeric_limits<std::int64_t>::max();
    for (const auto* call : tries)
      first = std::min(first, call->called_ns);
    return first;
  }
  /// When somebody first knew what came of it.
  std::int64_t returned_ns() const {
    auto first = std::numeric_limits<std::int64_t>::max();
    for (const auto* call : tries)
      if (call->known)
        first = std::min(first, call->returned_ns);
    return first;
  }
  bool is_known() const {
    return std::any_of(tries.begin(), tries.end(),
                       [](const auto* call) { return call->known; });
  }
};

bool is_told(const outcome& told, const outcome& made) {
  auto seen = told;
  seen.replayed = false;
  return seen == made;
}

class search {
public:
  explicit search(const tiny_history& seen) : seen_(seen) {
    std::map<std::string, std::size_t> by_key;
    for (const auto& call : seen.calls) {
      const auto& key = call.ask.from.key;
      if (!key.empty() && by_key.contains(key)) {
        requests_[by_key[key]].tries.push_back(&call);
        continue;
      }
      if (!key.empty())
        by_key[key] = requests_.size();
      requests_.push_back({{&call}});
    }
    done_.resize(requests_.size());
  }

  bool run(const naive_model& state, std::size_t events) {
    if (is_end(state, events))
      return true;
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      if (done_[i] || !may_come_next(i))
        continue;
      done_[i] = true;
      auto next = state;
      auto written = events;
      const auto fits = perform(requests_[i], next, written);
      if (fits && run(next, written))
        return true;
      done_[i] = false;
    }
    return false;
  }

private:
  bool is_end(const naive_model& state, std::size_t events) const {
    for (std::size_t i = 0; i < requests_.size(); ++i)
      if (!done_[i] && requests_[i].is_known())
        return false;
    return events == seen_.journal.size()
           && state.record() == seen_.finals.front().record;
  }

  bool may_come_next(std::size_t which) const {
    for (std::size_t i = 0; i < requests_.size(); ++i)
      if (i != which && !done_[i]
          && requests_[i].returned_ns() < requests_[which].called_ns())
        return false;
    return true;
  }

  /// False if what is told or written contradicts it.
  bool perform(const request& what, naive_model& state, std::size_t& events) {
    const auto before = state.record();
    auto made = state.answer(what.ask(), tiny_now_ms);
    if (made.ok() && !made.has_record) {
      made.has_record = true;
      made.record = before;
    }
    if (state.record().version > before.version) {
      if (events == seen_.journal.size())
        return false;
      const auto& written = seen_.journal[events++];
      if (what.ask().from.what == action::reserve) {
        state.number_grant(made.record.version, written.seq);
        made.hold.ref.grant_seq = written.seq;
      }
      if (!is_written(written, what.ask(), before, made))
        return false;
    } else if (!what.is_known()) {
      return false; // nobody would miss it
    }
    return std::all_of(what.tries.begin(), what.tries.end(),
                       [&](const auto* call) {
                         return !call->known || is_told(call->answer, made);
                       });
  }

  static bool is_written(const event& change, const command& ask,
                         const balances& before, const outcome& made) {
    return change.after == made.record && change.hold == made.hold
           && change.seq == change.prev_seq + 1
           && change.delta == made.record.on_hand - before.on_hand
           && change.reserved_delta == made.record.reserved - before.reserved
           && change.from.what == ask.from.what
           && change.from.key == ask.from.key
           && change.from.reference == ask.from.reference;
  }

  const tiny_history& seen_;
  std::vector<request> requests_;
  std::vector<bool> done_;
};

} // namespace

bool is_explained(const tiny_history& seen) {
  return search{seen}.run(naive_model{900}, 0);
}

} // namespace holdfast::test
