// The central view of a node as HTTP tells it.
#pragma once

#include "src/cli/load/target.hpp"
#include "src/cli/load/wire.hpp"

namespace holdfast::cli {

/// See `target::read_central`.
bool read_http_central(const http_base& of, const target::view_listener& tell);

} // namespace holdfast::cli
