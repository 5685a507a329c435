#include "tests/end_to_end/metrics_page.hpp"

#include <algorithm>

#include "tests/storage/temp_dir.hpp"
#include "tests/support/process.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::live {

namespace {

bool has_all(const json& sample, const labels& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& each) {
    return sample["labels"].value(each.first, "") == each.second;
  });
}

} // namespace

std::int64_t metrics_page::sum(const std::string& name,
                               const labels& wanted) const {
  std::int64_t result = 0;
  for (const auto& metric : metrics_) {
    if (metric["name"] != name)
      continue;
    const auto* what = metric["type"] == "histogram" ? "count" : "value";
    for (const auto& sample : metric["samples"])
      if (has_all(sample, wanted))
        result += sample[what].get<std::int64_t>();
  }
  return result;
}

bool metrics_page::has(const std::string& name) const {
  return std::any_of(metrics_.begin(), metrics_.end(), [&](const auto& metric) {
    return metric["name"] == name;
  });
}

promtool_verdict promtool(const std::string& arguments) {
  const storage::testing::temp_dir directory;
  test::process_plan plan;
  plan.command = {"sh", "-c", "exec promtool " + arguments};
  plan.out_path = directory / "out";
  plan.err_path = directory / "err";
  const auto end = test::run(plan, test::patience);
  const auto said =
      test::read_text(plan.out_path) + test::read_text(plan.err_path);
  return {end && !end->by_signal ? end->code : -1, said};
}

} // namespace holdfast::live
