#include "tests/simulation/planted_bugs.hpp"

#include "tests/simulation/planted_letters.hpp"
#include "tests/simulation/planted_loads.hpp"

namespace holdfast::test {

namespace {

/// Now and then: not the first time, so that a story needs some length.
class sometimes {
public:
  bool now() noexcept {
    return ++count_ % 5 == 0;
  }

private:
  unsigned count_ = 0;
};

struct lost_update final : tampered_journal {
  using tampered_journal::tampered_journal;
  void commit() override {
    if (due.now())
      to_->rollback();
    else
      to_->commit();
  }
  sometimes due;
};

struct refusal_that_applied final : tampered_journal {
  using tampered_journal::tampered_journal;
  void commit() override {
    to_->commit();
    if (due.now())
      throw journal_error{journal_error::kind::full, "a planted lie"};
  }
  sometimes due;
};

struct double_apply final : tampered_journal {
  using tampered_journal::tampered_journal;
  void append(stock_change& change, const origin& from) override {
    to_->append(change, from);
    if (!due.now())
      return;
    auto again = change;
    apply_again(again);
    to_->append(again, from);
  }
  static void apply_again(stock_change& change) {
    ++change.after.version;
    change.after.on_hand += change.delta;
  }
  sometimes due;
};

struct forgotten_ends final : tampered_journal {
  using tampered_journal::tampered_journal;
  std::optional<event> closing_event(std::uint64_t) override {
    return std::nullopt;
  }
};

struct wrong_replay final : tampered_journal {
  using tampered_journal::tampered_journal;
  std::optional<event> event_at(std::uint64_t seq) override {
    auto found = to_->event_at(seq);
    if (found)
      ++found->after.on_hand;
    return found;
  }
};

struct wrong_refusal final : tampered_journal {
  using tampered_journal::tampered_journal;
  std::optional<remembered_answer> answer_at(std::uint64_t number) override {
    auto found = to_->answer_at(number);
    if (found && !found->answer.ok())
      found->answer.code = error_code::reservation_not_found;
    return found;
  }
};

struct clock_of_its_own final : tampered_journal {
  using tampered_journal::tampered_journal;
  std::int64_t last_time_ms() const override {
    return 0;
  }
};

/// Hands pages on, changed by `Tamper`.
template <void (*Tamper)(ledger_page&)>
struct tampered_ledger final : ledger {
  explicit tampered_ledger(std::unique_ptr<ledger> of) : of_(std::move(of)) {
    // nop
  }
  ledger_page read(const ledger_position& from, std::size_t limit) override {
    auto page = of_->read(from, limit);
    Tamper(page);
    return page;
  }
  std::unique_ptr<ledger> of_;
};

void count_twice(ledger_page& page) {
  for (auto& change : page.changes)
    if (change.after.version == 3)
      change.after.on_hand += change.delta;
}

void skip_one(ledger_page& page) {
  if (page.changes.size() > 2)
    page.changes.erase(page.changes.begin() + 1);
}

template <class Journal>
planted_bug below(std::string name, std::set<int> items,
                  std::string words = {}) {
  planted_bug made{std::move(name), std::move(items), {}, std::move(words)};
  made.with.journal = [](journal_ptr to) -> journal_ptr {
    return std::make_unique<Journal>(std::move(to));
  };
  return made;
}

template <void (*Tamper)(ledger_page&)>
planted_bug beside(std::string name, std::set<int> items) {
  planted_bug made{std::move(name), std::move(items), {}, {}};
  made.with.own = [](std::unique_ptr<ledger> of) -> std::unique_ptr<ledger> {
    return std::make_unique<tampered_ledger<Tamper>>(std::move(of));
  };
  return made;
}

planted_bug ack_before_sync() {
  planted_bug made{"ack before sync", {1}, {}, {}};
  made.with.disk = [](storage::simulated_disk& on) {
    on.lie_about_syncs();
  };
  return made;
}

/// Whoever is told of a fault forgets to say that it is over.
planted_bug permits_of_faults() {
  planted_bug made{"permits of what failed are lost", {0}, {}, "permits"};
  made.with.bridge = [](report& done) {
    if (done.faults > 0)
      done.permits = 0;
  };
  return made;
}

} // namespace

std::vector<planted_bug> planted_bugs() {
  return {
      ack_before_sync(),
      permits_of_faults(),
      below<lost_update>("lost update", {1}),
      below<refusal_that_applied>("refusal that applied", {2}),
      below<double_apply>("double apply", {2, 3}),
      below<forgotten_keys>("keys forgotten at restart", {3}),
      below<stale_load>("stale read", {6}),
      below<snapshot_off_by_one>("snapshot off by one", {5, 7}),
      below<early_expiry>("early expiry", {5}),
      below<forgotten_expiry>("expiry forgotten", {5}),
      below<forgotten_ends>("ends of reservations forgotten", {5}),
      below<wrong_replay>("replay of another change", {3, 5}),
      below<wrong_refusal>("replay of another refusal", {3, 5}),
      below<clock_of_its_own>("clock set back at restart", {5},
                              "went back in time"),
      below<lost_letter>("a letter that is lost", {1}, "letter"),
      below<letter_that_stays>("a letter that is not settled", {3}, "letter"),
      below<lost_beside_letters>("changes lost beside a letter",
                                 {1, 3, 4, 6, 7}),
      beside<count_twice>("sync counts twice", {7}),
      beside<skip_one>("sync skips a change", {7}),
  };
}

} // namespace holdfast::test
