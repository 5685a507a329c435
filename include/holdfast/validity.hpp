// Could a client have asked this?
#pragma once

#include "holdfast/command.hpp"

namespace holdfast {

/// True if every value of `ask` is one that the HTTP contract lets through:
/// names are well-formed, numbers and texts inside `limits`, enumerations one
/// of their words. What came from another process is judged by it before
/// anything acts on it.
bool is_valid(const command& ask);

} // namespace holdfast
