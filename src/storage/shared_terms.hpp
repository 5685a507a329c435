// What all processes that share a journal must have in common.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sqlite.hpp"

namespace holdfast::storage {

/// Options by name, and their values. A promise that one process made is kept
/// by whichever has the SKU next, so both must mean the same by it.
using shared_terms = std::vector<std::pair<std::string, std::int64_t>>;

/// Agrees on `wanted` with the processes that have the journal open: who is
/// alone has its way, everybody else must want the same. Throws
/// `wrong_data_dir` otherwise. Inside a transaction of the caller.
void agree_on(database& in, const shared_terms& wanted, bool is_alone);

} // namespace holdfast::storage
