// Rows by hand: deliveries and refusals.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "holdfast/journal.hpp"
#include "holdfast/rules.hpp"

namespace holdfast::storage::testing {

using sku_name = std::pair<std::string, std::string>;

/// For tests of one SKU.
inline const sku_name tea{"store-1", "tea"};

/// The event of a delivery of `delta` units, next after `now`.
event delivery(const stock& now, const sku_name& name, std::int64_t delta,
               std::int64_t at_ms, const std::string& key = {});

/// Appends `change` and applies it; it has its number then.
event append(journal& into, stock& state, event change);

/// A unit of tea, in a transaction.
void deliver(journal& into, stock& state);

/// A refusal that is remembered under `key`.
remembered_answer refused(const sku_name& name, std::int64_t at_ms,
                          const std::string& key);

} // namespace holdfast::storage::testing
