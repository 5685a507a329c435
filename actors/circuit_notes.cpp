#include "actors/circuit_notes.hpp"

#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

using state = breaker_policy::state;

bool is_noted(const breaker_counters& counters, state current) {
  return counters.state.load(std::memory_order_relaxed) == current;
}

bool is_due(const breaker_counters& counters,
            breaker_policy::clock::time_point now) {
  return is_noted(counters, state::open) && !counters.refuses(now);
}

/// With `changing` held.
void change(breaker_counters& counters, state current,
            std::string_view breaker) {
  counters.state.store(current, std::memory_order_relaxed);
  counters.entered[static_cast<std::size_t>(current)].add();
  telemetry::log_warn("breaker_changed",
                      {{"breaker", breaker}, {"state", to_string(current)}});
}

} // namespace

void note_state(breaker_counters& counters, breaker_policy::state current,
                std::string_view breaker) {
  if (is_noted(counters, current))
    return;
  const std::lock_guard guard{counters.changing};
  if (!is_noted(counters, current))
    change(counters, current, breaker);
}

void note_circuit(breaker_counters& counters, breaker_policy& circuit,
                  breaker_policy::clock::time_point now,
                  std::string_view breaker) {
  const auto current = circuit.current(now);
  counters.probes_at.store(now + circuit.retry_after(now),
                           std::memory_order_relaxed);
  note_state(counters, current, breaker);
}

void note_probes_due(breaker_counters& counters,
                     breaker_policy::clock::time_point now,
                     std::string_view breaker) {
  if (!is_due(counters, now))
    return;
  const std::lock_guard guard{counters.changing};
  if (is_due(counters, now))
    change(counters, state::half_open, breaker);
}

std::uint32_t whole_seconds(std::chrono::milliseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return seconds < 1 ? 1 : static_cast<std::uint32_t>(seconds);
}

} // namespace holdfast
