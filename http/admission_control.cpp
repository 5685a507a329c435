#include "http/admission_control.hpp"

#include <random>
#include <utility>

#include "http/rate_fields.hpp"

namespace holdfast::http {

namespace {

std::uint64_t random_word(std::random_device& from) {
  return std::uint64_t{from()} << 32 | from();
}

} // namespace

admission_control::admission_control(const settings& with, counters_ptr counted)
    : counters(std::move(counted)) {
  shedding.permits = with.concurrency_api;
  shedding.waiting_max = with.load_shed_queue_max;
  if (with.rate_limit_rps == 0)
    return;
  std::random_device random;
  limiter.emplace(
      rate_quota{with.rate_limit_rps, with.rate_limit_burst},
      rate_limiter::secret{random_word(random), random_word(random)});
  rate_policy = rate_policy_field(limiter->policy());
}

} // namespace holdfast::http
