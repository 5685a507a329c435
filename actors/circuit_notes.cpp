#include "actors/circuit_notes.hpp"

#include "src/telemetry/log.hpp"

namespace holdfast {

void note_state(breaker_counters& counters, breaker_policy::state current,
                std::string_view breaker) {
  if (counters.state.load(std::memory_order_relaxed) == current)
    return;
  counters.state.store(current, std::memory_order_relaxed);
  counters.entered[static_cast<std::size_t>(current)].add();
  telemetry::log_warn("breaker_changed",
                      {{"breaker", breaker}, {"state", to_string(current)}});
}

void note_circuit(breaker_counters& counters, breaker_policy& circuit,
                  breaker_policy::clock::time_point now,
                  std::string_view breaker) {
  const auto current = circuit.current(now);
  counters.probes_at.store(now + circuit.retry_after(now),
                           std::memory_order_relaxed);
  note_state(counters, current, breaker);
}

std::uint32_t whole_seconds(std::chrono::milliseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return seconds < 1 ? 1 : static_cast<std::uint32_t>(seconds);
}

} // namespace holdfast
