// The clients of one thread: asks, takes answers, keeps the time.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <optional>
#include <random>
#include <vector>

#include "src/cli/load/latency_sketch.hpp"
#include "src/cli/load/record.hpp"
#include "src/cli/load/transport.hpp"
#include "src/cli/load/workload.hpp"

namespace holdfast::cli {

/// What the clients of one thread have seen so far. Any thread looks.
struct client_tallies {
  tally acknowledged;
  tally unknown;
  /// Asked, but nobody accepted the connection.
  tally unreached;
  /// Refusals by code.
  std::array<tally, error_code_count> refused;
  /// Units of reservations that were granted.
  tally granted;
  /// From when a request was due.
  latency_sketch latency;
};

/// How the clients of a thread behave.
struct client_plan {
  std::uint32_t first_client = 0;
  std::uint32_t clients = 0;
  /// Operations per second of this thread, 0 for a closed loop.
  double rate = 0;
  std::uint64_t seed = 0;
  bool records = true;
  /// An answer that takes longer does not come.
  std::chrono::milliseconds patience{6'000};
};

class client_group {
public:
  using clock = transport::clock;

  client_group(const client_plan& plan, const name_book& names,
               const watch& over, transport_ptr way, workload_ptr work);

  /// Asks each of `tasks` until there is an answer that settles it. What is
  /// not settled by `until`, or once `end` is true, stays in `tasks`.
  void settle(std::vector<draft>& tasks, clock::time_point until,
              const std::atomic<bool>* end = nullptr);
  /// Clients ask what the workload makes up, until `until`, until it is told
  /// to stop, or until nobody has anything left to ask; then their last
  /// answers are waited for. Returns false if there was nothing left to ask.
  bool run(clock::time_point until, const std::atomic<bool>& stop);

  /// The way is gone: answers that are still awaited do not come. After a
  /// `load_failure`; nothing is asked afterwards.
  void give_up();

  const client_tallies& tallies() const noexcept {
    return tallies_;
  }
  call_record& record() noexcept {
    return record_;
  }
  /// Writes whose outcome nobody told.
  std::vector<draft>& unknown() noexcept {
    return unknown_;
  }
  /// Marks the SKUs that were asked about.
  void add_touched(std::vector<bool>& into) const;
  /// Requests of `run` that were due and never asked, because every client was
  /// waiting: how long they had waited by its end. None that the workload did
  /// not have. Not during a run.
  const latency_counts& missed() const noexcept {
    return missed_;
  }
  /// The first of the tasks of the last `settle` that was refused for good.
  const std::optional<packed_call>& refused() const noexcept {
    return refused_;
  }
  /// The last answer to each read of `settle`.
  std::vector<packed_call>& reads() noexcept {
    return reads_;
  }

private:
  struct seat {
    bool waits = false;
    std::uint32_t generation = 0;
    /// Writes it has asked.
    std::uint32_t writes = 0;
    draft ask;
    std::int64_t called_ns = 0;
    std::int64_t due_ns = 0;
  };

  // -- client_group.cpp
  /// `now` is later than any answer that came before.
  void ask(std::uint32_t at, draft what, std::int64_t due_ns, std::int64_t now);
  void ask_next(std::uint32_t at, std::int64_t due_ns, std::int64_t now);
  void advance();
  bool ask_due();
  void ask_tasks();
  void skip_void();
  void count_missed(std::int64_t until_ns);
  void wait_for_all();

  // -- client_answers.cpp
  void take_answers(clock::time_point until);
  void take_replies(std::int64_t now_ns);
  void take(std::uint32_t at, const reply& said, std::int64_t now_ns);
  void take_answer(seat& of, std::uint32_t client, const reply& said,
                   std::int64_t now_ns);
  packed_call note(const seat& of, std::uint32_t client, const reply& said,
                   std::int64_t now_ns);
  void give_up_overdue(std::int64_t now_ns);
  static std::int64_t now_ns() {
    return clock::now().time_since_epoch().count();
  }

  client_plan plan_;
  const name_book& names_;
  transport_ptr way_;
  workload_ptr work_;
  std::mt19937_64 random_;
  std::vector<seat> seats_;
  std::vector<std::uint32_t> idle_;
  /// Seats whose clients have nothing left to ask.
  std::vector<std::uint32_t> done_;
  /// In open loop: when the next request is due, or was.
  std::int64_t next_due_ns_ = 0;
  latency_counts missed_;
  std::deque<std::pair<std::int64_t, std::uint64_t>> deadlines_;
  std::vector<reply> replies_;
  /// What `settle` works on; null while the workload decides.
  std::vector<draft>* tasks_ = nullptr;
  client_tallies tallies_;
  call_record record_;
  std::vector<draft> unknown_;
  std::vector<bool> touched_;
  std::vector<packed_call> reads_;
  std::optional<packed_call> refused_;
};

} // namespace holdfast::cli
