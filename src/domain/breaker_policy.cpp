#include "holdfast/breaker_policy.hpp"

#include <algorithm>

namespace holdfast {

std::uint32_t breaker_policy::admit(std::uint32_t wanted,
                                    clock::time_point now) {
  switch (current(now)) {
  case state::closed:
    return wanted;
  case state::open:
    return 0;
  case state::half_open:
    break;
  }
  // Probes that never came back must not keep the circuit half-open for good.
  if (probes_ >= with_.probes_max && now >= retry_at_)
    half_open();
  const auto admitted = std::min(wanted, with_.probes_max - probes_);
  probes_ += admitted;
  if (admitted > 0)
    retry_at_ = now + std::max(with_.cooldown, with_.probe_life);
  return admitted;
}

void breaker_policy::record(std::uint32_t successes, std::uint32_t faults,
                            clock::time_point now) {
  if (with_.threshold <= 0)
    return;
  switch (current(now)) {
  case state::open:
    // Late results of calls from before: what they say is known already.
    return;
  case state::half_open:
    record_probes(successes, faults, now);
    return;
  case state::closed:
    break;
  }
  roll(now);
  calls_[0] += successes + faults;
  faults_[0] += faults;
  const auto calls = calls_[0] + calls_[1];
  const auto failed = faults_[0] + faults_[1];
  if (failed > 0 && calls >= with_.calls_min
      && failed >= with_.threshold * calls)
    open(now);
}

void breaker_policy::give_back(std::uint32_t untried, clock::time_point now) {
  if (current(now) != state::half_open)
    return;
  probes_ -= std::min(untried, probes_);
  // No probe is out, and all who come do without what is guarded: to go on
  // refusing them for want of one that tells something would help nobody.
  if (untried > 0 && probes_ == probe_successes_
      && now - window_start_ >= with_.cooldown)
    close(now);
}

breaker_policy::state breaker_policy::current(clock::time_point now) {
  if (state_ == state::open && now >= retry_at_) {
    half_open();
    // No calls are counted until it closes: this is when it became half-open.
    window_start_ = now;
  }
  return state_;
}

std::chrono::milliseconds
breaker_policy::retry_after(clock::time_point now) const {
  if (state_ != state::open || now >= retry_at_)
    return std::chrono::milliseconds{0};
  return std::chrono::ceil<std::chrono::milliseconds>(retry_at_ - now);
}

void breaker_policy::record_probes(std::uint32_t successes,
                                   std::uint32_t faults,
                                   clock::time_point now) {
  // Before the first probe went out, a result is a late one.
  if (probes_ == 0)
    return;
  if (faults > 0) {
    open(now);
    return;
  }
  probe_successes_ += successes;
  if (probe_successes_ >= with_.probes_max)
    close(now);
}

void breaker_policy::roll(clock::time_point now) {
  const auto age = now - window_start_;
  if (age >= with_.window) {
    calls_[0] = calls_[1] = 0;
    faults_[0] = faults_[1] = 0;
    window_start_ = now;
  } else if (age >= with_.window / 2) {
    calls_[1] = calls_[0];
    faults_[1] = faults_[0];
    calls_[0] = 0;
    faults_[0] = 0;
    window_start_ += with_.window / 2;
  }
}

void breaker_policy::open(clock::time_point now) {
  state_ = state::open;
  retry_at_ = now + with_.cooldown;
}

void breaker_policy::half_open() {
  state_ = state::half_open;
  probes_ = 0;
  probe_successes_ = 0;
}

void breaker_policy::close(clock::time_point now) {
  state_ = state::closed;
  calls_[0] = calls_[1] = 0;
  faults_[0] = faults_[1] = 0;
  window_start_ = now;
}

std::string_view to_string(breaker_policy::state state) noexcept {
  switch (state) {
  case breaker_policy::state::closed:
    return "closed";
  case breaker_policy::state::open:
    return "open";
  case breaker_policy::state::half_open:
    return "half_open";
  }
  return "open";
}

} // namespace holdfast
