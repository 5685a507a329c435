#include "http/log_level_page.hpp"

#include <doctest/doctest.h>

using namespace holdfast::http;

namespace {

/// The pointers of all faults, each behind a space.
std::string faults_of(std::string_view body) {
  faults found;
  read_log_level(body, found);
  std::string all;
  for (const auto& fault : found)
    all.append(" ").append(fault.pointer.empty() ? "." : fault.pointer);
  return all;
}

} // namespace

TEST_CASE("a level is written and read by its name") {
  for (const std::string level : {"debug", "info", "warn", "error"}) {
    faults found;
    CHECK(read_log_level(render_log_level(level).body, found) == level);
    CHECK(found.empty());
  }
  faults found;
  CHECK(read_log_level(R"( { "l\u0065vel" : "inf\u006f" } )", found) == "info");
  CHECK(found.empty());
}

TEST_CASE("what is wrong with a level is pointed at") {
  CHECK(faults_of(R"({"level":"loud"})") == " /level");
  CHECK(faults_of(R"({"level":""})") == " /level");
  CHECK(faults_of(R"({"level":null})") == " /level");
  CHECK(faults_of(R"({"level":["info"]})") == " /level");
  CHECK(faults_of(R"({"level":"info","level":"warn"})") == " /level");
  CHECK(faults_of(R"({"a/b":1,"level":"info"})") == " /a~1b");
  CHECK(faults_of("{}") == " /level");
  CHECK(faults_of("") == " /level");
}

TEST_CASE("what is no JSON object has a fault of its own") {
  for (const auto* body : {"[]", "3", "{", R"({"level")", R"({"level":})",
                           R"({"level":"info"},)", R"({"level":"info"}x)"}) {
    CAPTURE(body);
    CHECK(faults_of(body).ends_with(" ."));
  }
}
