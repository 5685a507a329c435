// How one ledger is read in rounds: a page at a time, again after a pause when
// it fails, not at all while it keeps failing.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "holdfast/breaker_policy.hpp"
#include "holdfast/central_fold.hpp"

namespace holdfast {

/// A protocol without I/O, told the time. A question has a number, and only
/// the answer to the newest one counts. Not thread-safe.
class ledger_reading {
public:
  using clock = breaker_policy::clock;

  struct settings {
    breaker_policy::settings breaker;
    std::chrono::milliseconds retry_base{100};
    /// Questions of a round that may fail one after another, less one.
    std::uint32_t retry_times = 3;
    /// A question without an answer has failed by then.
    std::chrono::milliseconds timeout{2'000};
  };
  struct question {
    std::uint64_t number = 0;
    ledger_position from;
  };

  explicit ledger_reading(const settings& with);

  /// Reads on, until everything is read that was there when the first answer
  /// of this round was given.
  void begin_round();
  /// What to ask now, if anything.
  std::optional<question> next(clock::time_point now);
  /// The answer to question `number`. If the ledger is not the one that was
  /// read, what it said is no more, and this round reads it from the beginning.
  void take(std::uint64_t number, const ledger_page& page, central_fold& into,
            clock::time_point now);
  /// Question `number` could not be answered.
  void fail(std::uint64_t number, clock::time_point now);

  /// What was read counts no more: this round has failed here, the next one
  /// reads from the beginning.
  void restart();

  /// It cannot be asked until `reach`, which is known and no fault: until then
  /// every round has failed here at once.
  void lose();
  /// It can be asked, or asked another way. Earlier faults say nothing about
  /// that, and what is asked and not answered is asked anew.
  void reach();

  /// This round has come to its end here.
  bool is_over() const noexcept {
    return is_ == state::done || is_ == state::failed;
  }
  bool has_failed() const noexcept {
    return is_ == state::failed;
  }
  /// As `lose` and `reach` said.
  bool is_away() const noexcept {
    return is_away_;
  }
  /// When `next` may have more to say than now.
  clock::time_point wakes_at() const noexcept;

  breaker_policy::state breaker(clock::time_point now) {
    return breaker_.current(now);
  }
  /// Time until an open breaker lets a question pass.
  std::chrono::milliseconds retry_after(clock::time_point now) const {
    return breaker_.retry_after(now);
  }
  /// When `breaker` has more to say than now, if nothing is asked.
  clock::time_point probes_at() const noexcept {
    return breaker_.probes_at();
  }
  /// Questions that the breaker has kept back since the last call.
  std::uint64_t take_refused() noexcept {
    return std::exchange(refused_, 0);
  }

private:
  enum class state { done, failed, due, asked, pausing };

  bool is_open() const noexcept;
  bool moves_on(const ledger_page& page) const noexcept;
  void begin_anew(central_fold& into);
  void count_fault(clock::time_point now);

  settings with_;
  breaker_policy breaker_;
  state is_ = state::done;
  bool is_away_ = false;
  /// This round has begun anew: a second time is one too many.
  bool is_anew_ = false;
  ledger_position at_;
  /// Changes up to this one may be in a record that was read.
  std::uint64_t overlap_end_ = 0;
  /// Where this round ends; unknown before its first answer.
  std::optional<std::uint64_t> target_;
  std::uint64_t number_ = 0;
  std::uint32_t attempts_ = 0;
  std::uint64_t refused_ = 0;
  /// Asked: when the question has failed. Pausing: when to ask again.
  clock::time_point until_{};
};

} // namespace holdfast
