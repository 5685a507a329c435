// Bulkhead and breaker of the file system.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "actors/answers.hpp"
#include "actors/chain_counters.hpp"
#include "actors/operation.hpp"
#include "holdfast/breaker_policy.hpp"
#include "holdfast/bulkhead_policy.hpp"

namespace holdfast {

/// Bounds what the disk of this node has to do at once, for callers of this
/// node and of others, and stops asking it while it keeps failing. It stands
/// where an operation comes to its store, before anything is decided: after a
/// decision nothing may be refused.
///
/// No actor but a value that the stores share: a hop of its own would cost
/// every batch a message, and its report another. Thread-safe.
class disk_guard final : public disk_host,
                         public std::enable_shared_from_this<disk_guard> {
public:
  using time_point = operation::clock::time_point;
  /// Told the time by the clock of the actors.
  using clock_function = std::function<time_point()>;

  disk_guard(bulkhead_policy permits, breaker_policy::settings circuit,
             std::shared_ptr<disk_counters> counters, clock_function now);

  /// Leaves in `items`, which are for `to`, what may go on now. Others wait
  /// here and are sent to `to` in their turn, or are refused. Those that had
  /// their turn already pass.
  void admit(operations& items, const store_actor& to, answers& refused);

  /// Permits that come back, and how operations ended.
  void leave(const report& done) override;

  /// Refuses whatever waits: the node ends.
  void close();

private:
  struct waiting {
    operation_ptr op;
    store_actor to;
  };
  /// What is sent once the lock is free.
  struct outbox {
    std::vector<waiting> onward;
    operations refused;

    void send();
  };

  bool is_clear(std::size_t wanted, time_point now);
  error_code judge(operation& op, time_point now);
  void wait_or_refuse(operation_ptr op, const store_actor& to,
                      answers& refused);
  /// Forgets those whose caller has gone.
  void drop_overdue(time_point now, outbox& out);
  void admit_waiting(time_point now, outbox& out);
  void publish(time_point now);

  std::mutex mutex_;
  bulkhead_policy permits_;
  breaker_policy circuit_;
  /// Without a permit yet, oldest first.
  std::deque<waiting> queue_;
  std::shared_ptr<disk_counters> counters_;
  clock_function now_;
};

} // namespace holdfast
