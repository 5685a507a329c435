// The words of `holdfast load` that are no flags.
#pragma once

#include "src/config/load_order.hpp"
#include "src/config/program.hpp"

namespace holdfast::config {

/// Workload and file, and whether the flags in `into` go with them. Throws
/// `config_error`.
void read_words(const CLI::App& sub, load_order& into);

} // namespace holdfast::config
