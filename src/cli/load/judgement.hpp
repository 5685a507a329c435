// Holds what the clients of a load were told against the events.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "src/checker/checker.hpp"
#include "src/cli/load/record.hpp"
#include "src/cli/load/target.hpp"
#include "src/cli/load/view_record.hpp"

namespace holdfast::cli {

/// What there is to judge.
struct load_evidence {
  const name_book* names = nullptr;
  /// Everything clients were told of the SKUs that are watched.
  std::vector<packed_call> calls;
  /// The last read of each SKU that anybody asked about, watched or not.
  std::vector<packed_call> finals;
  /// What the central view showed after that, if there is one.
  std::optional<view_record> view;
  const watch* over = nullptr;
  bool with_fingerprints = false;
  /// What answers depend on.
  checker::terms with;
  /// For `holdfast check`; null for no file.
  std::ostream* history = nullptr;
};

struct load_verdict {
  std::vector<checker::violation> found;
  std::size_t calls = 0;
  /// Of all SKUs, and of those whose calls were recorded.
  std::size_t events = 0;
  std::size_t watched_events = 0;
  std::size_t skus = 0;
  std::size_t watched_skus = 0;
  /// The central view was looked at, too.
  bool has_view = false;
  /// What was not checked, and why, one line each.
  std::vector<std::string> missing;
};

/// Every SKU: versions and numbers without gaps, deltas that lead to the last
/// read and to the central view. Those that are watched: everything the checker
/// knows. Keeps the calls if it throws `load_failure`.
load_verdict judge(load_evidence evidence, target& of);

/// Writes into the history what callers were told, where nobody can judge it.
void keep_calls(load_evidence evidence);

} // namespace holdfast::cli
