// What everybody is told about a circuit.
#pragma once

#include <chrono>
#include <string_view>

#include "actors/chain_counters.hpp"

namespace holdfast {

/// Counts and logs it when the circuit of that name is in another state than
/// before. One thread at a time for each of the counters.
void note_state(breaker_counters& counters, breaker_policy::state current,
                std::string_view breaker);

/// The same, and when the next probe may come.
void note_circuit(breaker_counters& counters, breaker_policy& circuit,
                  breaker_policy::clock::time_point now,
                  std::string_view breaker);

/// Counts and logs it when an open circuit of which `note_circuit` told would
/// let the next one try: nobody may come who finds out. Any thread.
void note_probes_due(breaker_counters& counters,
                     breaker_policy::clock::time_point now,
                     std::string_view breaker);

/// For Retry-After: at least one.
std::uint32_t whole_seconds(std::chrono::milliseconds wait);

} // namespace holdfast
