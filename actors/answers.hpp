// Sends finished operations home, as few messages as there are homes.
#pragma once

#include <utility>

#include <caf/send.hpp>

#include "actors/operation.hpp"

namespace holdfast {

/// Collects answers and sends them grouped by receiver. Use one per handler
/// run: the destructor does not send.
class answers {
public:
  void add(operation_ptr done) {
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
    for (auto& [to, items] : groups_)
      self->send(to, batch{std::move(items)});
    groups_.clear();
  }

private:
  std::vector<std::pair<answer_actor, operations>> groups_;
};

} // namespace holdfast
