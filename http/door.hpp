// Who comes in, judged before anything is read of a body.
#pragma once

#include <string_view>

#include "holdfast/error_code.hpp"
#include "http/admission_control.hpp"
#include "http/routes.hpp"

namespace holdfast::http {

/// What the door says to one request.
struct entry {
  /// `none`, `rate_limited` or `overloaded`.
  error_code code = error_code::none;
  rate_verdict rate;
  /// Seconds, where the code is not `none`.
  std::uint32_t retry_after_s = 0;
};

/// One IO thread's way in: first the rate of the client, then the load of the
/// node. Belongs to its thread; all doors of a node see the same numbers.
class door {
public:
  using clock = load_shed_policy::clock;

  explicit door(admission_control& shared)
      : shared_(shared), shedding_(shared.shedding) {
    // nop
  }

  /// Judges a request for route `taken`, null for none. `client` is any text
  /// that names who asks. Pages that must always be served always come in.
  entry admit(const route* taken, std::string_view client);

private:
  void shed(bool is_write, clock::time_point now, entry& into);

  admission_control& shared_;
  load_shed_policy shedding_;
  clock::time_point recorded_at_{};
};

} // namespace holdfast::http
