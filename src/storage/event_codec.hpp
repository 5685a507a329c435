// Bodies of the rows of the journal. The format is told in docs/JOURNAL.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "holdfast/journal.hpp"
#include "holdfast/ledger.hpp"

namespace holdfast::storage {

/// Appends the body of `change`: all of it but `seq`, store and SKU, which are
/// columns. Requires `prev_seq < seq`. A fingerprint without a key is dropped.
void encode_event(const stock_change& change, const origin& from,
                  std::string& out);

/// The inverse. Total on arbitrary bytes: returns what `encode_event` would
/// turn into exactly `body`, or throws `journal_error::corrupt`.
event decode_event(std::uint64_t seq, std::string_view store,
                   std::string_view sku, std::string_view body);

/// The balances alone, of a body whose checksum was right. What follows them
/// is not looked at.
ledger_change decode_change(std::uint64_t seq, std::string_view store,
                            std::string_view sku, std::string_view body);

/// An answer and the number of the answer before it of the same SKU, or 0.
struct stored_answer {
  remembered_answer answer;
  std::uint64_t prev_number = 0;
};

/// Like `encode_event`. Requires `prev_number < answer.number`.
void encode_answer(const remembered_answer& answer, std::uint64_t prev_number,
                   std::string& out);
/// Like `decode_event`.
stored_answer decode_answer(std::uint64_t number, std::string_view store,
                            std::string_view sku, std::string_view body);

/// Appends the state of a snapshot. Requires its two indexes to agree.
void encode_stock(const stock& state, std::string& out);
/// Like `decode_event`.
stock decode_stock(std::string_view body);
/// The record alone, without its holds.
balances decode_record(std::string_view body);

} // namespace holdfast::storage
