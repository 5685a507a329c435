#include "http/trace_parent.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace holdfast::http;

namespace {

const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const std::string parent = "00f067aa0ba902b7";
const std::string valid = "00-" + trace + "-" + parent + "-01";

std::string with(std::size_t at, char c) {
  auto text = valid;
  text[at] = c;
  return text;
}

} // namespace

TEST_CASE("a valid traceparent names its trace") {
  CHECK(trace_id_of(valid) == trace);
  CHECK(trace_id_of("00-" + trace + "-" + parent + "-00") == trace);
}

TEST_CASE("a later version may go on behind a dash") {
  CHECK(trace_id_of("01" + valid.substr(2)) == trace);
  CHECK(trace_id_of("01" + valid.substr(2) + "-more") == trace);
  CHECK(trace_id_of("01" + valid.substr(2) + "more").empty());
  CHECK(trace_id_of(valid + "-more").empty());
  CHECK(trace_id_of("ff" + valid.substr(2)).empty());
}

TEST_CASE("ids of nothing but zeros are not valid") {
  CHECK(
      trace_id_of("00-" + std::string(32, '0') + "-" + parent + "-01").empty());
  CHECK(
      trace_id_of("00-" + trace + "-" + std::string(16, '0') + "-01").empty());
}

TEST_CASE("every byte has to be what its place wants") {
  for (std::size_t i = 0; i < valid.size(); ++i) {
    CAPTURE(i);
    for (const char c : {'g', 'A', ' ', '\0', '\n'})
      CHECK(trace_id_of(with(i, c)).empty());
    CHECK(trace_id_of(with(i, valid[i] == '-' ? '0' : '-')).empty());
  }
}

TEST_CASE("a traceparent that is cut short is not valid") {
  for (std::size_t size = 0; size < valid.size(); ++size)
    CHECK(trace_id_of(std::string_view{valid}.substr(0, size)).empty());
}
