// Rows into the tables, inside a transaction of the caller.
#pragma once

#include "batch_buffer.hpp"
#include "sqlite.hpp"

namespace holdfast::storage {

class row_writer {
public:
  /// Of the tables whose names are `prefix` and the usual ones.
  explicit row_writer(database& in, const std::string& prefix = {});

  void put(row_kind kind, const row_view& row);
  void put(const closed_row& row);
  void put(const batch_row& row);
  /// All of a batch that was read back. Its rows must be undamaged, or
  /// `journal_error::corrupt` is thrown.
  void put(const batch_record& record);

private:
  statement event_;
  statement answer_;
  statement closed_;
  statement batch_;
  std::string scratch_;
};

} // namespace holdfast::storage
