// Names for requests, of their callers or of our own.
#pragma once

#include <string>
#include <string_view>

namespace holdfast::http {

/// 26 characters of `[0-9a-v]` with 128 random bits: unique for every purpose
/// of a log, not a secret. Thread-safe, tens of nanoseconds.
std::string fresh_request_id();

/// The `X-Request-Id` of the caller if it is 1 to 128 visible ASCII
/// characters, else a fresh one.
std::string request_id_of(std::string_view field);

/// The same of the lines of a head that may be cut or wrong anywhere. Two of
/// them are none.
std::string request_id_in(std::string_view head);

} // namespace holdfast::http
