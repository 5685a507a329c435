// What `holdfast load` is to do.
#pragma once

#include <cstdint>
#include <string>

namespace holdfast::config {

/// One run of load. Exactly one of `in_process`, `join` and `http` is given.
struct load_order {
  /// `uniform`, `zipf`, `hot`, `flash-sale`, `orders` or `mixed`.
  std::string workload = "uniform";
  /// The order lines of `orders`.
  std::string file;

  // -- what is driven ---------------------------------------------------------
  bool in_process = false;
  /// HOST:PORT where a member of a cluster listens for others.
  std::string join;
  std::string http;
  /// Of `http`: a file with the secret of an API key.
  std::string key_file;
  /// Of `join`, as nodes have them.
  std::string cluster_name = "holdfast";
  std::string node_tls_cert;
  std::string node_tls_key;
  std::string node_tls_ca;
  /// Of `in_process`: empty for a directory that is gone afterwards.
  std::string data_dir;
  /// How long what is driven remembers keys.
  std::int64_t idemp_ttl_ms = 300'000;

  // -- how --------------------------------------------------------------------
  std::uint32_t clients = 64;
  /// Operations per second, at random intervals; 0: each client asks again
  /// once it has its answer.
  std::uint32_t rate = 0;
  std::uint32_t seconds = 10;
  std::uint32_t warm_up = 1;
  std::uint32_t threads = 2;
  std::uint32_t skus = 1'000;
  double skew = 1;
  std::uint32_t units = 1'000;
  /// 0 for a fresh one.
  std::int64_t seed = 0;
  bool curve = false;
  bool baseline = false;

  // -- what comes of it -------------------------------------------------------
  bool no_check = false;
  std::uint32_t record_max = 2'000'000;
  std::string json;
  std::string report;
  std::string history;
};

} // namespace holdfast::config
