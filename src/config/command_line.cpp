#include "src/config/command_line.hpp"

#include <algorithm>
#include <cstdlib>

#include "holdfast/names.hpp"
#include "src/config/load_words.hpp"
#include "src/config/node_rules.hpp"
#include "src/config/option_table.hpp"
#include "src/config/program.hpp"

namespace holdfast::config {

namespace {

/// Reads the file that a flag or the environment names, if one does.
void add_file(sources& from, const CLI::App& sub) {
  if (const auto flag = given(sub, "config")) {
    from.file_name = *flag;
    from.file = read_config(*flag, "--config");
  } else if (const auto variable = from.variable(config_variable)) {
    from.file_name = *variable;
    from.file = read_config(*variable, std::string{config_variable}
                                           + " from the environment");
  }
  std::vector<std::string> known;
  for (const auto& entry : node_options())
    known.push_back(entry.name);
  check_keys(from, known);
}

sources gather(const CLI::App& sub, const environment& variable) {
  sources from;
  from.variable = variable;
  for (const auto& entry : node_options())
    if (const auto value = given(sub, entry.name))
      from.flags[entry.name] = *value;
  add_file(from, sub);
  return from;
}

/// Options the subcommand has no flag for are left alone, so that a mistake
/// in them does not stop it.
settings read_settings(const CLI::App& sub, const sources& from) {
  settings node;
  for (const auto& entry : node_options())
    if (sub.get_option_no_throw(flag_name(entry.name)) != nullptr)
      resolve(entry, from, node);
  return node;
}

/// Options that only flags set.
template <class T>
T read_flags(const CLI::App& sub, const std::vector<option<T>>& table) {
  sources from;
  T made;
  for (const auto& entry : table) {
    if (const auto value = given(sub, entry.name))
      from.flags[entry.name] = *value;
    resolve(entry, from, made);
  }
  return made;
}

void read_simulation(const CLI::App& sub, invocation& run) {
  run.simulation = read_flags(sub, simulation_options());
  const auto& asked = run.simulation;
  run.seeds = {asked.seed, asked.seed};
  if (asked.seeds.empty())
    return;
  if (given(sub, "seed"))
    throw config_error{"say --seed or --seeds, not both"};
  const auto [first, last] = *parse_seed_range(asked.seeds);
  run.seeds = {first, last};
}

check_query read_check(const CLI::App& sub) {
  auto made = read_flags(sub, check_options());
  const auto file = given_word(sub, "FILE");
  if (!file)
    throw config_error{"say holdfast check FILE"};
  made.file = *file;
  if (!made.journals.empty() && !made.events.empty())
    throw config_error{"say --journal or --events, not both"};
  return made;
}

/// The two words of `holdfast key`.
principal read_principal(const CLI::App& sub) {
  const auto name = given_word(sub, "NAME");
  const auto may = given_word(sub, "ROLE");
  if (!may)
    throw config_error{"say holdfast key NAME ROLE"};
  if (!is_store_id(*name))
    throw config_error{"NAME is " + quote(*name)
                       + ": must be of the form "
                         "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"};
  const auto known = role_named(*may);
  if (!known)
    throw config_error{"ROLE is " + quote(*may)
                       + ": must be reader, writer or operator"};
  return {*name, *known};
}

invocation interpret(const program& said, const environment& variable) {
  invocation run;
  const auto& sub = *said.app.get_subcommands().front();
  if (&sub == said.key) {
    run.command = command::key;
    run.key = read_principal(sub);
    return run;
  }
  if (&sub == said.check) {
    run.command = command::check;
    run.check = read_check(sub);
    return run;
  }
  if (&sub == said.load) {
    run.command = command::load;
    run.load = read_flags(sub, load_options());
    read_words(sub, run.load);
    return run;
  }
  if (&sub == said.simulate) {
    run.command = command::simulate;
    read_simulation(sub, run);
    return run;
  }
  const auto from = gather(sub, variable);
  run.node = read_settings(sub, from);
  if (&sub == said.serve || &sub == said.join) {
    run.command = &sub == said.serve ? command::serve : command::join;
    if (run.command == command::join)
      complete_join(run.node, from);
    check_node(run.node, from);
  } else if (&sub == said.verify) {
    run.command = command::verify;
  } else {
    run.command = command::events;
    run.query = read_flags(sub, event_options());
  }
  return run;
}

/// CLI11 would name what it does not know in reverse, or not at all.
void check_complete(const CLI::App& app) {
  const auto unknown = app.remaining(true);
  if (!unknown.empty())
    throw config_error{quote(unknown.front())
                       + " is not known here (see holdfast --help)"};
  if (app.get_subcommands().size() != 1)
    throw config_error{
        "say serve, join, verify, events, check, load, simulate or key"
        " (see holdfast --help)"};
}

invocation print(std::string text) {
  invocation run;
  run.text = std::move(text);
  return run;
}

} // namespace

std::optional<std::string> process_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>{value};
}

invocation read_command_line(std::vector<std::string> arguments,
                             const environment& variable) {
  refuse_empty_toggles(arguments);
  split_empty_values(arguments);
  program said;
  // CLI11 takes the arguments from the back.
  std::reverse(arguments.begin(), arguments.end());
  try {
    said.app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return print(said.app.help());
  } catch (const CLI::CallForVersion& asked) {
    return print(asked.what() + std::string{"\n"});
  } catch (const CLI::ParseError& error) {
    throw config_error{error.what() + std::string{" (see holdfast --help)"}};
  }
  check_complete(said.app);
  return interpret(said, variable);
}

} // namespace holdfast::config
