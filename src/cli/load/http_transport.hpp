// The way to a node over HTTP: a connection for each client.
#pragma once

#include "src/cli/load/transport.hpp"
#include "src/cli/load/wire.hpp"

namespace holdfast::cli {

/// `to` outlives it. Nothing it does waits but `receive`. A question whose
/// connection nobody accepts is `unreached`, which is told after a pause; after
/// 30 s of nothing else `send` and `receive` throw `load_failure`.
transport_ptr make_http_transport(const http_base& to, std::uint32_t clients);

} // namespace holdfast::cli
