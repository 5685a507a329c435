// What a newcomer sees when the node is ready.
#pragma once

#include <cstdint>
#include <string>

#include "holdfast/settings.hpp"

namespace holdfast::cli {

/// The address, and three commands to try: receive, reserve and read stock.
/// The ports are those listened on, which the kernel may have chosen; 0 for
/// none. Where other nodes can join, it says so.
std::string make_greeting(const settings& node, std::uint16_t port,
                          std::uint16_t node_port);

} // namespace holdfast::cli
