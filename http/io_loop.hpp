// The io_context of one thread.
#pragma once

#include <asio/io_context.hpp>

namespace holdfast::http {

/// An io_context that lets go of its connections before its own end.
class io_loop : public asio::io_context {
public:
  using asio::io_context::io_context;

  /// Once nothing runs any more.
  void drop_connections() {
    shutdown();
  }
};

} // namespace holdfast::http
