// Lets actors live on the thread of an io_context.
#pragma once

#include <utility>

#include <asio/io_context.hpp>
#include <asio/post.hpp>

#include <caf/scheduler/abstract_coordinator.hpp>

#include "actors/caller_unit.hpp"

namespace holdfast::http {

/// Runs the bridge on an io_context, the way CAF's brokers live on its
/// multiplexer: one wake-up for a batch of answers, none for a request. With
/// `runs_chain`, what the bridge sends is handled on the same thread too.
class bridge_unit final : public caller_unit {
public:
  bridge_unit(caf::actor_system& system, asio::io_context& io, bool runs_chain)
      : caller_unit(system), io_(io), runs_chain_(runs_chain) {
    // nop
  }

  /// The bridge; set before the first message.
  void resident(caf::resumable* job) noexcept {
    resident_ = job;
  }

  /// Any thread for the resident. For others only the thread of the
  /// io_context comes here: they are made ready by who runs on it.
  void exec_later(caf::resumable* job) override {
    if (job == resident_)
      asio::post(io_, [this, owned = job_ptr{job, false}]() mutable {
        run(std::move(owned));
        run_chain();
      });
    else if (runs_chain_)
      caller_unit::exec_later(job);
    else
      system().scheduler().enqueue(job);
  }

  /// Runs what was made ready on this thread. After many of them the sockets
  /// get a turn.
  void run_chain() {
    if (!run_ready(jobs_max) && !std::exchange(is_posted_, true))
      asio::post(io_, [this] {
        is_posted_ = false;
        run_chain();
      });
  }

private:
  /// Actors that run before the io_context gets its turn.
  static constexpr int jobs_max = 1'000;

  asio::io_context& io_;
  const bool runs_chain_;
  caf::resumable* resident_ = nullptr;
  bool is_posted_ = false;
};

} // namespace holdfast::http
