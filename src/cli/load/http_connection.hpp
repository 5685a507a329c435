// One connection of a load over HTTP.
#pragma once

#include <chrono>
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

  enum class state { closed, opening, open };
  /// Opens it unless it is open. `opening`: its descriptor can be written to
  /// once that is decided. `closed`: nobody accepts.
  state open();
  /// It is decided. False if nobody accepts; it is closed then.
  bool finish_open();
  bool is_opening() const noexcept {
    return is_opening_;
  }
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

  /// Sends, waits for the answer, and returns its body. Throws `node_away` if
  /// there is none, or only one that says to come again, `not_allowed` if the
  /// key is none for that, and `load_failure` for any other status but 200,
  /// with the body.
  std::string get(const std::string& target,
                  std::chrono::milliseconds patience);
  /// The same with an empty object for a body.
  std::string post(const std::string& target,
                   std::chrono::milliseconds patience);

private:
  progress exchange(const std::string& request,
                    std::chrono::milliseconds patience);
  std::string ask(const std::string& line, const std::string& rest,
                  std::chrono::milliseconds patience);

  const http_base* to_;
  int fd_ = -1;
  bool is_opening_ = false;
  std::string received_;
  std::size_t taken_ = 0;
  wire_answer answer_;
};

} // namespace holdfast::cli
