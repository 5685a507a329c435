#include "tests/benchmarks/report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace holdfast::bench {

namespace {

/// Three significant digits for small values, thousands grouped for large.
std::string to_text(double value) {
  char text[32];
  if (value < 1000) {
    std::snprintf(text, sizeof text, value < 10 ? "%.2f" : "%.1f", value);
    return text;
  }
  auto digits = std::to_string(std::llround(value));
  for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string to_range(const std::vector<double>& runs) {
  const auto [low, high] = std::minmax_element(runs.begin(), runs.end());
  return to_text(*low) + ".." + to_text(*high);
}

} // namespace

double median_of(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  const auto middle = samples.size() / 2;
  return samples.size() % 2 == 1 ? samples[middle]
                                 : (samples[middle - 1] + samples[middle]) / 2;
}

double percentile_of(std::vector<double> samples, double share) {
  const auto rank = std::ceil(share * static_cast<double>(samples.size())) - 1;
  const auto at = samples.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(samples.begin(), at, samples.end());
  return *at;
}

void report::note(std::string name, std::string value) {
  conditions_.emplace_back(std::move(name), std::move(value));
}

void report::remark(std::string text) {
  remarks_.push_back(std::move(text));
}

void report::did(std::string command_line) {
  if (std::find(commands_.begin(), commands_.end(), command_line)
      == commands_.end())
    commands_.push_back(std::move(command_line));
}

const report::figure* report::find(const std::string& name) const {
  const auto found =
      std::find_if(figures_.begin(), figures_.end(),
                   [&](const auto& each) { return each.name == name; });
  return found == figures_.end() ? nullptr : &*found;
}

void report::measure(const std::string& name, const std::string& unit,
                     double value) {
  if (find(name) == nullptr)
    figures_.push_back({name, unit, {}});
  const_cast<figure*>(find(name))->runs.push_back(value);
  std::fprintf(stderr, "  %s: %s %s\n", name.c_str(), to_text(value).c_str(),
               unit.c_str());
}

bool report::has(const std::string& name) const {
  return find(name) != nullptr;
}

double report::value_of(const std::string& name) const {
  const auto* found = find(name);
  if (found == nullptr)
    throw std::runtime_error("not measured: " + name);
  return median_of(found->runs);
}

std::vector<double> report::ratios_of(const figure& of, const figure& to) {
  if (of.runs.size() != to.runs.size())
    return {median_of(of.runs) / median_of(to.runs)};
  std::vector<double> ratios;
  for (std::size_t i = 0; i < of.runs.size(); ++i)
    ratios.push_back(of.runs[i] / to.runs[i]);
  return ratios;
}

void report::compare(const std::string& figure, const std::string& base,
                     bound is, double goal) {
  const auto* of = find(figure);
  const auto* to = find(base);
  if (of != nullptr && to != nullptr)
    verdicts_.push_back({figure, base, ratios_of(*of, *to), is, goal});
}

void report::judge(const std::string& figure, bound is, double goal) {
  if (const auto* of = find(figure))
    verdicts_.push_back({figure, "", of->runs, is, goal});
}

void report::print_conditions() const {
  for (const auto& [name, value] : conditions_)
    std::printf("%-10s %s\n", name.c_str(), value.c_str());
  std::printf("\n");
  std::fflush(stdout);
}

void report::print() const {
  std::printf("%-50s %11s %-8s %s\n", "figure", "median", "",
              "lowest..highest");
  for (const auto& each : figures_)
    std::printf("%-50s %11s %-8s %s\n", each.name.c_str(),
                to_text(value_of(each.name)).c_str(), each.unit.c_str(),
                to_range(each.runs).c_str());
  std::printf("\n%-50s %11s %9s\n", "compared", "median", "goal");
  for (const auto& each : verdicts_)
    std::printf(
        "%-50s %11s %s%7s %-6s %s%s%s\n", each.figure.c_str(),
        to_text(each.value()).c_str(),
        each.is == bound::at_least ? ">=" : "<=", to_text(each.goal).c_str(),
        each.is_met() ? "met" : "MISSED", to_range(each.runs).c_str(),
        each.base.empty() ? "" : ", times ", each.base.c_str());
  for (const auto& each : remarks_)
    std::printf("\n%s\n", each.c_str());
}

void report::write_json(const std::string& path) const {
  nlohmann::ordered_json all;
  for (const auto& [name, value] : conditions_)
    all["conditions"][name] = value;
  all["remarks"] = remarks_;
  all["commands"] = commands_;
  for (const auto& each : figures_)
    all["figures"].push_back({{"name", each.name},
                              {"unit", each.unit},
                              {"median", value_of(each.name)},
                              {"runs", each.runs}});
  for (const auto& each : verdicts_)
    all["compared"].push_back(
        {{"figure", each.figure},
         {"base", each.base},
         {"value", each.value()},
         {"runs", each.runs},
         {"bound", each.is == bound::at_least ? ">=" : "<="},
         {"goal", each.goal},
         {"met", each.is_met()}});
  std::ofstream file{path};
  file << all.dump(2) << '\n';
  if (!file.flush())
    throw std::runtime_error("cannot write " + path);
}

} // namespace holdfast::bench
