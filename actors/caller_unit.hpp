// Lets actors run on the thread of whoever sends to them.
#pragma once

#include <cstddef>
#include <deque>
#include <limits>
#include <utility>

#include <caf/actor_system.hpp>
#include <caf/execution_unit.hpp>
#include <caf/intrusive_ptr.hpp>
#include <caf/resumable.hpp>

namespace holdfast {

/// Where one thread runs what it makes ready: a request goes from its caller
/// to the journal's mailbox without waking anybody. Actors stay actors:
/// whoever is made ready elsewhere runs on the scheduler, and none runs twice
/// at once. For that thread only.
class caller_unit : public caf::execution_unit {
public:
  explicit caller_unit(caf::actor_system& system)
      : caf::execution_unit(&system) {
    // nop
  }

  void exec_later(caf::resumable* job) override {
    // The scheduler's contract: this call owns one reference to the job.
    ready_.emplace_back(job, false);
  }

  /// Runs what was made ready, and what that makes ready, but no more than
  /// `jobs_max` times. False if there is more.
  bool run_ready(int jobs_max = std::numeric_limits<int>::max()) {
    for (int i = 0; i < jobs_max && !ready_.empty(); ++i) {
      auto next = std::move(ready_.front());
      ready_.pop_front();
      if (ready_.size() > 1)
        expect(*ready_[1]);
      run(std::move(next));
    }
    return ready_.empty();
  }

protected:
  using job_ptr = caf::intrusive_ptr<caf::resumable>;

  void run(job_ptr job) {
    if (job->resume(this, messages_max) == caf::resumable::resume_later)
      exec_later(job.release());
  }

private:
  /// Asks for the memory of an actor that has its turn after the next one.
  static void expect(const caf::resumable& job) noexcept {
    // A SKU actor, from where CAF knows it as something to run.
    constexpr std::size_t bytes = 1'280;
    constexpr std::size_t line = 64;
    const auto* const begin = reinterpret_cast<const char*>(&job);
    for (std::size_t at = 0; at < bytes; at += line)
      __builtin_prefetch(begin + at);
  }

  /// Messages of one actor before others get their turn.
  static constexpr std::size_t messages_max = 100;

  std::deque<job_ptr> ready_;
};

} // namespace holdfast
