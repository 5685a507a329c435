// The ledger of a journal without a disk.
#pragma once

#include "holdfast/ledger.hpp"
#include "tests/support/memory_journal.hpp"

namespace holdfast::storage {

/// See `ledger`. Like a journal, it ends with a crash of its disk.
class memory_ledger final : public ledger {
public:
  explicit memory_ledger(std::shared_ptr<memory_disk> disk);

  ledger_page read(const ledger_position& from, std::size_t limit) override;

private:
  ledger_mark mark_at(std::uint64_t seq) const;
  void read_records(ledger_page& page, std::size_t limit) const;
  void read_changes(ledger_page& page, std::size_t limit) const;

  std::shared_ptr<memory_disk> disk_;
  std::uint64_t life_;
};

} // namespace holdfast::storage
