// A target that answers at once, from memory; and lies, if a test wants it to.
#pragma once

#include <chrono>
#include <map>
#include <mutex>

#include "src/checker/model.hpp"
#include "src/cli/load/target.hpp"

namespace holdfast::test {

enum class lie {
  none,
  /// An event is missing from the log.
  event_lost,
  /// An event is there twice.
  event_doubled,
  /// One answer shows a unit more than there is.
  wrong_balance,
  /// One answer, or one event, is told with a unit more available.
  wrong_available,
  odd_event,
  /// One answer in a hundred never comes, though what it tells was done.
  answers_lost,
  /// The same, and keys are forgotten at once.
  forgetful,
  /// Nothing can be received.
  full,
  /// Every question is turned away at first.
  busy,
  /// Every second question finds nobody who listens.
  away,
  /// Every answer takes long.
  slow,
  /// Nothing is answered for two seconds after a client's first question.
  still,
  /// How large its batches were takes long to tell.
  slow_batches,
  /// Each time its batches are told by a process that has done fewer.
  restarted,
  /// The log has an event of a SKU that nobody asked about.
  stranger,
  /// Holds live on after their time.
  late_expiry,
  /// The central view counts a change twice, or lacks a SKU, or is not there
  /// for who asks.
  counted_twice,
  not_counted,
  no_view,
  /// After some questions nobody is there any more.
  gone,
  /// The last look at every SKU shows a unit more available.
  wrong_last_look,
};

class small_target final : public cli::target {
public:
  explicit small_target(lie with) : lie_(with) {
    // nop
  }

  std::string name() const override {
    return "memory";
  }
  std::vector<std::string> stores() override {
    return {"store-1", "store-2"};
  }
  cli::transport_ptr connect(std::uint32_t clients) override;
  bool keeps_fingerprints() const override {
    return true;
  }
  bool read_central(const view_listener& tell) override;
  void close() override {
    // nothing is open
  }
  bool was_empty() const override {
    return true;
  }
  void read_events(const listener& tell) override;
  std::optional<cli::batch_counts> batches() const override;

  lie is() const noexcept {
    return lie_;
  }
  bool is_gone() {
    const std::lock_guard guard{mutex_};
    return lie_ == lie::gone && asked_ > 500;
  }
  /// Puts the answer into `said` and tells whether that arrives.
  cli::fate ask(command&& what, outcome& said);

private:
  bool is_known(const std::string& key) const {
    return lie_ != lie::forgetful && keys_.contains(key);
  }
  bool loses_answers() const {
    return lie_ == lie::answers_lost || lie_ == lie::forgetful;
  }
  std::int64_t now_ms() const;
  outcome decide(const command& what);
  void expire(checker::model& state, const origin& of, std::int64_t now_ms);
  event& write(checker::model& state, const outcome& done, const origin& by);

  std::mutex mutex_;
  lie lie_;
  std::uint64_t asked_ = 0;
  mutable std::uint64_t lives_ = 0;
  std::map<std::string, checker::model> skus_;
  std::map<std::string, outcome> keys_;
  std::vector<event> log_;
  std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
};

} // namespace holdfast::test
