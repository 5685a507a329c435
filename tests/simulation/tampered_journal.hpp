// A journal that hands everything on, for bugs to override what they break.
#pragma once

#include <utility>

#include "holdfast/journal.hpp"

namespace holdfast::test {

class tampered_journal : public journal {
public:
  explicit tampered_journal(journal_ptr to) : to_(std::move(to)) {
    // nop
  }

  void begin() override {
    to_->begin();
  }
  void append(stock_change& change, const origin& from) override {
    to_->append(change, from);
  }
  void remember(remembered_answer& answer) override {
    to_->remember(answer);
  }
  void snapshot(const std::string& store, const std::string& sku,
                const stock& state) override {
    to_->snapshot(store, sku, state);
  }
  void commit() override {
    to_->commit();
  }
  void rollback() noexcept override {
    to_->rollback();
  }
  void catch_up() override {
    to_->catch_up();
  }
  bool seal() override {
    return to_->seal();
  }
  loaded_sku load(const std::string& store, const std::string& sku,
                  std::int64_t keys_since_ms) override {
    return to_->load(store, sku, keys_since_ms);
  }
  bool walk_keys(const std::string& store, const std::string& sku,
                 std::int64_t keys_since_ms, key_walk& walk,
                 std::size_t rows) override {
    return to_->walk_keys(store, sku, keys_since_ms, walk, rows);
  }
  std::optional<event> event_at(std::uint64_t seq) override {
    return to_->event_at(seq);
  }
  std::optional<remembered_answer> answer_at(std::uint64_t number) override {
    return to_->answer_at(number);
  }
  std::optional<event> closing_event(std::uint64_t grant_seq) override {
    return to_->closing_event(grant_seq);
  }
  event_page scan(std::uint64_t after, std::size_t limit,
                  const event_filter& filter) override {
    return to_->scan(after, limit, filter);
  }
  std::uint64_t last_seq() const override {
    return to_->last_seq();
  }
  std::int64_t last_time_ms() const override {
    return to_->last_time_ms();
  }
  std::size_t checkpoint(std::size_t budget, bool all) override {
    return to_->checkpoint(budget, all);
  }
  bool bury(dead_letter& letter) override {
    return to_->bury(letter);
  }
  bool remove_letter(std::uint64_t id) override {
    return to_->remove_letter(id);
  }
  std::optional<dead_letter> letter_at(std::uint64_t id) override {
    return to_->letter_at(id);
  }
  std::vector<dead_letter> letters(std::uint64_t after,
                                   std::size_t limit) override {
    return to_->letters(after, limit);
  }
  std::uint64_t letter_of(const origin& from,
                          const reservation_ref& ref) const override {
    return to_->letter_of(from, ref);
  }
  std::size_t letter_count() const override {
    return to_->letter_count();
  }

protected:
  journal_ptr to_;
};

} // namespace holdfast::test
