#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "src/config/option_table.hpp"
#include "tests/config/given.hpp"

using namespace holdfast;
using namespace holdfast::config;
using namespace holdfast::config::test;

namespace {

struct range {
  const char* name;
  const char* min;
  const char* max;
  const char* below;
  const char* above;
};

const range ranges[] = {
    {"port", "0", "65535", "-1", "65536"},
    {"node_port", "0", "65535", "-1", "65536"},
    {"http_threads", "1", "64", "0", "65"},
    {"actor_threads", "1", "256", "0", "257"},
    {"reservation_ttl_s", "1", "14400", "0", "14401"},
    {"idemp_ttl_ms", "1", "86400000", "0", "86400001"},
    {"snapshot_every_n_events", "0", "1000000", "-1", "1000001"},
    {"concurrency_api", "0", "65536", "-1", "65537"},
    {"concurrency_fs", "0", "65536", "-1", "65537"},
    {"concurrency_sync", "0", "65536", "-1", "65537"},
    {"sync_interval_ms", "100", "86400000", "99", "86400001"},
    {"breaker_threshold", "0", "1", "-0.01", "1.01"},
    {"breaker_cooldown_ms", "1", "3600000", "0", "3600001"},
    {"load_shed_queue_max", "0", "65536", "-1", "65537"},
    {"rate_limit_rps", "0", "1000000", "-1", "1000001"},
    {"rate_limit_burst", "1", "1000000", "0", "1000001"},
    {"connections_max", "1", "1000000", "0", "1000001"},
    {"retry_base_ms", "1", "60000", "0", "60001"},
    {"retry_times", "0", "20", "-1", "21"},
    {"lock_ttl_ms", "100", "600000", "99", "600001"},
};

const option<settings>& find_option(const std::string& name) {
  for (const auto& entry : node_options())
    if (entry.name == name)
      return entry;
  throw std::out_of_range{name};
}

std::string from_variable(const std::string& name, const std::string& value) {
  return refusal({"serve"}, {{variable_name(name), value}});
}

} // namespace

TEST_CASE("every number takes both ends of its range") {
  for (const auto& [name, min, max, below, above] : ranges) {
    CAPTURE(name);
    for (const std::string value : {min, max}) {
      CHECK(from_variable(name, value) == "accepted");
      const auto node = serve({flag_name(name) + "=" + value});
      CHECK(find_option(name).show(node) == value);
    }
  }
}

TEST_CASE("0 turns rounds off, though their interval begins above it") {
  CHECK(serve({"--sync-interval-ms=0"}).sync_interval_ms == 0);
  CHECK(from_variable("sync_interval_ms", "1") != "accepted");
}

TEST_CASE("every number refuses what is just outside of its range") {
  for (const auto& [name, min, max, below, above] : ranges)
    for (const std::string value : {below, above})
      CHECK(from_variable(name, value)
            == variable_name(name) + " from the environment is \"" + value
                   + "\": must be " + find_option(name).rule);
}

TEST_CASE("every option that shows a number is in the table of ranges") {
  for (const auto& entry : node_options()) {
    if (entry.rule.find(" from ") == std::string::npos)
      continue;
    const auto known = [&](const range& r) {
      return entry.name == r.name;
    };
    CHECK_MESSAGE(std::any_of(std::begin(ranges), std::end(ranges), known),
                  entry.name);
  }
}

TEST_CASE("a number is digits and nothing else") {
  for (const auto* text : {"", " 1", "1 ", "+1", "1.0", "1e2", "0x1", "one",
                           "9223372036854775808"})
    CHECK_MESSAGE(from_variable("http_threads", text) != "accepted", text);
  for (const auto* text : {"", "nan", "inf", "0,5", "50%"})
    CHECK_MESSAGE(from_variable("breaker_threshold", text) != "accepted", text);
}

TEST_CASE("a choice takes its words and nothing else") {
  CHECK(serve({"--actor-policy", "stealing"}).actor_policy == "stealing");
  CHECK(from_variable("actor_policy", "fair")
        == "ACTOR_POLICY from the environment is \"fair\": must be direct, "
           "sharing or stealing");
  for (const auto* level : {"debug", "info", "warn", "error"})
    CHECK(serve({"--log-level", level}).log_level == level);
  CHECK(refusal({"serve", "--log-level", "INFO"})
        == "--log-level is \"INFO\": must be debug, info, warn or error");
}

TEST_CASE("a toggle is true or false") {
  for (const auto* text : {"", "1", "yes", "TRUE"})
    CHECK_MESSAGE(from_variable("insecure", text) != "accepted", text);
}

TEST_CASE("a host is an address or localhost") {
  for (const auto* host : {"127.0.0.1", "::1", "localhost", "127.8.9.10"})
    CHECK(serve({"--host", host}).host == host);
  for (const auto* host : {"", "example.org", "127.1", "[::1]", "1.2.3.256"})
    CHECK_MESSAGE(from_variable("host", host) != "accepted", host);
}

TEST_CASE("a data directory is a path") {
  CHECK(serve({"--data-dir", "/srv/my data"}).data_dir == "/srv/my data");
  CHECK(from_variable("data_dir", "") != "accepted");
  CHECK(from_variable("data_dir", "a\nb")
        == "DATA_DIR from the environment is \"a?b\": must be a path");
}

TEST_CASE("the values of a listing of events are judged too") {
  const auto asked = run({"events", "--after", "7", "--limit", "5", "--store",
                          "store-1", "--sku", "BANK CHARGES"});
  CHECK(asked.command == command::events);
  CHECK(asked.query.after == 7);
  CHECK(asked.query.limit == 5);
  CHECK(asked.query.store == "store-1");
  CHECK(asked.query.sku == "BANK CHARGES");
  CHECK(refusal({"events", "--after", "-1"}).starts_with("--after is \"-1\""));
  CHECK(refusal({"events", "--sku", "a/b"}).starts_with("--sku is \"a/b\""));
}
