// SIGINT and SIGTERM, for as long as somebody acts on them.
#pragma once

#include <functional>
#include <thread>

namespace holdfast::cli {

/// A thread that calls `act` with each SIGINT and SIGTERM, which are blocked in
/// every thread, until it is stopped; that takes up to 5 ms. What comes at the
/// very end is left to whoever takes signals next.
std::jthread on_end_signals(std::function<void()> act);

} // namespace holdfast::cli
