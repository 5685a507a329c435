// How fast a build of this kind may be expected to be.
#pragma once

namespace holdfast::test {

/// By how much a sanitizer slows a node down at most: bounds of time are
/// multiplied by it. What the makers of the sanitizers say (2 for addresses, 5
/// to 15 for threads), with room for our checks of undefined behaviour.
#if defined(__SANITIZE_THREAD__)
inline constexpr int slowdown = 15;
#elif defined(__SANITIZE_ADDRESS__)
inline constexpr int slowdown = 4;
#else
inline constexpr int slowdown = 1;
#endif

/// A machine that builds and tests other things as well is slow at times. What
/// the fault table asks for is judged by `./dev torture`, which has a machine
/// of its own; tests alone check this many times as much.
inline constexpr int leniency = 10 * slowdown;

/// A sanitizer keeps what was freed, so that the size of a process says
/// nothing.
inline constexpr bool is_sanitized = slowdown > 1;

} // namespace holdfast::test
