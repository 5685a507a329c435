// What a newcomer sees when the node is ready.
#pragma once

#include <cstdint>
#include <string>

#include "holdfast/settings.hpp"

namespace holdfast::cli {

/// The address, and three commands to try: receive, reserve and read stock.
/// `port` is the one listened on, which the kernel may have chosen.
std::string make_greeting(const settings& node, std::uint16_t port);

} // namespace holdfast::cli
