#include "actors/disk_guard.hpp"

#include <utility>

#include "actors/circuit_notes.hpp"

namespace holdfast {

disk_guard::disk_guard(bulkhead_policy permits,
                       breaker_policy::settings circuit,
                       std::shared_ptr<disk_counters> counters,
                       clock_function now)
    : permits_(permits), circuit_(circuit), counters_(std::move(counters)),
      now_(std::move(now)) {
  // nop
}

void disk_guard::outbox::send() {
  for (auto& each : onward)
    caf::anon_send(each.to, batch{{std::move(each.op)}});
  for (auto& op : refused)
    if (op->reply_to) {
      const auto to = op->reply_to;
      caf::anon_send(to, batch{{std::move(op)}});
    }
}

void disk_guard::admit(operations& items, const store_actor& to,
                       answers& refused) {
  if (items.empty() || items.front()->at_disk.is_held())
    return;
  const auto now = now_();
  outbox overdue;
  {
    const std::lock_guard guard{mutex_};
    const auto self = shared_from_this();
    if (is_clear(items.size(), now)) {
      for (auto& op : items)
        op->at_disk.begin(self);
    } else {
      drop_overdue(now, overdue);
      std::erase_if(items, [&](operation_ptr& op) {
        const auto code = judge(*op, now);
        if (code == error_code::none)
          return false;
        if (code != error_code::bulkhead_full)
          refused.refuse(std::move(op), code);
        else
          wait_or_refuse(std::move(op), to, refused);
        return true;
      });
    }
    publish(now);
  }
  overdue.send();
}

/// The common case: everything goes on.
bool disk_guard::is_clear(std::size_t wanted, time_point now) {
  return queue_.empty()
         && circuit_.current(now) == breaker_policy::state::closed
         && permits_.acquire(wanted);
}

/// `none`: `op` has its place. `bulkhead_full`: it may wait.
error_code disk_guard::judge(operation& op, time_point now) {
  if (is_overdue(op, now))
    return error_code::deadline_exceeded;
  if (circuit_.current(now) != breaker_policy::state::open) {
    if (!queue_.empty() || !permits_.acquire(1))
      return error_code::bulkhead_full;
    if (circuit_.admit(1, now) == 1) {
      op.at_disk.begin(shared_from_this());
      return error_code::none;
    }
    permits_.release(1);
  }
  counters_->breaker.refused.add();
  op.retry_after_s = whole_seconds(circuit_.retry_after(now));
  return error_code::circuit_open;
}

void disk_guard::wait_or_refuse(operation_ptr op, const store_actor& to,
                                answers& refused) {
  if (permits_.room(queue_.size()) > 0) {
    queue_.push_back({std::move(op), to});
    return;
  }
  counters_->bulkhead.refused.add();
  refused.refuse(std::move(op), error_code::bulkhead_full);
}

void disk_guard::drop_overdue(time_point now, outbox& out) {
  while (!queue_.empty() && is_overdue(*queue_.front().op, now)) {
    queue_.front().op->answer = refusal(error_code::deadline_exceeded);
    out.refused.push_back(std::move(queue_.front().op));
    queue_.pop_front();
  }
}

void disk_guard::leave(const report& done) {
  const auto now = now_();
  outbox out;
  {
    const std::lock_guard guard{mutex_};
    permits_.release(done.permits);
    circuit_.record(done.successes, done.faults, now);
    circuit_.give_back(done.untried, now);
    if (!queue_.empty())
      admit_waiting(now, out);
    publish(now);
  }
  out.send();
}

void disk_guard::admit_waiting(time_point now, outbox& out) {
  // Judged as if they came now, each with nobody before it.
  auto waiting = std::exchange(queue_, {});
  while (!waiting.empty()) {
    auto& next = waiting.front();
    const auto code = judge(*next.op, now);
    if (code == error_code::bulkhead_full)
      break;
    if (code == error_code::none) {
      out.onward.push_back(std::move(next));
    } else {
      next.op->answer = refusal(code);
      out.refused.push_back(std::move(next.op));
    }
    waiting.pop_front();
  }
  queue_ = std::move(waiting);
}

void disk_guard::close() {
  outbox out;
  {
    const std::lock_guard guard{mutex_};
    for (auto& each : queue_) {
      each.op->answer = refusal(error_code::shutting_down);
      out.refused.push_back(std::move(each.op));
    }
    queue_.clear();
    publish(now_());
  }
  out.send();
}

void disk_guard::publish(time_point now) {
  constexpr auto order = std::memory_order_relaxed;
  counters_->bulkhead.in_use.store(permits_.in_use(), order);
  counters_->bulkhead.queued.store(queue_.size(), order);
  note_circuit(counters_->breaker, circuit_, now, "fileSystem");
}

} // namespace holdfast
