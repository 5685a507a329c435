// What may come at a server from the network, and what must come back. Data
// only: whoever has a server can run it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::http {

/// Bytes sent over one connection, and its fate.
struct hostile_case {
  std::string name;
  std::string raw;
  /// Requests that are answered by a route, whatever its answer, before
  /// anything else happens.
  unsigned passed = 0;
  /// Status and code of the refusal that follows, 0 for none.
  std::uint16_t status = 0;
  std::string_view code;
  /// The server closes after the last answer. Every refusal does.
  bool closes = true;
};

using hostile_cases = std::vector<hostile_case>;

// Builders of rows.

hostile_case refused(std::string name, std::string raw, std::uint16_t status);
/// `passed` good requests, then a refusal with `status`.
hostile_case refused_after(unsigned passed, std::string name, std::string raw,
                           std::uint16_t status);
/// `passed` good requests, after which the connection stays open.
hostile_case accepted(std::string name, std::string raw, unsigned passed = 1);
hostile_case accepted_then_closed(std::string name, std::string raw);

/// `GET /api/health HTTP/1.1` with a Host and `fields`, each ended by CRLF.
std::string get_with(std::string_view fields);
/// The same without a Host.
std::string get_without_host(std::string_view fields);
/// A POST of `body` with a Host and `fields`; no length of its own.
std::string post_with(std::string_view fields, std::string_view body);
/// A GET of `target`.
std::string get_target(std::string_view target);

// The table, by what is wrong.

hostile_cases request_line_cases();
hostile_cases target_cases();
hostile_cases host_cases();
hostile_cases field_cases();
hostile_cases length_cases();
hostile_cases limit_cases();
hostile_cases smuggling_cases();
hostile_cases pipeline_cases();
hostile_cases foreign_cases();
hostile_cases good_cases();

/// All of them.
hostile_cases all_hostile_cases();

} // namespace holdfast::http
