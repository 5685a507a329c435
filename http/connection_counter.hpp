// Connections as RESTinio tells of them. Included by stream_thread.hpp alone.
#pragma once

#include <restinio/all.hpp>

#include "http/server_counters.hpp"

namespace holdfast::http {

/// Counts the connections of one IO thread.
class connection_counter {
public:
  explicit connection_counter(io_counters& into) : into_(into) {
    // nop
  }

  void
  state_changed(const restinio::connection_state::notice_t& notice) noexcept {
    using restinio::connection_state::accepted_t;
    using restinio::connection_state::closed_t;
    const auto what = notice.cause();
    if (restinio::holds_alternative<accepted_t>(what))
      ++into_.accepted;
    else if (restinio::holds_alternative<closed_t>(what))
      ++into_.closed;
  }

private:
  io_counters& into_;
};

} // namespace holdfast::http
