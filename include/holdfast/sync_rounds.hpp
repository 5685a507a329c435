// Rounds of the central view: when they begin, whom they ask, what they come
// to, and who is told.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "holdfast/central_view.hpp"
#include "holdfast/error_code.hpp"
#include "holdfast/ledger_reading.hpp"
#include "holdfast/round_callers.hpp"

namespace holdfast {

/// Whose ledger is read: a node and the stores it owns.
struct sync_source {
  std::string node;
  std::vector<std::string> stores;
};

/// What a round came to.
struct round_report {
  /// Rounds are numbered from 1.
  std::uint64_t round = 0;
  /// Milliseconds since the epoch.
  std::int64_t started_at_ms = 0;
  std::chrono::microseconds took{0};
  std::size_t stores = 0;
  std::size_t skus = 0;
  /// Stores whose ledger was not read to its end.
  std::vector<std::string> failed_stores;
  /// Contradictions that this round found.
  std::uint64_t drift = 0;
  /// All ledgers were known when it began, and until it ended.
  bool is_whole = true;
};

/// What the last rounds were like.
struct sync_status {
  /// Rounds begin by themselves.
  bool is_running = false;
  /// The time between them, also while they do not.
  std::chrono::milliseconds interval{0};
  std::uint64_t rounds = 0;
  /// Rounds with failed stores.
  std::uint64_t failures = 0;
  /// The worst of all ledgers.
  breaker_policy::state breaker = breaker_policy::state::closed;
  std::optional<round_report> last;
  /// Callers that wait for a round, and those that wait for a permit to.
  std::size_t callers = 0;
  std::size_t queued = 0;
};

/// The protocol of the sync actor, without I/O and told the time. Inputs are
/// the functions up to `advance`, which carries on what they made possible;
/// outputs are what it left to be taken. Not thread-safe.
class sync_rounds {
public:
  using clock = breaker_policy::clock;

  struct settings {
    /// 0: only on demand.
    std::chrono::milliseconds interval{15'000};
    /// Callers of a round at once, and behind them.
    bulkhead_policy callers{4, limits::sync_queue_max};
    ledger_reading::settings reading;
    /// What owners have not said by then is not waited for.
    std::chrono::milliseconds witness_timeout{limits::witness_timeout};
    /// See `expect`.
    bool is_whole = true;
  };
  /// A page to ask a source for.
  struct collect_order {
    std::size_t source = 0;
    ledger_reading::question ask;
  };
  /// An owner to ask for its record.
  struct witness_order {
    std::uint64_t number = 0;
    central_fold::sku_name of;
  };
  /// What a caller is told.
  struct answer {
    std::uint64_t caller = 0;
    /// `none`: the round in `report` began after the question.
    error_code code = error_code::none;
    round_report report;
  };

  /// An open circuit to the ledger of another node is tried again after this
  /// time at most, and a round that could not read a node that is there is run
  /// again after it: a network that is well again shows only to who asks, and
  /// the view is to be exact within 10 s.
  static constexpr std::chrono::milliseconds mend_time{3'000};

  /// The first source is this node's own.
  sync_rounds(settings with, std::vector<sync_source> sources);

  /// A node there was none of, from the next round on, or the stores that one
  /// has from now on. The number of its source, which it keeps. A store that a
  /// node has no more is gone for good, and begins anew wherever it is made
  /// again: that ledger is forgotten, and read again for what is left there.
  /// Rows of a store count in the ledger of the node that has it only, and in
  /// all while no node has.
  std::size_t know(sync_source source);
  /// Whether there is no source but those that are known: otherwise nothing is
  /// complete. Once there is none, a round is due as after `reach`.
  void expect(bool is_whole, clock::time_point now);
  /// A source cannot be asked until `reach`: rounds fail there at once.
  void lose(std::size_t source);
  /// It can be asked again, or another way. What failed before does not count,
  /// and if rounds begin by themselves, one is due.
  void reach(std::size_t source, clock::time_point now);

  /// Whether `caller` will be answered; if not, why it is refused now.
  error_code ask(std::uint64_t caller, clock::time_point deadline,
                 clock::time_point now);
  /// Rounds begin by themselves every `interval` from now on; not if 0.
  void pace(std::chrono::milliseconds interval, clock::time_point now);
  /// The answer of a source, or nothing if it could not give one.
  void take(std::size_t source, std::uint64_t number, const ledger_page* page,
            clock::time_point now);
  /// The answer of an owner; nothing if it could not give one.
  void attest(std::uint64_t number, const std::optional<balances>& known);

  /// `now_ms` is the time by which people read.
  void advance(clock::time_point now, std::int64_t now_ms);

  std::vector<collect_order> take_collects();
  std::vector<witness_order> take_witnesses();
  std::vector<answer> take_answers();
  /// Contradictions of the round that ended last, if it did since the last
  /// call.
  std::vector<drift> take_drifts();
  /// Questions to ledgers that an open circuit has kept back since the last
  /// call. Callers that `ask` refused are not among them.
  std::uint64_t take_refused() noexcept;
  std::shared_ptr<const central_view> view() const noexcept {
    return view_;
  }
  sync_status status(clock::time_point now);
  /// Until a refused caller may come back.
  std::chrono::milliseconds retry_after(clock::time_point now) const;
  /// When `advance` has something to do, if nothing comes in before.
  clock::time_point wakes_at() const;

private:
  enum class phase { resting, collecting, witnessing };

  static ledger_reading::settings of_others(ledger_reading::settings with);
  void take_away(std::size_t number, const std::vector<std::string>& stores);
  void forget(std::size_t source);
  bool is_due(clock::time_point now) const;
  void begin_round(clock::time_point now, std::int64_t now_ms);
  void collect(clock::time_point now);
  void call_witnesses(clock::time_point now);
  void end_round(clock::time_point now);
  std::vector<std::string> failed_stores() const;
  bool may_mend() const;

  settings with_;
  std::vector<sync_source> sources_;
  std::vector<ledger_reading> readings_;
  central_fold fold_;
  round_callers callers_;
  phase is_ = phase::resting;
  bool is_running_ = false;
  clock::time_point next_due_{};
  clock::time_point began_{};
  clock::time_point witness_until_{};
  round_report current_;
  sync_status status_;
  /// Owners that were asked, and which have not answered.
  std::vector<central_fold::sku_name> asked_;
  std::vector<bool> is_open_;
  std::size_t open_ = 0;
  std::vector<collect_order> collects_;
  std::vector<witness_order> witnesses_;
  std::vector<answer> answers_;
  std::vector<drift> drifts_;
  std::shared_ptr<const central_view> view_ = std::make_shared<central_view>();
};

} // namespace holdfast
