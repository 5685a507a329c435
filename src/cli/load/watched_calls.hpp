// Everything about the SKUs that are watched: what their callers were told,
// and their events, until the checker has seen it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "src/checker/checker.hpp"
#include "src/cli/load/record.hpp"
#include "src/history/history.hpp"

namespace holdfast::cli {

class watched_calls {
public:
  /// What there is to know of them beside that.
  struct surroundings {
    const name_book& names;
    bool with_fingerprints = false;
    checker::terms with;
    /// The last read of a SKU, and what the central view shows of it.
    std::function<std::optional<checker::final_record>(std::uint32_t)> last;
    std::function<std::optional<checker::central_entry>(std::uint32_t)> view;
    /// Null for no file.
    std::ostream* history = nullptr;
  };

  /// About `part_size` calls are taken apart at once: what is in memory is a
  /// part of it.
  explicit watched_calls(std::vector<packed_call> calls,
                         std::size_t part_size = 100'000);

  std::size_t call_count() const noexcept {
    return calls_.size();
  }
  std::size_t sku_count() const noexcept {
    return part_of_.size();
  }
  /// Takes the next event of `sku`, unless that is not watched. `node` is where
  /// it is numbered, and outlives this.
  bool take(const std::string& node, std::uint32_t sku, event&& change);
  /// Nothing but the calls, as a history has them. Before `judge`.
  void write_calls(const name_book& names, bool with_fingerprints,
                   std::ostream& to) const;
  /// Adds what is wrong to `found`. Once, at the end.
  void judge(const surroundings& in, std::vector<checker::violation>& found);

private:
  struct part {
    /// In `calls_`, where those of a part follow each other.
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<event> journal;
    /// Of each event, the name of its node.
    std::vector<const std::string*> nodes;
  };

  std::vector<checker::violation> judge(part& of, const surroundings& in);
  void write_events(std::ostream& to) const;

  std::vector<packed_call> calls_;
  std::vector<part> parts_;
  /// Of each event, in the order in which they were taken.
  std::vector<std::uint32_t> part_of_event_;
  std::unordered_map<std::uint32_t, std::size_t> part_of_; // by SKU
  std::map<const std::string*, std::vector<checker::numbered>> when_;
};

} // namespace holdfast::cli
