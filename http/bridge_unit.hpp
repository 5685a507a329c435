// Lets actors live on the thread of an io_context.
#pragma once

#include <deque>
#include <utility>

#include <asio/io_context.hpp>
#include <asio/post.hpp>

#include <caf/actor_system.hpp>
#include <caf/execution_unit.hpp>
#include <caf/intrusive_ptr.hpp>
#include <caf/resumable.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

namespace holdfast::http {

/// Runs the bridge on an io_context, the way CAF's brokers live on its
/// multiplexer: one wake-up for a batch of answers, none for a request.
///
/// With `runs_chain`, what the bridge sends is handled on the same thread too:
/// a request goes from its socket to the journal's mailbox without waking
/// anybody. Actors stay actors: whoever is made ready elsewhere runs on the
/// scheduler, and none runs twice at once.
class bridge_unit final : public caf::execution_unit {
public:
  bridge_unit(caf::actor_system& system, asio::io_context& io, bool runs_chain)
      : caf::execution_unit(&system), io_(io), runs_chain_(runs_chain) {
    // nop
  }

  /// The bridge; set before the first message.
  void resident(caf::resumable* job) noexcept {
    resident_ = job;
  }

  /// Any thread for the resident. For others only the thread of the
  /// io_context comes here: they are made ready by who runs on it.
  void exec_later(caf::resumable* job) override {
    // The scheduler's contract: this call owns one reference to the job.
    if (job == resident_)
      asio::post(io_, [this, owned = job_ptr{job, false}]() mutable {
        run(std::move(owned));
        run_ready();
      });
    else if (runs_chain_)
      ready_.emplace_back(job, false);
    else
      system().scheduler().enqueue(job);
  }

  /// Runs what was made ready on this thread, and what that makes ready. After
  /// many of them the sockets get a turn.
  void run_ready() {
    for (int i = 0; i < jobs_max && !ready_.empty(); ++i) {
      auto next = std::move(ready_.front());
      ready_.pop_front();
      run(std::move(next));
    }
    if (!ready_.empty() && !std::exchange(is_posted_, true))
      asio::post(io_, [this] {
        is_posted_ = false;
        run_ready();
      });
  }

private:
  using job_ptr = caf::intrusive_ptr<caf::resumable>;

  /// Messages of one actor before others get their turn.
  static constexpr std::size_t messages_max = 100;
  /// Actors that run before the io_context gets its turn.
  static constexpr int jobs_max = 1'000;

  void run(job_ptr job) {
    if (job->resume(this, messages_max) == caf::resumable::resume_later)
      exec_later(job.release());
  }

  asio::io_context& io_;
  const bool runs_chain_;
  caf::resumable* resident_ = nullptr;
  std::deque<job_ptr> ready_;
  bool is_posted_ = false;
};

} // namespace holdfast::http
