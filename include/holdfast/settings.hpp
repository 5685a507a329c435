// Everything a node can be told, as values. Names, ranges and sources of the
// options are declared in src/config/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast {

/// Settings of one node. 0 turns a limit off. Defaults are those of the
/// options of the same name.
struct settings {
  std::string host = "127.0.0.1";
  /// 0 lets the kernel choose; the chosen port is printed at start.
  std::uint16_t port = 3000;
  bool any_port = false;
  /// False for a member of a cluster that serves no HTTP.
  bool has_http = true;
  /// Lets `host` be more than this machine though nothing asks who calls.
  bool insecure = false;
  /// Who may call, and do what; empty: anyone anything.
  std::string api_keys_file;
  /// PEM files of the certificate chain and its key. Both or neither; with
  /// them HTTP goes over TLS.
  std::string tls_cert;
  std::string tls_key;
  std::string data_dir = "./data";
  std::vector<std::string> stores = {"store-1", "store-2", "store-3"};
  std::string node_name = "n1";
  /// Where other nodes connect, and where they are told to.
  std::string node_host = "127.0.0.1";
  /// 0 where no other node can connect, unless the kernel is to choose.
  std::uint16_t node_port = 0;
  bool any_node_port = false;
  /// `host:port` of members to call at first.
  std::vector<std::string> join;
  /// Nodes of different clusters do not join.
  std::string cluster_name = "holdfast";
  /// PEM files of this node's certificate chain, of its key, and of the
  /// authority that signed those of all nodes. All of them or none; with them
  /// nodes speak TLS, and only to nodes that have such a certificate.
  std::string node_tls_cert;
  std::string node_tls_key;
  std::string node_tls_ca;
  std::uint32_t http_threads = 1;
  std::uint32_t actor_threads = 1;
  /// `direct`: a request's actors run on the thread that read it, up to the
  /// mailbox of the journal. Otherwise the policy of CAF's scheduler:
  /// `sharing` or `stealing`.
  std::string actor_policy = "direct";

  std::int64_t reservation_ttl_s = 900;
  std::int64_t idemp_ttl_ms = 300'000;
  std::uint32_t snapshot_every_n_events = 100;

  std::uint32_t concurrency_api = 16;
  std::uint32_t concurrency_sync = 4;
  std::uint32_t concurrency_fs = 1'024;
  /// Between rounds of the central view; 0 leaves them to those who ask.
  std::int64_t sync_interval_ms = 15'000;
  double breaker_threshold = 0.5;
  std::int64_t breaker_cooldown_ms = 30'000;
  std::uint32_t load_shed_queue_max = 1'000;
  std::uint32_t rate_limit_rps = 100;
  std::uint32_t rate_limit_burst = 200;
  std::uint32_t connections_max = 10'000;
  std::int64_t retry_base_ms = 100;
  std::uint32_t retry_times = 3;

  /// Several processes share `data_dir`, and SKUs have leases.
  bool locks_enabled = false;
  /// Life of a lease that is not renewed.
  std::int64_t lock_ttl_ms = 10'000;
  /// Names this process in its leases; empty: made of node and process.
  std::string lock_owner_id;

  std::string log_level = "info";
  /// Lets `POST /api/metrics/reset` start the counters anew.
  bool metrics_reset_enabled = false;

  /// The node is, or can become, one of several.
  bool is_member() const noexcept {
    return node_port != 0 || any_node_port || !join.empty();
  }
};

} // namespace holdfast
