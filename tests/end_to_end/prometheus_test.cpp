// What Prometheus is given: the text of a node, its configuration, its alerts.
#include <doctest/doctest.h>

#include <fstream>
#include <regex>

#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/metrics_page.hpp"
#include "tests/support/process.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

const std::string root = PROJECT_ROOT;

void check_promtool(const std::string& arguments) {
  const auto verdict = promtool(arguments);
  CAPTURE(verdict.said);
  CHECK(verdict.code == 0);
}

/// Drops what the text format adds to the name of a histogram.
std::string family_of(std::string series) {
  for (const std::string end : {"_bucket", "_sum", "_count"})
    if (series.ends_with(end))
      series.resize(series.size() - end.size());
  return series;
}

} // namespace

TEST_CASE("promtool finds nothing to say against the metrics of a node") {
  live_node node;
  caller client{node.port()};
  client.ask(post(record_path("a") + "/adjust", R"({"delta":1})"));
  client.ask(get("/nowhere"));
  const auto answer = client.ask(get("/metrics"));
  CHECK(answer.status == 200);
  CHECK(answer.field("Content-Type")
        == "text/plain; version=0.0.4; charset=utf-8");
  const auto path = node.directory() + "/metrics";
  std::ofstream{path} << answer.body;
  const auto verdict = promtool("check metrics < " + path);
  CAPTURE(verdict.said);
  CHECK(verdict.code == 0);
  CHECK(verdict.said.empty());
}

TEST_CASE("a HEAD of the metrics has no body") {
  caller client{shared_node().port()};
  const auto answer = client.ask(head("/metrics"));
  CHECK(answer.status == 200);
  CHECK(answer.body.empty());
}

TEST_CASE("the configuration for Prometheus is sound") {
  check_promtool("check config " + root + "/config/prometheus.yml");
  check_promtool("check rules " + root + "/config/alerts.yml");
}

TEST_CASE("every alert fires when it should, and only then") {
  const auto here = root + "/tests/end_to_end/";
  for (const std::string part : {"", "circuit_", "traffic_"})
    check_promtool("test rules " + here + "alerts_" + part + "test.yml");
}

TEST_CASE("alerts ask for metrics that there are") {
  live_node member{{"--node-port=auto"}};
  live_node sharing{{"--locks-enabled"}};
  caller clients[] = {caller{member.port()}, caller{sharing.port()}};
  const metrics_page pages[] = {metrics_page{clients[0]},
                                metrics_page{clients[1]}};
  const auto rules = test::read_text(root + "/config/alerts.yml");
  const std::regex name{"(holdfast|process)_[a-z_]+"};
  int names = 0;
  for (std::sregex_iterator at{rules.begin(), rules.end(), name}, end;
       at != end; ++at, ++names)
    CHECK_MESSAGE((pages[0].has(family_of(at->str()))
                   || pages[1].has(family_of(at->str()))),
                  at->str());
  CHECK(names > 5);
}
