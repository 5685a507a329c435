// Lets an actor live on the thread of an io_context.
#pragma once

#include <asio/io_context.hpp>
#include <asio/post.hpp>

#include <caf/actor_system.hpp>
#include <caf/execution_unit.hpp>
#include <caf/intrusive_ptr.hpp>
#include <caf/resumable.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

namespace holdfast::http {

/// Runs one actor on an io_context and hands all others to the scheduler. The
/// way CAF's brokers live on its multiplexer: no hop between the threads of
/// sockets and actors on the way in, one wake-up for a batch on the way out.
class io_unit final : public caf::execution_unit {
public:
  io_unit(caf::actor_system& system, asio::io_context& io)
      : caf::execution_unit(&system), io_(io) {
    // nop
  }

  /// The one actor that runs here; set before the first message.
  void resident(caf::resumable* job) noexcept {
    resident_ = job;
  }

  void exec_later(caf::resumable* job) override {
    if (job != resident_) {
      system().scheduler().enqueue(job);
      return;
    }
    // The scheduler's contract: this call owns one reference to the job.
    asio::post(io_, [this, owned = caf::intrusive_ptr<caf::resumable>{
                               job, false}]() mutable {
      if (owned->resume(this, messages_max) == caf::resumable::resume_later)
        exec_later(owned.release());
    });
  }

private:
  static constexpr std::size_t messages_max = 100;

  asio::io_context& io_;
  caf::resumable* resident_ = nullptr;
};

} // namespace holdfast::http
