// Puts a simulation into words.
#pragma once

#include <string>

#include "holdfast/member_order.hpp"
#include "holdfast/outcome.hpp"

namespace holdfast::simulation {

/// One line each, without its end.
std::string tell(const command& ask);
std::string tell(const outcome& answer);
std::string tell(const event& change);
std::string tell(const member_note& note);

} // namespace holdfast::simulation
