// The way from clients to whoever answers them.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <vector>

#include "holdfast/outcome.hpp"

namespace holdfast::cli {

/// The target does not answer as it should, or at all.
class load_failure : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The same, but it may be there again in a while.
class node_away : public load_failure {
  using load_failure::load_failure;
};

/// The key that is used may not do that.
class not_allowed : public load_failure {
  using load_failure::load_failure;
};

/// What became of a question.
enum class fate : std::uint8_t {
  answered,
  /// It never left: nobody accepts connections there.
  unreached,
  /// It may have been lost on its way, or its answer may have been.
  unknown,
};

struct reply {
  std::uint64_t ticket = 0;
  fate is = fate::answered;
  outcome answer;
};

/// Carries questions of some clients. One thread at a time uses it.
class transport {
public:
  using clock = std::chrono::steady_clock;

  virtual ~transport() = default;

  /// Takes a question on its way; `slot` is the place of its client, which has
  /// no other question under way.
  virtual void send(std::uint32_t slot, std::uint64_t ticket,
                    command&& ask) = 0;
  /// What was given to `send` leaves now.
  virtual void flush() = 0;
  /// Waits for answers, at most until `until`, and appends them.
  virtual void receive(clock::time_point until, std::vector<reply>& into) = 0;
  /// Nobody waits any longer for the answer to the question of `slot`. Tells
  /// whether that left.
  virtual fate abandon(std::uint32_t slot) = 0;
};

using transport_ptr = std::unique_ptr<transport>;

} // namespace holdfast::cli
