// What becomes of a node when one of its actors throws.
#pragma once

#include <exception>
#include <functional>
#include <string>
#include <utility>

#include <caf/error.hpp>

namespace holdfast {

/// Told why a node cannot go on: it is to end, and may start again. Called on
/// the thread of whoever found out; more than one may. May be empty.
using fatal_handler = std::function<void(const std::string& why)>;

/// The actor called `actor` ends because of what it threw, and so does its
/// node. What its actor system is to think of it.
caf::error take_along(const std::string& actor, std::exception_ptr thrown,
                      const fatal_handler& on_fatal);

/// An error that comes as a message answers what `self` did not wait for, or is
/// of somebody who wants to do harm. CAF would end the actor, and nobody would
/// learn of it.
template <class Self>
void bear_errors(Self self) {
  self->set_error_handler([](caf::error&) {
    // nop
  });
}

/// `fun`, to be spawned, for an actor that its node cannot do without: what it
/// throws ends both. Nobody waits for a word of it or watches it, so its node
/// would go on without it, alive for every watchdog, and answer nobody. Where
/// the actor runs makes no difference, and a message costs nothing more.
template <class Behavior, class Self, class... Ts>
auto vital(Behavior (*fun)(Self, Ts...), fatal_handler on_fatal) {
  return
      [fun, on_fatal = std::move(on_fatal)](Self self, Ts... args) -> Behavior {
        self->set_exception_handler([=](std::exception_ptr& thrown) {
          return take_along(self->name(), thrown, on_fatal);
        });
        bear_errors(self);
        return fun(self, std::forward<Ts>(args)...);
      };
}

} // namespace holdfast
