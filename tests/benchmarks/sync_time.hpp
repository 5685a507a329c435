// What durability costs here and now.
#pragma once

#include <string>

namespace holdfast::bench {

/// Median time to append a page to a file in `directory` and sync it, in
/// milliseconds.
double sync_ms(const std::string& directory);

} // namespace holdfast::bench
