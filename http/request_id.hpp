// Names for requests whose caller gave them none.
#pragma once

#include <string>

namespace holdfast::http {

/// 26 characters of `[0-9a-v]` with 128 random bits: unique for every purpose
/// of a log, not a secret. Thread-safe, tens of nanoseconds.
std::string fresh_request_id();

} // namespace holdfast::http
