// SHA-256, which tells one body from another.
#pragma once

#include <string_view>

#include "holdfast/command.hpp"

namespace holdfast::http {

/// SHA-256 (FIPS 180-4) of `bytes`. Thread-safe: every thread keeps a context
/// of its own. Throws `std::runtime_error` where libcrypto refuses.
digest sha256(std::string_view bytes);

} // namespace holdfast::http
