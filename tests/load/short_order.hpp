// What a test of a load asks for.
#pragma once

#include <string>

#include "src/config/load_order.hpp"

namespace holdfast::test {

/// Of eight clients, who ask no faster than that: memory answers at once. As
/// many seconds as LOAD_SECONDS says, where a sanitizer makes everything slow.
config::load_order short_order(const std::string& workload);

} // namespace holdfast::test
