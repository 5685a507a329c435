#include "src/cli/check_report.hpp"

#include <algorithm>

namespace holdfast::cli {

namespace {

/// Violations of one item that are told one by one.
constexpr std::size_t told_max = 3;
constexpr int item_count = 8;

const char* meaning_of(int item) {
  static constexpr const char* meanings[item_count] = {
      "acknowledged operations missing from the journal",
      "events nobody asked for, or that were refused",
      "keys with two events, or with two different answers",
      "gaps in the versions of a record or in seq",
      "answers that differ from a single-threaded model",
      "answers from the past or from the future",
      "sums that do not lead to what is there in the end",
      "events of an owner that had lost its lease or epoch",
  };
  return meanings[item - 1];
}

} // namespace

void write_check_report(std::ostream& out, const checked& what,
                        const std::vector<checker::violation>& found) {
  for (int item = 1; item <= item_count; ++item) {
    const auto is_it = [=](const auto& each) {
      return each.item == item;
    };
    const auto count = static_cast<std::size_t>(
        std::count_if(found.begin(), found.end(), is_it));
    if (count == 0)
      continue;
    out << "item " << item << ", " << meaning_of(item) << ": " << count << '\n';
    std::size_t told = 0;
    for (const auto& each : found)
      if (is_it(each) && told++ < told_max)
        out << "  " << each.text << '\n';
    if (count > told_max)
      out << "  and " << count - told_max << " more\n";
  }
  for (const auto& line : what.missing)
    out << line << '\n';
  out << (found.empty() ? "ok: " : "FAULT: ") << found.size()
      << " violations in " << what.calls << " calls, " << what.events
      << " events and " << what.records << " final records\n";
}

} // namespace holdfast::cli
