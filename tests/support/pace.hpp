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

/// A sanitizer keeps what was freed, so that the size of a process says
/// nothing.
inline constexpr bool is_sanitized = slowdown > 1;

} // namespace holdfast::test
