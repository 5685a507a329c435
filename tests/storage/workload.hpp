// Random business: commands that the rules judge, and what came of them.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "few_rows.hpp"

namespace holdfast::storage::testing {

/// Writes random transactions to a journal and knows what must be in it.
/// The same seed does the same to every journal.
class workload {
public:
  /// Of a hundred commands so many are about dead letters.
  explicit workload(std::uint64_t seed, std::size_t skus = 12,
                    std::uint64_t letters_percent = 0);

  /// One transaction of up to `operations_max` commands. Without `keep` it is
  /// rolled back.
  void transact(journal& into, std::size_t operations_max, bool keep = true);
  /// Like `transact`, without its commit.
  void write(journal& into, std::size_t operations_max);
  void committed();
  void rolled_back();

  /// What was committed.
  const std::vector<event>& events() const noexcept {
    return events_;
  }
  const std::vector<remembered_answer>& answers() const noexcept {
    return answers_;
  }
  const std::map<sku_name, stock>& stocks() const noexcept {
    return stocks_;
  }
  const std::map<std::uint64_t, dead_letter>& letters() const noexcept {
    return letters_;
  }
  std::int64_t now_ms() const noexcept {
    return now_ms_;
  }
  std::mt19937_64& random() noexcept {
    return random_;
  }

private:
  std::uint64_t draw(std::uint64_t bound);
  void operate(journal& into);
  /// A new letter, another failure of one that is there, or its end.
  void change_letters(journal& into, const command& cmd);
  void record(journal& into, stock& state, event change);
  command random_command(const sku_name& name, const stock& state);
  void remember(journal& into, const command& cmd, const outcome& answer);

  std::mt19937_64 random_;
  std::uint64_t letters_percent_;
  std::vector<sku_name> names_;
  std::map<sku_name, stock> stocks_;
  std::map<sku_name, stock> pending_;
  std::map<std::uint64_t, dead_letter> letters_;
  std::map<std::uint64_t, dead_letter> pending_letters_;
  std::vector<event> events_;
  std::vector<remembered_answer> answers_;
  std::size_t events_kept_ = 0;
  std::size_t answers_kept_ = 0;
  std::uint64_t next_key_ = 0;
  std::int64_t now_ms_ = 1'700'000'000'000;
};

/// Twenty transactions, in a journal that is closed again.
template <class Place>
void fill(Place& at) {
  workload work(3);
  const auto log = at.open();
  for (auto i = 0; i < 20; ++i)
    work.transact(*log, 10);
}

/// So many, with checkpoints in between.
template <class Place>
workload fill(Place& at, std::uint64_t seed, int batches) {
  workload work(seed);
  const auto log = at.open();
  for (auto i = 0; i < batches; ++i) {
    work.transact(*log, 12);
    log->checkpoint(3, false);
  }
  return work;
}

/// Everything a journal answers, as `work` says it must be.
void check_content(journal& of, const workload& work);

/// Field by field, fingerprints of keyless requests aside.
bool same(const event& one, const event& two);
bool same(const remembered_answer& one, const remembered_answer& two);
bool same(const dead_letter& one, const dead_letter& two);

/// The letters of `of` are those of `work`.
bool has_letters(journal& of, const workload& work);

} // namespace holdfast::storage::testing
