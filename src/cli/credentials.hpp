// The files by which a node knows its callers.
#pragma once

#include "holdfast/settings.hpp"
#include "http/credentials.hpp"

namespace holdfast::cli {

/// True if there is anything to load, and to load again on SIGHUP.
bool has_credentials(const settings& with) noexcept;

/// Reads the files that the settings name, and logs what deserves a look.
/// Throws `config::config_error`.
http::credentials load_credentials(const settings& with);

} // namespace holdfast::cli
