// The first line of a history.
#pragma once

#include <string>

namespace holdfast::live {

inline const std::string history_head = R"({"type":"history","format":1})";

} // namespace holdfast::live
