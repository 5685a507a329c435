// How many files this process may have open.
#pragma once

#include <cstddef>

namespace holdfast::cli {

/// Raises the limit of open files as far as the system lets it, and returns
/// how many of `wanted` connections fit in beside what the node itself opens:
/// more than that would make the system refuse them one by one, and the
/// journal's files with them. Throws `std::runtime_error` if none fits.
std::size_t make_room_for_connections(std::size_t wanted,
                                      std::size_t io_threads);

} // namespace holdfast::cli
