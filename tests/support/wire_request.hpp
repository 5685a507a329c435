// Commands as the requests that a client would send.
#pragma once

#include <string>

#include "holdfast/command.hpp"
#include "tests/support/http_client.hpp"

namespace holdfast::test {

struct wire_request {
  std::string method;
  std::string target;
  std::string body;
  http_client::fields fields;
};

/// Covers everything but the read of a reservation, for names that need no
/// escape.
wire_request to_wire(const command& ask);

} // namespace holdfast::test
