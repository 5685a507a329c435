// Bugs in how dead letters are kept.
#pragma once

#include <utility>

#include "tests/simulation/tampered_journal.hpp"

namespace holdfast::test {

/// Says that a letter is kept, and has none.
struct lost_letter final : tampered_journal {
  using tampered_journal::tampered_journal;
  bool bury(dead_letter& letter) override {
    const auto is_kept = to_->bury(letter);
    to_->remove_letter(letter.id);
    return is_kept;
  }
};

/// A letter outlives what settles it.
struct letter_that_stays final : tampered_journal {
  using tampered_journal::tampered_journal;
  bool remove_letter(std::uint64_t id) override {
    return to_->letter_at(id).has_value();
  }
};

/// A batch that changes letters is taken for one that does nothing else.
struct lost_beside_letters final : tampered_journal {
  using tampered_journal::tampered_journal;
  void append(stock_change& change, const origin& from) override {
    to_->append(change, from);
    has_events_ = true;
  }
  bool bury(dead_letter& letter) override {
    changes_letters_ = true;
    return to_->bury(letter);
  }
  bool remove_letter(std::uint64_t id) override {
    changes_letters_ = true;
    return to_->remove_letter(id);
  }
  void commit() override {
    if (std::exchange(has_events_, false)
        & std::exchange(changes_letters_, false))
      to_->rollback();
    else
      to_->commit();
  }

private:
  bool has_events_ = false;
  bool changes_letters_ = false;
};

} // namespace holdfast::test
