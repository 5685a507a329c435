#include "src/telemetry/metric_text.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace holdfast;
using namespace holdfast::telemetry;

namespace {

constexpr std::array<std::uint64_t, 2> bounds{100, 2'500};

metric named(std::string name, metric_kind kind,
             std::vector<std::string> labels = {}) {
  return {std::move(name), "Help.", kind, std::move(labels), {}, 1};
}

std::string text_of(const metric& of, std::vector<metric_sample> samples) {
  const metric_reading all[] = {{&of, std::move(samples)}};
  return to_prometheus(all);
}

nlohmann::json json_of(const metric& of, std::vector<metric_sample> samples) {
  const metric_reading all[] = {{&of, std::move(samples)}};
  return nlohmann::json::parse(to_json(all))["metrics"][0];
}

/// Microseconds, told in seconds.
metric_sample timings() {
  metric_sample one;
  one.labels = {"x"};
  one.spread = {bounds, {2, 1, 3}, 20'001'500};
  return one;
}

} // namespace

TEST_CASE("a metric has its help, its type and a line per sample") {
  const auto of = named("a_total", metric_kind::counter, {"code", "route"});
  CHECK(text_of(of, {{{"ok", "/x"}, 12, {}}, {{"bad", "/y"}, 0.5, {}}})
        == "# HELP a_total Help.\n"
           "# TYPE a_total counter\n"
           "a_total{code=\"ok\",route=\"/x\"} 12\n"
           "a_total{code=\"bad\",route=\"/y\"} 0.5\n");
}

TEST_CASE("a metric without labels has no braces") {
  CHECK(text_of(named("up", metric_kind::gauge), {{{}, 1, {}}})
        == "# HELP up Help.\n# TYPE up gauge\nup 1\n");
}

TEST_CASE("a metric without samples is left out") {
  CHECK(text_of(named("up", metric_kind::gauge), {}).empty());
}

TEST_CASE("buckets of a histogram add up and end without a bound") {
  auto of = named("t_seconds", metric_kind::histogram, {"of"});
  of.per_unit = 1e6;
  CHECK(text_of(of, {timings()})
        == "# HELP t_seconds Help.\n"
           "# TYPE t_seconds histogram\n"
           "t_seconds_bucket{of=\"x\",le=\"0.0001\"} 2\n"
           "t_seconds_bucket{of=\"x\",le=\"0.0025\"} 3\n"
           "t_seconds_bucket{of=\"x\",le=\"+Inf\"} 6\n"
           "t_seconds_sum{of=\"x\"} 20.0015\n"
           "t_seconds_count{of=\"x\"} 6\n");
}

TEST_CASE("labels and help are escaped") {
  auto of = named("a", metric_kind::gauge, {"of"});
  of.help = "a\\b\nc\"d";
  CHECK(text_of(of, {{{"x\\\"\ny"}, 1, {}}})
        == "# HELP a a\\\\b\\nc\"d\n"
           "# TYPE a gauge\n"
           "a{of=\"x\\\\\\\"\\ny\"} 1\n");
}

TEST_CASE("large counts keep all their digits") {
  const auto text =
      text_of(named("a", metric_kind::gauge), {{{}, 9e15, {}}, {{}, 1e20, {}}});
  CHECK(text.find("a 9000000000000000\n") != std::string::npos);
  CHECK(text.find("a 100000000000000000000\n") != std::string::npos);
}

TEST_CASE("JSON says the same by names") {
  const auto of = named("a_total", metric_kind::counter, {"code"});
  CHECK(json_of(of, {{{"ok"}, 12, {}}, {{"bad"}, 0.5, {}}})
        == nlohmann::json::parse(
            R"({"name":"a_total","type":"counter","help":"Help.","samples":[)"
            R"({"labels":{"code":"ok"},"value":12},)"
            R"({"labels":{"code":"bad"},"value":0.5}]})"));
}

TEST_CASE("a histogram in JSON has its count, sum and buckets") {
  auto of = named("t_seconds", metric_kind::histogram, {"of"});
  of.per_unit = 1e6;
  CHECK(json_of(of, {timings()})["samples"][0]
        == nlohmann::json::parse(
            R"({"labels":{"of":"x"},"count":6,"sum":20.0015,"buckets":[)"
            R"({"le":0.0001,"count":2},{"le":0.0025,"count":3}]})"));
}
