// Operations that leave this node, and what they give back here.
#pragma once

#include <memory>

#include "actors/operation.hpp"
#include "holdfast/admission_counters.hpp"

namespace holdfast {

/// Who is told that operations left for other nodes.
struct way_out {
  /// Has what they held of the mediators.
  chain_actor entry;
  std::shared_ptr<admission_counters> counters =
      std::make_shared<admission_counters>();
};

/// Those of one handler run: the destructor tells nobody. Mediators and door
/// guard this node, and another one that is frozen must not starve it, nor one
/// that is well hide what is wrong here.
class departures {
public:
  void add(operation& op) {
    // Before the permit: a bridge that finds none looks whether it has left.
    op.has_left.store(true, std::memory_order_relaxed);
    if (op.admitted.exchange(false, std::memory_order_acq_rel)) {
      ++back_.permits;
      ++left_;
    } else {
      op.has_left.store(false, std::memory_order_relaxed);
    }
    if (op.passed.exchange(false, std::memory_order_relaxed))
      ++back_.untried;
  }

  template <class Self>
  void send(Self* self, const way_out& to) {
    if (left_ > 0) {
      to.counters->away.fetch_add(left_, std::memory_order_relaxed);
      to.counters->served.fetch_add(static_cast<std::uint64_t>(left_),
                                    std::memory_order_relaxed);
    }
    if (back_.permits + back_.untried > 0)
      self->send(to.entry, back_);
    *this = {};
  }

private:
  report back_;
  std::int64_t left_ = 0;
};

} // namespace holdfast
