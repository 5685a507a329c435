#include "tests/http/hostile_cases.hpp"

#include <iterator>
#include <utility>

namespace holdfast::http {

namespace {

// Written down here once more: the table must not follow the code it tests.
std::string_view code_of(std::uint16_t status) {
  switch (status) {
  case 400:
    return "invalid_request";
  case 411:
    return "length_required";
  case 413:
    return "body_too_large";
  case 414:
    return "uri_too_long";
  case 431:
    return "headers_too_large";
  case 501:
    return "not_implemented";
  case 505:
    return "version_not_supported";
  }
  return "";
}

} // namespace

hostile_case refused(std::string name, std::string raw, std::uint16_t status) {
  return refused_after(0, std::move(name), std::move(raw), status);
}

hostile_case refused_after(unsigned passed, std::string name, std::string raw,
                           std::uint16_t status) {
  return {std::move(name), std::move(raw),  passed,
          status,          code_of(status), true};
}

hostile_case accepted(std::string name, std::string raw, unsigned passed) {
  return {std::move(name), std::move(raw), passed, 0, "", false};
}

hostile_case accepted_then_closed(std::string name, std::string raw) {
  return {std::move(name), std::move(raw), 1, 0, "", true};
}

std::string get_with(std::string_view fields) {
  return get_without_host("Host: localhost\r\n" + std::string{fields});
}

std::string get_without_host(std::string_view fields) {
  return "GET /api/health HTTP/1.1\r\n" + std::string{fields} + "\r\n";
}

std::string post_with(std::string_view fields, std::string_view body) {
  return "POST /api/inventory/stores/store-1/inventory/85123A/adjust "
         "HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
         + std::string{fields} + "\r\n" + std::string{body};
}

std::string get_target(std::string_view target) {
  return "GET " + std::string{target} + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

hostile_cases all_hostile_cases() {
  hostile_cases all;
  for (auto* part :
       {&request_line_cases, &target_cases, &host_cases, &field_cases,
        &length_cases, &limit_cases, &smuggling_cases, &pipeline_cases,
        &foreign_cases, &good_cases}) {
    auto rows = part();
    all.insert(all.end(), std::make_move_iterator(rows.begin()),
               std::make_move_iterator(rows.end()));
  }
  return all;
}

} // namespace holdfast::http
