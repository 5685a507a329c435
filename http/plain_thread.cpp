#include "http/stream_thread.hpp"

namespace holdfast::http {

std::unique_ptr<io_thread> make_plain_thread(thread_parts parts) {
  return std::make_unique<stream_thread<asio::ip::tcp::socket>>(
      std::move(parts), [](asio::io_context&, const credentials&) {});
}

} // namespace holdfast::http
