// The rate of a client as response fields.
#pragma once

#include <string>

#include "holdfast/rate_limit_policy.hpp"

namespace holdfast::http {

/// `"default";q=200;w=2`: the RateLimit-Policy field of
/// draft-ietf-httpapi-ratelimit-headers-10. What a client gets in whole
/// seconds: its burst, or what it may ask steadily where that is more.
std::string rate_policy_field(const rate_limit_policy& policy);

/// `"default";r=199;t=1`: its RateLimit field. `t` has the meaning of revision
/// 10 on all answers, and is what Retry-After says on a 429.
std::string rate_field(const rate_verdict& now);

} // namespace holdfast::http
