// A blocking HTTP client that knows when it does not know.
#pragma once

#include <memory>

#include "tests/support/raw_client.hpp"

namespace holdfast::test {

/// What became of one request.
struct http_result {
  enum class fate {
    answered,
    /// It never left: nobody accepted the connection.
    not_sent,
    /// Sent, at least in part, and no whole answer came: reset or timeout.
    unknown,
  };
  fate is = fate::unknown;
  raw_response response;

  /// 0 unless answered.
  int status() const noexcept {
    return is == fate::answered ? response.status : 0;
  }
};

/// Keeps one connection open between requests and makes another when it has
/// to. It never sends a request twice. Not thread-safe.
class http_client {
public:
  using fields = std::vector<std::pair<std::string, std::string>>;

  explicit http_client(std::uint16_t port,
                       std::chrono::milliseconds timeout = patience);

  /// A body is sent as JSON.
  http_result ask(std::string_view method, std::string_view target,
                  std::string_view body = {}, const fields& more = {});
  /// The bytes of one request.
  http_result pass(std::string_view request, bool is_head);

private:
  std::uint16_t port_;
  std::chrono::milliseconds timeout_;
  std::unique_ptr<raw_client> connection_;
};

} // namespace holdfast::test
