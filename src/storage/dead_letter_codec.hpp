// Bodies of the rows of `dead_letters`. The format is told in docs/JOURNAL.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "holdfast/dead_letter.hpp"

namespace holdfast::storage {

/// Appends the body of `letter`: all of it but id, store and SKU, which are
/// columns, and a checksum over all of it. A fingerprint without a key is
/// dropped.
void encode_letter(const dead_letter& letter, std::string& out);

/// The inverse. Total on arbitrary bytes: throws `journal_error::corrupt` for
/// what `encode_letter` did not write, or not for this row.
dead_letter decode_letter(std::uint64_t id, std::string_view store,
                          std::string_view sku, std::string_view body);

} // namespace holdfast::storage
