// Rows into the tables, inside a transaction of the caller.
#pragma once

#include <array>
#include <optional>
#include <string>

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
  /// All of a batch that is closed.
  void put(const batch_buffer& batch);
  /// All of a batch that was read back. Its rows must be undamaged, or
  /// `journal_error::corrupt` is thrown.
  void put(const batch_record& record);

private:
  /// So many rows in one statement cost 0.6 of what each costs in its own:
  /// SQLite looks for the end of the table once.
  static constexpr std::size_t crowd = 16;

  struct inserts {
    inserts(database& in, const std::string& table, const std::string& number);
    /// Of `crowd` rows, made where it is needed: it is long to parse, and few
    /// of those who read have that many.
    statement& many();

    statement one;
    database& in;
    std::string table;
    std::string number;
    std::optional<statement> crowded;
  };

  /// Rows that stay where they are until `flush`.
  void gather(row_kind kind, const row_view& row);
  void flush();
  inserts& of(row_kind kind) noexcept {
    return kind == row_kind::event ? events_ : answers_;
  }

  inserts events_;
  inserts answers_;
  statement closed_;
  statement batch_;
  std::array<row_view, crowd> gathered_;
  std::size_t count_ = 0;
  row_kind kind_ = row_kind::event;
  std::string scratch_;
};

} // namespace holdfast::storage
