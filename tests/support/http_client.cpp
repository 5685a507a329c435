#include "tests/support/http_client.hpp"

#include <system_error>

namespace holdfast::test {

http_client::http_client(std::uint16_t port, std::chrono::milliseconds timeout)
    : port_(port), timeout_(timeout) {
  // nop
}

http_result http_client::ask(std::string_view method, std::string_view target,
                             std::string_view body, const fields& more) {
  std::string text{method};
  text.append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
  for (const auto& [name, value] : more)
    text.append(name).append(": ").append(value).append("\r\n");
  if (method == "POST" || method == "PUT")
    text.append("Content-Type: application/json\r\nContent-Length: ")
        .append(std::to_string(body.size()))
        .append("\r\n");
  text.append("\r\n").append(body);
  return pass(text, method == "HEAD");
}

http_result http_client::pass(std::string_view request, bool is_head) {
  http_result result;
  try {
    if (!connection_)
      connection_ = std::make_unique<raw_client>(port_, timeout_);
  } catch (const std::system_error&) {
    result.is = http_result::fate::not_sent;
    return result;
  }
  // Even if the peer closed early it may have said why.
  connection_->send(request);
  auto response = connection_->receive(is_head);
  if (!response) {
    connection_.reset();
    return result;
  }
  result.is = http_result::fate::answered;
  result.response = std::move(*response);
  if (result.response.field("Connection") == "close")
    connection_.reset();
  return result;
}

} // namespace holdfast::test
