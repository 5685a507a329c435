// Every option of the program, declared once.
#pragma once

#include <vector>

#include "holdfast/settings.hpp"
#include "src/config/invocation.hpp"
#include "src/config/option.hpp"

namespace holdfast::config {

/// Options of a node: flags of `serve`, environment variables, file entries.
const std::vector<option<settings>>& node_options();

/// Options of one listing of events: flags only.
const std::vector<option<event_query>>& event_options();

/// Options of a check of a history: flags only.
const std::vector<option<check_query>>& check_options();

/// Options of a load: flags only.
const std::vector<option<load_order>>& load_options();
/// Options of a simulation: flags only.
const std::vector<option<simulation_request>>& simulation_options();

} // namespace holdfast::config
