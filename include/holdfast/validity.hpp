// Could a client have asked this, or a node have said it?
#pragma once

#include "holdfast/ledger.hpp"
#include "holdfast/outcome.hpp"

namespace holdfast {

/// True if every value of `ask` is one that the HTTP contract lets through:
/// names are well-formed, numbers and texts inside `limits`, enumerations one
/// of their words. What came from another process is judged by it before
/// anything acts on it.
bool is_valid(const command& ask);

/// The same of what a node answers, of an event in its feed, and of a page of
/// its ledger: names and texts are well-formed, enumerations known, numbers and
/// times such that adding and writing them is safe.
bool is_valid(const outcome& answer);
bool is_valid(const event& change);
bool is_valid(const ledger_page& page);

} // namespace holdfast
