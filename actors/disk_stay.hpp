// The place of an operation at the disk of this node: from its store to its
// answer.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "actors/messages.hpp"

namespace holdfast {

/// What the disk was for an operation: most reads are answered from memory.
enum class disk_trial : std::uint8_t { none, passed, failed };

/// Who gave a place and wants to know what became of it. Thread-safe.
class disk_host {
public:
  virtual ~disk_host() = default;

  virtual void leave(const report& done) = 0;
};

/// Comes back whatever becomes of the operation: with its answer, or with its
/// end. It is held while the disk may be at work for the operation, also when
/// its caller has gone: a disk that hangs is not given more and more to do.
class disk_stay {
public:
  disk_stay() = default;
  disk_stay(const disk_stay&) = delete;
  disk_stay& operator=(const disk_stay&) = delete;

  ~disk_stay() {
    if (is_held_)
      host_->leave({1, 0, 0});
  }

  bool is_held() const noexcept {
    return is_held_;
  }
  const std::shared_ptr<disk_host>& host() const noexcept {
    return host_;
  }

  void begin(std::shared_ptr<disk_host> host) {
    host_ = std::move(host);
    is_held_ = true;
    is_open_.store(true, std::memory_order_release);
  }

  /// The answer is there: adds to `done` what `host` is to be told.
  void end(disk_trial was, report& done) noexcept {
    is_held_ = false;
    ++done.permits;
    if (is_open_.exchange(false, std::memory_order_acq_rel))
      ++(done.*count_of(was));
  }

  /// The caller was told that it took too long. Any thread, at any time: only
  /// the outcome is told, the place is still taken.
  void note_late() {
    if (is_open_.exchange(false, std::memory_order_acq_rel))
      host_->leave({0, 0, 1});
  }

private:
  static std::uint32_t report::*count_of(disk_trial was) noexcept {
    switch (was) {
    case disk_trial::passed:
      return &report::successes;
    case disk_trial::failed:
      return &report::faults;
    case disk_trial::none:
      break;
    }
    return &report::untried;
  }

  std::shared_ptr<disk_host> host_;
  /// Its outcome has not been told. Whoever turns it to false tells it.
  std::atomic<bool> is_open_{false};
  bool is_held_ = false;
};

} // namespace holdfast
