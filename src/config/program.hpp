// The program as CLI11 sees it: subcommands and their flags.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace holdfast::config {

/// Environment variable that names the file where no `--config` does. Without
/// either no file is read, so what lies in the working directory decides
/// nothing.
inline constexpr auto config_variable = "HOLDFAST_CONFIG";

/// Takes any argument; who parses judges those it did not know.
struct program {
  program();

  CLI::App app{"Holdfast keeps stock counts right.", "holdfast"};
  CLI::App* serve = app.add_subcommand("serve", "Run a node.");
  CLI::App* join = app.add_subcommand(
      "join", "Run a node that belongs to the cluster of another.");
  CLI::App* verify = app.add_subcommand(
      "verify", "Check a journal; works beside a running node.");
  CLI::App* events = app.add_subcommand(
      "events",
      "List events as JSON, one a line; works beside a running node.");
  CLI::App* check = app.add_subcommand(
      "check", "Hold what callers were told against a journal.");
  CLI::App* load = app.add_subcommand(
      "load", "Put load on a node, measure it and check what it answers.");
  CLI::App* key = app.add_subcommand("key", "Make an API key.");
  CLI::App* simulate = app.add_subcommand(
      "simulate", "Play nodes with bad luck, all of it from a seed.");
};

/// Throws `config_error` for a toggle with nothing behind its `=`, which CLI11
/// takes for one without a value: `true`.
void refuse_empty_toggles(const std::vector<std::string>& words);

/// An option with nothing behind its `=` gets an empty word as its value: CLI11
/// would take it for one without.
void split_empty_values(std::vector<std::string>& words);

/// What the flag of the option `name` was given, if it was.
std::optional<std::string> given(const CLI::App& app, const std::string& name);

/// The word at the place `name`, if it was given.
std::optional<std::string> given_word(const CLI::App& app,
                                      const std::string& name);

} // namespace holdfast::config
