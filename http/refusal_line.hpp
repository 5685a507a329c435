// Refusals that come in crowds leave a little later.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <utility>

#include <restinio/asio_include.hpp>

#include "holdfast/error_code.hpp"

namespace holdfast::http {

/// To read a request and refuse it costs a good part of what it costs to serve
/// it, and who is refused may ask again at once: a crowd of them would take
/// the processor from those who are served. So only `at_once` of a `period`
/// leave at once; the others are held for `delay`. A connection asks one thing
/// at a time, so those that are refused can ask only so often.
///
/// `Item` is an answer and whom it goes to. Belongs to the thread that runs
/// the io_context.
template <class Item>
class refusal_line {
public:
  using clock = std::chrono::steady_clock;

  static constexpr std::size_t at_once = 32;
  static constexpr std::chrono::milliseconds period{10};
  /// Far within the 50 ms in which a refusal has to come.
  static constexpr std::chrono::milliseconds delay{25};

  refusal_line(asio::io_context& io, std::function<void(Item&&)> send)
      : timer_(io), send_(std::move(send)) {
    // nop
  }

  /// Sends `refusal` now, or when its time has come if it has one of the codes
  /// that come in crowds.
  void take(error_code code, Item&& refusal) {
    const auto now = clock::now();
    if (!comes_in_crowds(code) || may_leave(now)) {
      send_(std::move(refusal));
      return;
    }
    held_.push_back({now + delay, std::move(refusal)});
    if (held_.size() == 1)
      wait();
  }

  /// Sends all that are held.
  void flush() {
    release(clock::time_point::max());
  }

  /// Forgets all that are held; their connections are about to be closed.
  void abandon() {
    held_.clear();
    timer_.cancel();
  }

private:
  struct place {
    clock::time_point due;
    Item refusal;
  };

  static bool comes_in_crowds(error_code code) noexcept {
    return code == error_code::overloaded || code == error_code::rate_limited;
  }

  bool may_leave(clock::time_point now) {
    if (now - period_began_ >= period) {
      period_began_ = now;
      left_ = at_once;
    }
    if (left_ == 0)
      return false;
    --left_;
    return true;
  }

  void wait() {
    timer_.expires_at(held_.front().due);
    timer_.async_wait([this](asio::error_code error) {
      if (!error)
        release(clock::now());
    });
  }

  void release(clock::time_point now) {
    while (!held_.empty() && held_.front().due <= now) {
      auto refusal = std::move(held_.front().refusal);
      held_.pop_front();
      send_(std::move(refusal));
    }
    if (!held_.empty())
      wait();
  }

  asio::steady_timer timer_;
  std::function<void(Item&&)> send_;
  clock::time_point period_began_{};
  std::size_t left_ = 0;
  /// In the order of their time.
  std::deque<place> held_;
};

} // namespace holdfast::http
