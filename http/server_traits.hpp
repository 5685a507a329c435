// How RESTinio is set up here: traits and settings in one place. Slow to
// compile; for the file that starts the server only.
#pragma once

#include <restinio/all.hpp>

#include "holdfast/limits.hpp"
#include "http/guarded_socket.hpp"

namespace holdfast::http {

/// One io_context per thread, so no strand; no log of RESTinio's own.
/// `Stream` is a TCP socket or a TLS stream.
template <class RequestHandler = restinio::default_request_handler_t,
          class Stream = asio::ip::tcp::socket>
struct server_traits
    : restinio::traits_t<restinio::asio_timer_manager_t,
                         restinio::null_logger_t, RequestHandler,
                         restinio::noop_strand_t, guarded_socket<Stream>> {};

/// The limits behind the guarded socket. It refuses before any of them is
/// reached; they hold should it ever not.
inline restinio::incoming_http_msg_limits_t message_limits() {
  return restinio::incoming_http_msg_limits_t{}
      .max_url_size(limits::target_bytes_max)
      .max_field_name_size(limits::field_bytes_max)
      // RESTinio refuses a value that reaches its limit.
      .max_field_value_size(limits::field_bytes_max + 1)
      .max_field_count(limits::field_count_max)
      .max_body_size(limits::body_bytes_max);
}

/// Sets what does not depend on the node: limits, timeouts, buffers. The
/// handler stays the caller's.
template <class Settings>
void apply_server_limits(Settings& settings) {
  settings.incoming_http_msg_limits(message_limits())
      .buffer_size(limits::read_buffer_bytes)
      .max_pipelined_requests(1)
      .read_next_http_message_timelimit(limits::read_timeout)
      .write_http_response_timelimit(limits::write_timeout)
      .handle_request_timeout(limits::handler_timeout)
      .timer_manager(limits::connection_timer_period)
      .socket_options_setter([](auto& options) {
        // Answers are small and written whole: nothing to gather.
        options.set_option(asio::ip::tcp::no_delay{true});
      });
}

} // namespace holdfast::http
