// Sends finished operations home, as few messages as there are homes.
#pragma once

#include <utility>

#include <caf/send.hpp>

#include "actors/operation.hpp"

namespace holdfast {

/// Collects answers and sends them grouped by receiver. Use one per handler
/// run: the destructor does not send. What was at the disk leaves it here.
class answers {
public:
  answers() = default;
  answers(const answers&) = delete;
  answers& operator=(const answers&) = delete;
  ~answers() {
    leave_disk();
  }

  void add(operation_ptr done) {
    if (done->at_disk.is_held()) {
      if (!disk_)
        disk_ = done->at_disk.host();
      done->at_disk.end(trial_of(*done), left_);
    }
    if (!done->reply_to)
      return;
    for (auto& [to, items] : groups_)
      if (to == done->reply_to) {
        items.push_back(std::move(done));
        return;
      }
    auto to = done->reply_to;
    groups_.emplace_back(std::move(to), operations{});
    groups_.back().second.push_back(std::move(done));
  }

  void refuse(operation_ptr op, error_code code) {
    op->answer = refusal(code);
    add(std::move(op));
  }

  template <class Self>
  void send(Self* self) {
    leave_disk();
    for (auto& [to, items] : groups_)
      self->send(to, batch{std::move(items)});
    groups_.clear();
  }

private:
  /// What was decided from memory says nothing of the disk, nor does a command
  /// that throws.
  static disk_trial trial_of(const operation& done) noexcept {
    const auto code = code_of(done);
    if (code == error_code::internal)
      return disk_trial::none;
    if (is_fault(code))
      return disk_trial::failed;
    return done.todo == errand::none ? disk_trial::none : disk_trial::passed;
  }

  void leave_disk() {
    if (disk_)
      std::exchange(disk_, nullptr)->leave(std::exchange(left_, {}));
  }

  std::vector<std::pair<answer_actor, operations>> groups_;
  std::shared_ptr<disk_host> disk_;
  report left_;
};

} // namespace holdfast
