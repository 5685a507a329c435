// A guard of the disk with few places, and a store that only looks.
#pragma once

#include <caf/scoped_actor.hpp>

#include "actors/disk_guard.hpp"
#include "tests/support/world.hpp"

namespace holdfast::test {

inline constexpr std::size_t queue_max = 3;

/// Permits for two, room for three more, and a store that only looks.
struct disk_places {
  world node;
  operation::clock::time_point now{};
  std::shared_ptr<disk_counters> counters = std::make_shared<disk_counters>();
  std::shared_ptr<disk_guard> guard = std::make_shared<disk_guard>(
      bulkhead_policy{2, queue_max},
      breaker_policy::settings{0.5, std::chrono::seconds{1}, 4,
                               std::chrono::seconds{10}, 2},
      counters, [this] { return now; });
  operations sent;
  operations refused;
  store_actor store = node.system.spawn([this](store_actor::pointer) {
    return store_actor::behavior_type{
        [this](batch& in) { move_to(sent, in.items); }, [](const stay&) {},
        [](const vacant&) {}, [](const faltered&) {},
        [](sweep_atom) {
        }};
  });
  answer_actor home = node.system.spawn([this](answer_actor::pointer) {
    return answer_actor::behavior_type{[this](const batch& in) {
      refused.insert(refused.end(), in.items.begin(), in.items.end());
    }};
  });

  ~disk_places() {
    caf::anon_send_exit(store, caf::exit_reason::kill);
    caf::anon_send_exit(home, caf::exit_reason::kill);
    node.run();
  }

  static void move_to(operations& to, operations& from) {
    for (auto& op : from)
      to.push_back(std::move(op));
  }

  operations make(std::size_t count) {
    operations made;
    for (std::size_t i = 0; i < count; ++i) {
      made.push_back(world::make(action::adjust, "A", 1));
      made.back()->reply_to = home;
      made.back()->todo = errand::append;
    }
    return made;
  }

  /// What may go on at once.
  operations enter(operations items) {
    answers out;
    guard->admit(items, store, out);
    caf::scoped_actor self{node.system};
    out.send(&*self);
    node.run();
    return items;
  }
  operations enter(std::size_t count) {
    return enter(make(count));
  }

  void leave(const operation_ptr& op, error_code code = error_code::none) {
    op->answer = refusal(code);
    op->reply_to = nullptr;
    answers out;
    out.add(op);
    caf::scoped_actor self{node.system};
    out.send(&*self);
    node.run();
  }

  std::vector<error_code> codes() const {
    std::vector<error_code> all;
    for (const auto& op : refused)
      all.push_back(answer_of(*op).code);
    return all;
  }
};

} // namespace holdfast::test
