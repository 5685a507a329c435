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

/// Reads them again into `now`. A part whose files cannot be used stays as it
/// was and is named in the log; it keeps no other from being exchanged.
void reload_credentials(const settings& with, http::credentials& now);

} // namespace holdfast::cli
