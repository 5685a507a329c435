#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "src/cli/load/chart_parts.hpp"
#include "src/cli/load/figures.hpp"

using namespace holdfast;
using namespace holdfast::cli;

namespace {

load_figures some_figures() {
  load_figures made;
  made.target = "<memory & more>";
  for (int i = 1; i <= 3; ++i) {
    load_second one;
    one.at_s = i;
    one.span_s = 1;
    one.resident_bytes = 64 << 20;
    one.counts.acknowledged = 1'000;
    one.counts.refused[static_cast<std::size_t>(error_code::overloaded)] = 7;
    one.counts.latency.add(latency_counts::bucket_of(250'000), 1'000);
    made.seconds.push_back(one);
  }
  made.whole = made.seconds.back();
  made.batches = histogram_view{batch_bounds, {}, 100};
  made.batches->counts.assign(batch_bounds.size() + 1, 4);
  made.verdict.emplace();
  return made;
}

const std::vector<curve_point> some_curve(12, {1, 1, 1'000, 0.5, 2});

/// What the tile of that name shows.
std::string tile_of(const std::string& page, const std::string& name) {
  const auto end = page.find("</b><span>" + name + "</span>");
  REQUIRE_MESSAGE(end != std::string::npos, name);
  const auto begin = page.rfind("<b>", end) + 3;
  return page.substr(begin, end - begin);
}

/// What the card of that name holds.
std::string card_of(const std::string& page, const std::string& name) {
  const auto begin = page.find("<h2>" + name + "</h2>");
  REQUIRE_MESSAGE(begin != std::string::npos, name);
  return page.substr(begin, page.find("</svg>", begin) - begin);
}

} // namespace

TEST_CASE("the page needs nothing but itself, and escapes what it shows") {
  const auto page = to_page(some_figures(), some_curve);
  for (const auto* other : {"src=", "href=", "url(", "@import", "http:"})
    CHECK(page.find(other) == std::string::npos);
  CHECK(page.find("&lt;memory &amp; more>") != std::string::npos);
  for (const auto* chart :
       {"Throughput over time", "Latency by percentile", "Refusals by code",
        "Journal: operations in a batch", "Memory of the node", "Cost of SKUs",
        "Cost of clients"})
    CHECK(page.find(chart) != std::string::npos);
}

TEST_CASE("the page and the JSON tell the same figures") {
  auto figures = some_figures();
  auto& counts = figures.whole.counts;
  counts.refused[static_cast<std::size_t>(error_code::insufficient_stock)] = 42;
  // One answer in fifty is much slower than the rest.
  counts.latency.add(latency_counts::bucket_of(80'000'000), 20);
  const auto page = to_page(figures, some_curve);
  const auto whole =
      nlohmann::json::parse(to_json(figures, some_curve))["whole"];
  const auto rate = [&](const char* name) {
    return grouped(static_cast<std::uint64_t>(whole[name].get<double>() + 0.5));
  };
  CHECK(tile_of(page, "answers per second") == rate("answersPerSecond"));
  CHECK(tile_of(page, "answers per second") == "1,049");
  CHECK(tile_of(page, "of them done") == rate("donePerSecond"));
  CHECK(tile_of(page, "of them done") == "1,000");
  for (const std::string share : {"p50", "p99", "p99.9"}) {
    const auto ms = whole["latencyMs"][share].get<double>();
    CHECK(tile_of(page, "latency " + share)
          == duration_text(static_cast<std::uint64_t>(ms * 1e6 + 0.5)));
  }
  CHECK(whole["latencyMs"]["p50"].get<double>()
        == doctest::Approx(0.25).epsilon(0.04));
  CHECK(whole["latencyMs"]["p99"].get<double>()
        == doctest::Approx(80).epsilon(0.04));
  const auto refusals = card_of(page, "Refusals by code");
  CHECK(whole["refused"].size() == 2);
  for (const auto& [code, count] : whole["refused"].items()) {
    const auto at = refusals.find('>' + code + '<');
    REQUIRE_MESSAGE(at != std::string::npos, code);
    // The number beside its bar comes before the next name.
    const auto number = refusals.find("\"start\"", at);
    CHECK(refusals.find('>' + count.dump() + '<', number)
          == refusals.find('>', number));
  }
}

TEST_CASE("the page tells what is wrong") {
  auto figures = some_figures();
  CHECK(to_page(figures, {}).find("What is wrong") == std::string::npos);
  figures.verdict->found.push_back({5, "an answer differs"});
  CHECK_FALSE(figures.ok());
  CHECK(to_page(figures, {}).find("an answer differs") != std::string::npos);
}

TEST_CASE("the figures are JSON") {
  const auto all = nlohmann::json::parse(to_json(some_figures(), some_curve));
  CHECK(all["ok"] == true);
  CHECK(all["seconds"].size() == 3);
  CHECK(all["whole"]["answersPerSecond"] == 1'007);
  CHECK(all["whole"]["refused"]["overloaded"] == 7);
  CHECK(all["whole"]["latencyMs"]["p99"].get<double>()
        == doctest::Approx(0.25).epsilon(0.04));
  CHECK(all["curve"].size() == 12);
}

TEST_CASE("figures that nobody can know are not told") {
  auto figures = some_figures();
  auto& idle = figures.seconds.front();
  idle.counts = {};
  idle.resident_bytes = 0;
  const auto all = nlohmann::json::parse(to_json(figures, {}));
  const auto& seconds = all["seconds"];
  for (const auto* name : {"latencyMs", "residentBytes"}) {
    CHECK_FALSE(seconds[0].contains(name));
    CHECK(seconds[1].contains(name));
  }
  CHECK(progress_line(idle).find("p50         -") != std::string::npos);
  CHECK(progress_line(figures.seconds.back()).find("-") == std::string::npos);
  figures.whole.counts = {};
  CHECK(to_page(figures, {}).find("<b>-</b><span>latency p50</span>")
        != std::string::npos);
}

TEST_CASE("what came after the end is told apart from its name") {
  auto figures = some_figures();
  CHECK(summary(figures).find("answered after end") == std::string::npos);
  figures.whole.counts.late = 16;
  CHECK(summary(figures).find("answered after end  ") != std::string::npos);
  CHECK(to_page(figures, {}).find("answered after the end")
        != std::string::npos);
}

TEST_CASE("a flash sale tells its units") {
  auto figures = some_figures();
  CHECK_FALSE(
      nlohmann::json::parse(to_json(figures, {}))["load"].contains("units"));
  figures.order.workload = "flash-sale";
  figures.order.units = 300;
  figures.whole.counts.granted = 299;
  const auto all = nlohmann::json::parse(to_json(figures, {}));
  CHECK(all["load"]["units"] == 300);
  CHECK(all["whole"]["unitsGranted"] == 299);
  CHECK(summary(figures).find("299 of 300") != std::string::npos);
}

TEST_CASE("axes have a handful of round ticks") {
  CHECK(ticks_of({"", false, 0, 10}) == std::vector<double>{0, 2, 4, 6, 8, 10});
  CHECK(ticks_of({"", true, 1, 1'000})
        == std::vector<double>{1, 10, 100, 1'000});
  for (double high = 0.001; high < 1e9; high *= 1.7) {
    const auto count = ticks_of({"", false, 0, high}).size();
    CHECK(count >= 3);
    CHECK(count <= 8);
  }
}

TEST_CASE("numbers are short") {
  CHECK(short_number(0) == "0");
  CHECK(short_number(0.25) == "0.25");
  CHECK(short_number(999) == "999");
  CHECK(short_number(1'500) == "1.5k");
  CHECK(short_number(999'900) == "1M");
  CHECK(short_number(20e6) == "20M");
  CHECK(grouped(1'234'567) == "1,234,567");
  CHECK(grouped(12) == "12");
  CHECK(duration_text(950'000) == "950 us");
  CHECK(duration_text(1'234'000) == "1.23 ms");
  CHECK(duration_text(4'500'000'000) == "4.50 s");
}

TEST_CASE("a run that ended early says so, and why") {
  auto figures = some_figures();
  CHECK(nlohmann::json::parse(to_json(figures, {}))["cutShort"] == false);
  CHECK(summary(figures).find("ended early") == std::string::npos);
  figures.cut_short = "nobody is there";
  CHECK(nlohmann::json::parse(to_json(figures, {}))["cutShort"] == true);
  CHECK(summary(figures).find("ended early ") != std::string::npos);
  CHECK(summary(figures).find("nobody is there") != std::string::npos);
  CHECK(to_page(figures, {}).find("nobody is there") != std::string::npos);
}
