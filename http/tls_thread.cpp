#include "http/stream_thread.hpp"
#include "http/tls_stream.hpp"

namespace holdfast::http {

std::unique_ptr<io_thread> make_tls_thread(thread_parts parts) {
  return std::make_unique<stream_thread<tls_stream>>(
      std::move(parts), [](asio::io_context& io, const credentials& as) {
        asio::use_service<tls_identity>(io).use(as.tls);
      });
}

} // namespace holdfast::http
