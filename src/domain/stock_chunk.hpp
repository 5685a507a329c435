// A run of SKUs in a table of records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "holdfast/stock_table.hpp"

namespace holdfast {

/// SKUs in order, packed: one text with all names, one array with all records.
struct stock_chunk {
  /// SKUs of a chunk, and records where SKUs have many; one SKU is never
  /// divided.
  static constexpr std::size_t skus_max = 64;
  static constexpr std::size_t records_max = 256;

  /// Where name and records of a SKU end; they begin where those before end.
  struct slot {
    std::uint32_t name_end = 0;
    std::uint32_t record_end = 0;
  };

  /// The table it was made for.
  std::uint64_t edition = 0;
  std::string names;
  std::vector<slot> slots;
  std::vector<store_record> records;

  std::size_t name_begin(std::size_t i) const noexcept {
    return i == 0 ? 0 : slots[i - 1].name_end;
  }
  std::size_t record_begin(std::size_t i) const noexcept {
    return i == 0 ? 0 : slots[i - 1].record_end;
  }
  std::string_view name(std::size_t i) const noexcept {
    const auto begin = name_begin(i);
    return std::string_view{names}.substr(begin, slots[i].name_end - begin);
  }
  sku_entry entry(std::size_t i) const noexcept {
    const auto begin = record_begin(i);
    return {name(i), {records.data() + begin, slots[i].record_end - begin}};
  }
  bool is_full() const noexcept {
    return slots.size() > skus_max
           || (slots.size() > 1 && records.size() > records_max);
  }

  /// The first SKU that is not before `sku`.
  std::size_t lower_bound(std::string_view sku) const noexcept;
  bool has_at(std::size_t i, std::string_view sku) const noexcept {
    return i < slots.size() && name(i) == sku;
  }
  /// Inserts a SKU without records.
  void insert_sku(std::size_t i, std::string_view sku);
  /// The record of a store in SKU `i`, inserted with version 0 if missing.
  balances& record(std::size_t i, std::uint32_t store);
  /// Moves the SKUs from `i` on into a chunk of their own.
  stock_chunk cut(std::size_t i);
  std::size_t memory_bytes() const noexcept;
};

} // namespace holdfast
