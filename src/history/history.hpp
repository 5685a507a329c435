// Histories as files: one JSON object a line, described in docs/HISTORY.md.
#pragma once

#include <istream>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "src/checker/checker.hpp"

namespace holdfast::history {

/// All that the checker holds against each other.
struct told {
  /// Holds end within a second, as the fault table has it.
  checker::terms with{.is_http = true, .expiry_tolerance_ms = 1'000};
  /// There was a line that says so.
  bool has_terms = false;
  /// Some SKUs are left out: events of those without calls do not count, and
  /// `seq` may have gaps.
  bool is_part = false;
  checker::history calls;
  std::vector<event> journal;
  /// What is wrong with single events, whatever else there is.
  std::vector<checker::violation> odd_events;
  /// Of each event, the node that numbered it; empty where that is not told.
  std::vector<std::string> nodes;
  std::vector<checker::final_record> finals;
  /// Stores and SKUs of them.
  std::set<std::pair<std::string, std::string>> ended;
  /// What a central view showed once everything was at rest.
  std::vector<checker::central_entry> central;
  /// Of events that say who wrote them.
  std::vector<checker::authority> owners;
  /// As `nodes`, of these.
  std::vector<std::string> owner_nodes;
  /// Everybody who might have written any.
  std::vector<checker::tenure> tenures;
  std::vector<std::string> tenure_nodes;
};

/// A line that is none of the format, or cannot be read. The message names
/// file, line and fault.
class history_error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Adds everything `from` has to `into`. `name` is that of the file, for
/// messages. Throws `history_error`.
void read_history(std::istream& from, const std::string& name, told& into);

/// Writes lines of a history; each ends with a line feed. Failures are those
/// of the stream.
class history_writer {
public:
  explicit history_writer(std::ostream& to) : to_(to) {
    // nop
  }

  /// The first line of a file.
  void write(const checker::terms& with, bool is_part = false);
  void write(const checker::entry& call);
  void write(const checker::final_record& end);
  void write(const checker::central_entry& shown);
  /// `node` is as below.
  void write(const checker::tenure& had, const std::string& node = {});
  /// `by` says who wrote it, null for nobody in particular; `node` who numbered
  /// it, empty for the only one.
  void write(const event& change, const checker::authority* by = nullptr,
             const std::string& node = {});

private:
  std::ostream& to_;
};

} // namespace holdfast::history
