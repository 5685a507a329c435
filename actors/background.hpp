// How actors that work for nobody who waits leave the processors to the others.
#pragma once

#include <chrono>

#include <caf/local_actor.hpp>

namespace holdfast {

/// An actor with a thread of its own, as `detached` ones have: what follows is
/// of no use to one that shares a scheduler's.
bool has_own_thread(const caf::local_actor& self) noexcept;

/// Puts the calling thread, if it is that of `self` alone, behind all others of
/// its control group: whoever wakes up gets its processor at once instead of
/// after some milliseconds, and under full load it has a seventieth of what
/// another thread has. Never nothing: what it holds others may be waiting for.
/// Linux interrupts it at once from 6.12 on. A system that refuses leaves it as
/// it was, which costs others time, and nothing else; the log says so.
void stand_behind_others(const caf::local_actor& self);

/// What the calling thread used of a processor so far.
std::chrono::nanoseconds processor_time() noexcept;

} // namespace holdfast
