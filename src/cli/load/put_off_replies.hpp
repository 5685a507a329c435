// Replies that are not told at once: who gets them would ask again.
#pragma once

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "src/cli/load/transport.hpp"

namespace holdfast::cli {

class put_off_replies {
public:
  using clock = transport::clock;

  /// How long a caller is kept waiting that a node which is away turned down.
  static constexpr std::chrono::milliseconds pause{20};

  void add(reply said) {
    waiting_.emplace_back(clock::now() + pause, std::move(said));
  }
  /// `until`, or when the first of them is due if that is earlier.
  clock::time_point wake(clock::time_point until) const {
    return waiting_.empty() ? until : std::min(until, waiting_.front().first);
  }
  /// Appends what is due.
  void take(std::vector<reply>& into) {
    if (waiting_.empty())
      return;
    const auto now = clock::now();
    for (; !waiting_.empty() && waiting_.front().first <= now;
         waiting_.pop_front())
      into.push_back(std::move(waiting_.front().second));
  }

private:
  std::deque<std::pair<clock::time_point, reply>> waiting_;
};

} // namespace holdfast::cli
