// The subcommands. Each returns the exit code of the process.
#pragma once

#include <string>

#include "src/config/invocation.hpp"

namespace holdfast::cli {

inline constexpr int exit_ok = 0;
/// Something failed, or a fault was found.
inline constexpr int exit_failure = 1;
/// Wrong usage or configuration, or the data directory is in use.
inline constexpr int exit_usage = 2;

/// Runs a node until it is told to stop.
int serve(const settings& node);

/// Checks the journal below `data_dir`.
int verify(const std::string& data_dir);

/// Lists events of the journal below `data_dir` as JSON, one a line.
int events(const std::string& data_dir, const config::event_query& query);

/// Holds a history against its events, names the first faults of each kind
/// and counts them. Throws `config_error` for a history that cannot be read.
int check(const config::check_query& query);

/// Puts load on a node, measures it and checks what it answers. SIGINT and
/// SIGTERM end the measuring. Throws `config_error` for a target that is not
/// there.
int load(const config::load_order& order);

/// Makes an API key for `who`: prints its secret, and its line for the file.
int key(const principal& who);

/// Plays the stories of `seeds` up to the first that breaks a promise, of
/// which it tells the seed, the shortest story that breaks it, and how.
int simulate(const config::simulation_request& request,
             const config::seed_range& seeds);

} // namespace holdfast::cli
