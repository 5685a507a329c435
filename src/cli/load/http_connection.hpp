// One connection of a load over HTTP.
#pragma once

#include <optional>
#include <string>

#include "src/cli/load/wire.hpp"

namespace holdfast::cli {

/// Carries one request at a time, and is opened again when it has to be. One
/// thread uses it. Throws `load_failure` where the peer speaks no HTTP.
class http_connection {
public:
  explicit http_connection(const http_base& to) : to_(&to) {
    // nop
  }
  http_connection(http_connection&& other) noexcept;
  ~http_connection();

  /// Opens it if it is not open. False if nobody accepts.
  bool open();
  void close() noexcept;
  int descriptor() const noexcept {
    return fd_;
  }

  /// False if not all of it could be handed over.
  bool send(std::string_view request);

  enum class progress { more, whole, lost };
  /// Takes what has come, without waiting. `whole`: `answer` is there until
  /// the next call.
  progress receive();
  const wire_answer& answer() const noexcept {
    return answer_;
  }

  /// Sends, waits for the answer, at most ten seconds, and returns its body.
  /// Throws `load_failure` for any status but 200, with the body.
  std::string get(const std::string& target);

private:
  const http_base* to_;
  int fd_ = -1;
  std::string received_;
  std::size_t taken_ = 0;
  wire_answer answer_;
};

} // namespace holdfast::cli
