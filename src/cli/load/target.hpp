// What load is put on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/event.hpp"
#include "src/checker/checker.hpp"
#include "src/cli/load/told_metrics.hpp"
#include "src/cli/load/transport.hpp"
#include "src/config/load_order.hpp"

namespace holdfast::cli {

/// Throws `load_failure` where it cannot do what it is asked.
class target {
public:
  virtual ~target() = default;

  /// For people: what it is.
  virtual std::string name() const = 0;
  virtual std::vector<std::string> stores() = 0;
  /// A way for so many clients.
  virtual transport_ptr connect(std::uint32_t clients) = 0;
  /// Questions carry a fingerprint of what they ask.
  virtual bool keeps_fingerprints() const = 0;
  /// Tells all SKUs of the central view after a round that began now. False if
  /// it may not be seen. Throws `node_away` if it is not complete, whatever was
  /// told by then. Before `close`.
  using view_listener = std::function<void(checker::central_entry&&)>;
  virtual bool read_central(const view_listener& tell) = 0;
  /// Every way is gone and nobody asks any more: what is there stays.
  virtual void close() = 0;
  /// Tells all events since this object was made, in the order of their node,
  /// with the name of that, and what is said to be available after each,
  /// `absent` where that is not said. After `close`.
  using listener = std::function<void(const std::string& node, event&&,
                                      std::int64_t available)>;
  virtual void read_events(const listener& tell) = 0;
  /// There was no event when this object was made.
  virtual bool was_empty() const = 0;
  /// What was written so far, where that can be known.
  virtual std::optional<batch_counts> batches() const {
    return std::nullopt;
  }
  /// Memory that the process of the target uses; 0 where that is not told.
  virtual std::uint64_t resident_bytes() {
    return 0;
  }
};

using target_ptr = std::unique_ptr<target>;

/// The actors of a node in this process, over a journal in `data_dir` or, if
/// that is empty, in a directory that goes with the target. Starts no HTTP.
target_ptr make_in_process_target(const std::string& data_dir);

/// A cluster that this process visits as a guest, as `order` says.
target_ptr make_join_target(const config::load_order& order);

/// A node that is reached over HTTP at `base`, with the secret of an API key.
target_ptr make_http_target(const std::string& base, const std::string& key);

} // namespace holdfast::cli
