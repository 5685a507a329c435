#include "src/config/program.hpp"

#include "src/config/version.hpp"

#include "src/config/config_error.hpp"
#include "src/config/option_table.hpp"
#include "src/config/value.hpp"

namespace holdfast::config {

namespace {

constexpr auto footer =
    "A flag goes before its environment variable, that before the file, that\n"
    "before the default.\n"
    "Exit codes: 0 done; 1 failed, or a fault was found; 2 wrong usage or\n"
    "configuration, the data directory is in use or another's, or the cluster\n"
    "has no place for the node.";

template <class T>
std::string describe(const option<T>& entry, bool has_variable) {
  std::string text = entry.help + "\n" + entry.rule;
  if (const auto usual = entry.show(T{}); usual != quote(""))
    text += "; default " + usual;
  if (has_variable)
    text += "; " + variable_name(entry.name);
  return text;
}

/// Declares the flag of one option.
template <class T>
void declare(CLI::App& app, const option<T>& entry, bool has_variable) {
  const auto flag = flag_name(entry.name);
  const auto text = describe(entry, has_variable);
  if (entry.is_toggle)
    app.add_flag(flag, text);
  else
    app.add_option(flag, text)->type_name(entry.is_list ? "A,B,..." : "VALUE");
}

template <class T>
void refuse_empty_toggle(const std::string& word,
                         const std::vector<option<T>>& table) {
  for (const auto& entry : table)
    if (entry.is_toggle && word == flag_name(entry.name) + "=")
      throw config_error{flag_name(entry.name) + " is " + quote("")
                         + ": must be " + entry.rule};
}

} // namespace

std::string_view program_version() noexcept {
  return HOLDFAST_VERSION;
}

program::program() {
  app.set_help_flag("-h,--help", "Print this and exit.");
  app.set_version_flag("--version", "holdfast " HOLDFAST_VERSION,
                       "Print the version and exit.");
  app.allow_extras();
  app.require_subcommand(0, 1);
  app.footer(footer);
  app.get_formatter()->column_width(32);
  const auto file_help =
      std::string{"TOML file with options; "} + config_variable;
  for (auto* sub : {serve, join, verify, events}) {
    sub->allow_extras();
    sub->add_option("--config", file_help)->type_name("FILE");
  }
  for (const auto& entry : node_options()) {
    // Whoever serves founds a cluster, or goes on with the one it knows.
    if (entry.name != "join")
      declare(*serve, entry, true);
    declare(*join, entry, true);
    if (entry.name == "data_dir") {
      declare(*verify, entry, true);
      declare(*events, entry, true);
    }
  }
  for (const auto& entry : event_options())
    declare(*events, entry, false);
  check->allow_extras();
  check->add_option("FILE", "The history, see docs/HISTORY.md; - for standard "
                            "input.");
  for (const auto& entry : check_options())
    declare(*check, entry, false);
  load->allow_extras();
  load->add_option("WORKLOAD", "uniform (the default), zipf, hot, flash-sale, "
                               "orders or mixed.");
  load->add_option("FILE", "Of orders: CSV with columns StockCode and "
                           "Quantity.");
  for (const auto& entry : load_options())
    declare(*load, entry, false);
  simulate->allow_extras();
  for (const auto& entry : simulation_options())
    declare(*simulate, entry, false);
  key->allow_extras();
  key->add_option("NAME", "Names the key: the actor of its events.");
  key->add_option("ROLE", "What it may do: reader, writer or operator.");
}

void refuse_empty_toggles(const std::vector<std::string>& words) {
  for (const auto& word : words) {
    refuse_empty_toggle(word, node_options());
    refuse_empty_toggle(word, load_options());
  }
}

void split_empty_values(std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i].starts_with("--")
        && words[i].find('=') + 1 == words[i].size()) {
      words[i].pop_back();
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(++i), "");
    }
}

std::optional<std::string> given(const CLI::App& app, const std::string& name) {
  return given_word(app, flag_name(name));
}

std::optional<std::string> given_word(const CLI::App& app,
                                      const std::string& name) {
  const auto* flag = app.get_option_no_throw(name);
  if (flag == nullptr || flag->count() == 0)
    return std::nullopt;
  return flag->results().front();
}

} // namespace holdfast::config
