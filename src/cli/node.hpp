// One running node: journal, actors and HTTP, put together and taken apart.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <caf/actor_system.hpp>

#include "actors/chain.hpp"
#include "actors/journal_pulse.hpp"
#include "http/admission_control.hpp"
#include "http/server.hpp"
#include "src/cli/actor_config.hpp"
#include "src/cli/central.hpp"
#include "src/cli/cluster.hpp"
#include "src/cli/interruptible_start.hpp"
#include "src/cli/observability.hpp"
#include "src/storage/data_dir_lock.hpp"

namespace holdfast::cli {

/// Opens in the order journal, actors, HTTP, so that nothing is asked before
/// it can answer; closes in the opposite order. One owner thread.
class node {
public:
  /// Throws what the journal, the lock of its directory, its memory of a
  /// cluster or the sockets throw. SIGTERM and SIGINT are blocked, and end the
  /// process with code 0 until the journal is open.
  node(const settings& with, http::credentials credentials);

  /// Of HTTP, and of other nodes; 0 for none.
  std::uint16_t port() const noexcept;
  std::uint16_t node_port() const noexcept;
  /// Why this node cannot be a member of its cluster: it is to end. Empty while
  /// it can.
  std::string verdict() const;

  /// From now on these count.
  void use(const http::credentials& credentials);

  /// The journal failed for good, so that writes are refused, or an actor threw
  /// that it cannot do without: end the process.
  bool has_failed() const noexcept {
    return has_failed_;
  }

  /// Tells the log what goes on. Call it often while the node runs.
  void watch() {
    observability_.watch();
  }

  /// True if threads and journal have come along since the call before.
  bool beat();

  /// Stops accepting, finishes what is in flight, takes the last snapshots
  /// and closes the journal. False if what was in flight took longer than
  /// `within`, or the journal until the process has to end; it is to end in
  /// either case, without waiting for its actors.
  bool drain(std::chrono::milliseconds within);

private:
  http::api_response page(const http::page_request& asked);
  http::api_response readiness_page() const;
  void join(member_start start);
  void serve_http(http::credentials credentials);

  settings with_;
  /// Until the journal is open.
  std::optional<interruptible_start> opening_{std::in_place};
  storage::data_dir_lock lock_;
  node_view view_;
  observability observability_;
  http::admission_control control_;
  std::shared_ptr<const time_source> time_;
  std::atomic<bool> is_draining_{false};
  std::atomic<bool> has_failed_{false};
  const fatal_handler on_fatal_ = [this](const std::string&) {
    has_failed_ = true;
  };
  actor_config config_;
  caf::actor_system system_;
  chain chain_;
  std::unique_ptr<central> central_;
  std::shared_ptr<cluster_board> board_ = std::make_shared<cluster_board>();
  std::unique_ptr<cluster> cluster_;
  std::unique_ptr<http::server> server_;
  std::unique_ptr<journal_pulse> pulse_;
};

} // namespace holdfast::cli
