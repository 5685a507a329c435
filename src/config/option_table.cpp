#include "src/config/option_table.hpp"

#include <limits>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "src/config/option_kinds.hpp"
#include "src/config/value.hpp"

namespace holdfast::config {

namespace {

constexpr const char* name_form = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

bool is_optional_name(std::string_view text) {
  return text.empty() || is_store_id(text);
}

std::vector<option<settings>> declare_node_options() {
  using s = settings;
  return {
      text("host", &s::host, is_address, "an IPv4 or IPv6 address or localhost",
           "Address to listen on. Anything beyond loopback needs "
           "`api_keys_file` or `insecure`."),
      port("port", &s::port, &s::any_port,
           "Port to listen on; auto, or 0 for serve, lets the kernel choose, 0 "
           "for join serves no HTTP."),
      toggle("insecure", &s::insecure,
             "Allow `host` beyond loopback without `api_keys_file`, and "
             "`node_host` and `join` without `node_tls_cert`: nothing asks who "
             "is there."),
      text("api_keys_file", &s::api_keys_file, is_optional_path, optional_file,
           "File of the API keys that are let in, one a line as `holdfast "
           "key` prints it; without one everybody may do everything."),
      text("tls_cert", &s::tls_cert, is_optional_path, optional_file,
           "PEM file of the certificate for TLS, its chain behind it; with it "
           "HTTP is spoken over TLS only."),
      text("tls_key", &s::tls_key, is_optional_path, optional_file,
           "PEM file of the private key of `tls_cert`."),
      text("data_dir", &s::data_dir, is_path, "a path",
           "Directory of the journal; serve and join make it if it is "
           "missing."),
      list("stores", &s::stores, are_store_ids,
           "1 to " + std::to_string(limits::stores_max)
               + " different names of the form " + name_form,
           "Stores this node owns."),
      text("node_name", &s::node_name, is_store_id,
           std::string{"a name of the form "} + name_form,
           "Name of this node in events and in its cluster."),
      text("node_host", &s::node_host, is_node_host,
           "an IPv4 or IPv6 address that others can call",
           "Address to listen on for other nodes. Anything beyond loopback "
           "needs `node_tls_cert` or `insecure`."),
      port("node_port", &s::node_port, &s::any_node_port,
           "Port to listen on for other nodes; auto, or nothing said to join, "
           "lets the kernel choose, 0 listens to none."),
      list(
          "join", &s::join, are_node_addresses,
          "addresses of the form HOST:PORT",
          "Where members of the cluster listen that this node joins. Anything "
          "beyond loopback needs `node_tls_cert` or `insecure`, and a "
          "`node_host` beyond it or `node_port` 0; serve does not look at it."),
      text("cluster_name", &s::cluster_name, is_store_id,
           std::string{"a name of the form "} + name_form,
           "Name of the cluster; nodes of different clusters do not join."),
      text("node_tls_cert", &s::node_tls_cert, is_optional_path, optional_file,
           "PEM file of this node's certificate for others, its chain behind "
           "it; with it nodes speak TLS only."),
      text("node_tls_key", &s::node_tls_key, is_optional_path, optional_file,
           "PEM file of the private key of `node_tls_cert`."),
      text("node_tls_ca", &s::node_tls_ca, is_optional_path, optional_file,
           "PEM file of the authority that signed the certificates of all "
           "nodes."),
      integer("http_threads", &s::http_threads, 1, 64,
              "Threads that read requests and write answers."),
      integer("actor_threads", &s::actor_threads, 1, 256,
              "Threads that run actors beside those that read requests."),
      choice("actor_policy", &s::actor_policy,
             {"direct", "sharing", "stealing"},
             "Who runs actors: the thread that read the request, or actor "
             "threads with one queue, or with one for each."),
      integer("reservation_ttl_s", &s::reservation_ttl_s, 1, limits::ttl_s_max,
              "Life of a reservation that names none, in seconds."),
      integer("idemp_ttl_ms", &s::idemp_ttl_ms, 1, 86'400'000,
              "How long an Idempotency-Key is remembered, in milliseconds."),
      integer(
          "snapshot_every_n_events", &s::snapshot_every_n_events, 0, 1'000'000,
          "Events of a SKU between snapshots; 0: only when it is put away."),
      integer("concurrency_api", &s::concurrency_api, 0, 65'536,
              "Requests at work at once; others wait. 0: no limit."),
      integer("concurrency_sync", &s::concurrency_sync, 0, 65'536,
              "Callers of a sync round at once; others wait. 0: no limit."),
      integer("concurrency_fs", &s::concurrency_fs, 0, 65'536,
              "Operations at the disk at once; others wait. 0: no limit."),
      integer_or_0(
          "sync_interval_ms", &s::sync_interval_ms,
          limits::sync_interval_ms_min, limits::sync_interval_ms_max,
          "Time between rounds of the central view; 0: on demand only."),
      number("breaker_threshold", &s::breaker_threshold, 0, 1,
             "Share of faults that opens a circuit; 0: off. Of requests and"
             " of the disk among 20 calls or more in 10 s, of rounds among"
             " retry_times + 1 or more in 60 s."),
      integer("breaker_cooldown_ms", &s::breaker_cooldown_ms, 1, 3'600'000,
              "How long an open breaker waits to try again, in milliseconds."),
      integer("load_shed_queue_max", &s::load_shed_queue_max, 0, 65'536,
              "Waiting requests above which new ones are refused; 0: off."),
      integer("rate_limit_rps", &s::rate_limit_rps, 0, limits::rate_rps_max,
              "Requests per second of one client; 0: no limit."),
      integer("rate_limit_burst", &s::rate_limit_burst, 1,
              limits::rate_burst_max,
              "Requests a client that was quiet may make at once."),
      integer("connections_max", &s::connections_max, 1, 1'000'000,
              "Connections open at once; others wait to be accepted."),
      integer("retry_base_ms", &s::retry_base_ms, 1, 60'000,
              "First pause before a failed command is retried; then doubled."),
      integer("retry_times", &s::retry_times, 0, 20,
              "Retries of a command whose handling failed."),
      toggle("locks_enabled", &s::locks_enabled,
             "Share `data_dir` with other processes that have this option; "
             "each SKU is changed by the one that has its lease."),
      integer("lock_ttl_ms", &s::lock_ttl_ms, 100, 600'000,
              "Life of a lease that is not renewed, in milliseconds: how long "
              "the SKUs of a lost process wait."),
      text("lock_owner_id", &s::lock_owner_id, is_optional_name,
           std::string{"empty or a name of the form "} + name_form,
           "Names this process in its leases; empty: made of `node_name` and "
           "process id."),
      choice("log_level", &s::log_level, {"debug", "info", "warn", "error"},
             "Least severity that is logged."),
      toggle("metrics_reset_enabled", &s::metrics_reset_enabled,
             "Allow POST /api/metrics/reset."),
  };
}

std::vector<option<event_query>> declare_event_options() {
  using f = event_query;
  const auto seq_max = static_cast<std::int64_t>(limits::seq_max);
  return {
      integer("after", &f::after, 0, seq_max, "Only events after this number."),
      integer("limit", &f::limit, 0, seq_max, "At most so many; 0: all."),
      text("store", &f::store, is_store_id,
           std::string{"a name of the form "} + name_form,
           "Only events of this store."),
      text("sku", &f::sku, is_sku,
           "1 to 128 bytes of UTF-8 without control characters or /",
           "Only events of this SKU."),
  };
}

std::vector<option<check_query>> declare_check_options() {
  using c = check_query;
  return {
      list("journal", &c::journals, are_paths, "different paths, or none",
           "Data directories whose events count, and not those in FILE: one of "
           "each node."),
      text("events", &c::events, is_optional_path, optional_file,
           "File of events that count, as `holdfast events` prints them, and "
           "not those in FILE."),
  };
}

std::vector<option<simulation_request>> declare_simulation_options() {
  using r = simulation_request;
  constexpr auto max = std::numeric_limits<std::int64_t>::max();
  return {
      integer("seed", &r::seed, 0, max, "The seed that decides everything."),
      text("seeds", &r::seeds, is_seed_range, "A..B with A not above B",
           "Many seeds, one after another, up to the first that breaks."),
      integer("ops", &r::ops, 0, 1'000'000,
              "Requests of clients in each simulation; 0: the seed decides."),
      text("trace", &r::trace, is_path, "a path",
           "File for all that happens, the same for the same seed."),
  };
}

} // namespace

const std::vector<option<settings>>& node_options() {
  static const auto table = declare_node_options();
  return table;
}

const std::vector<option<event_query>>& event_options() {
  static const auto table = declare_event_options();
  return table;
}

const std::vector<option<check_query>>& check_options() {
  static const auto table = declare_check_options();
  return table;
}

const std::vector<option<simulation_request>>& simulation_options() {
  static const auto table = declare_simulation_options();
  return table;
}

} // namespace holdfast::config
