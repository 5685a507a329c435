// The Idempotency-Key of a request that is about the node itself.
#pragma once

#include <optional>
#include <string>

#include "holdfast/command.hpp"
#include "http/api.hpp"
#include "http/problem.hpp"
#include "http/target.hpp"

namespace holdfast::http {

/// What tells one keyed request from another.
struct page_key {
  /// Method, path and key.
  std::string scope;
  /// SHA-256 of the body as canonical JSON; an empty body is one without
  /// members.
  digest body{};
};

/// The key of a POST or PUT, if it has one. Adds to `found` what is wrong with
/// the key. A body that is no object of JSON, or has a member twice, is for
/// others to refuse, whatever the key: then there is none. Thread-safe.
std::optional<page_key> read_page_key(const api_request& request,
                                      const request_target& target,
                                      faults& found);

} // namespace holdfast::http
