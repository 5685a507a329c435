// How many connections of one IO thread may be open.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include "http/server_counters.hpp"

namespace holdfast::http {

/// Places for connections, taken and given back on one thread. Shared by who
/// accepts and by every connection, in whatever order they end. Which are taken
/// is what `counters` tell: a connection counts from its accept to its end,
/// whether or not it gets as far as a request.
class connection_places
    : public std::enable_shared_from_this<connection_places> {
public:
  /// One connection's place; given back with it.
  class lease {
  public:
    lease() = default;
    explicit lease(std::shared_ptr<connection_places> of) : of_(std::move(of)) {
      ++of_->counters_->accepted;
    }
    lease(lease&&) noexcept = default;
    lease& operator=(lease&& other) noexcept {
      std::swap(of_, other.of_);
      return *this;
    }
    ~lease() {
      if (of_)
        of_->give_back();
    }

  private:
    std::shared_ptr<connection_places> of_;
  };

  connection_places(std::size_t max, std::shared_ptr<io_counters> counters)
      : counters_(std::move(counters)) {
    counters_->connections_max = max;
  }

  lease take() {
    return lease{shared_from_this()};
  }

  /// True if there is a place; otherwise `then` is called, once, as soon as
  /// there is.
  bool has_room(std::function<void()> then) {
    if (counters_->connections() < counters_->connections_max)
      return true;
    on_room_ = std::move(then);
    return false;
  }

  /// Nobody waits for a place any more.
  void forget() noexcept {
    on_room_ = nullptr;
  }

private:
  void give_back() {
    ++counters_->closed;
    if (on_room_)
      std::exchange(on_room_, nullptr)();
  }

  const std::shared_ptr<io_counters> counters_;
  std::function<void()> on_room_;
};

} // namespace holdfast::http
