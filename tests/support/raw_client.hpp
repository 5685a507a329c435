// A client that sends bytes as they are and shows what came back.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/wait.hpp"

namespace holdfast {

/// One HTTP/1.1 response, taken apart strictly.
struct raw_response {
  int status = 0;
  std::string reason;
  /// Names as received.
  std::vector<std::pair<std::string, std::string>> fields;
  std::string body;

  /// Value of the only field of that name, compared without case; empty when
  /// there is none or more than one.
  std::string field(std::string_view name) const;
};

/// A blocking connection to the loopback. Nothing here waits longer than
/// `timeout`. Not thread-safe.
class raw_client {
public:
  /// `from` is an address of the loopback to call from, null for the usual.
  explicit raw_client(std::uint16_t port,
                      std::chrono::milliseconds timeout = test::patience,
                      const char* from = nullptr);
  raw_client(const raw_client&) = delete;
  raw_client& operator=(const raw_client&) = delete;
  ~raw_client();

  /// False if the peer closed or reset before all of it was taken.
  bool send(std::string_view bytes);

  /// No more will be sent; the answer can still be read.
  void close_sending();

  /// Ends the connection with a RST.
  void reset();

  /// The next response, nothing if the peer closes or time runs out before it
  /// is whole, or if it is malformed. A response with no body of its own has
  /// none whatever its length says; status 1xx counts as a response.
  std::optional<raw_response> receive(bool to_head_request = false);

  /// The next `size` bytes, whatever they are; fewer if no more come.
  std::string take(std::size_t size);

  /// True once the peer closed in order, with nothing left to read. False on
  /// more bytes, a reset, or silence.
  bool is_closed_by_peer();

  /// Takes whatever still comes. True once the peer closed or reset, false
  /// on silence.
  bool is_ended_by_peer();

private:
  bool fill();
  std::optional<std::string> take_until(std::string_view mark);
  bool take_exactly(std::size_t size, std::string& into);

  int fd_ = -1;
  std::string received_;
};

} // namespace holdfast
