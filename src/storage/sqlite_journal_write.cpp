// Rows into the open batch.
#include <utility>

#include "sqlite_journal_impl.hpp"

namespace holdfast::storage {

void sqlite_journal::append(stock_change& change, const origin& from) {
  guarded([&] { next_.add(change, from); });
}

void sqlite_journal::remember(remembered_answer& answer) {
  guarded([&] { next_.add(answer); });
}

void sqlite_journal::snapshot(const std::string& store, const std::string& sku,
                              const stock& state) {
  guarded([&] {
    stock complete;
    auto* head = next_.complete({store, sku}, state, rows_, complete);
    if (head == nullptr)
      return;
    taken_.push_back(
        {*head->names, {head->seq, head->answer}, std::move(complete)});
    heads_.kept(*head);
  });
}

} // namespace holdfast::storage
