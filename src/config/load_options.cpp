#include "holdfast/names.hpp"
#include "holdfast/roster.hpp"
#include "src/config/option_kinds.hpp"
#include "src/config/option_table.hpp"
#include "src/config/value.hpp"

namespace holdfast::config {

namespace {

bool is_http_base(std::string_view text) {
  return text.empty() || parse_http_base(text).has_value();
}

bool is_node_address(std::string_view text) {
  return text.empty() || parse_node_address(text).has_value();
}

std::vector<option<load_order>> declare_load_options() {
  using l = load_order;
  return {
      toggle("in_process", &l::in_process,
             "Drive the actors in this process, over a journal of their own."),
      text("join", &l::join, is_node_address, "an address like HOST:PORT",
           "Drive a cluster as its guest, over the port for nodes of any of "
           "its members."),
      text("cluster_name", &l::cluster_name, is_store_id,
           "a name as clusters have them", "With --join: name of the cluster."),
      text("node_tls_cert", &l::node_tls_cert, is_optional_path, optional_file,
           "With --join: PEM file of a certificate that its nodes accept."),
      text("node_tls_key", &l::node_tls_key, is_optional_path, optional_file,
           "With --join: PEM file of the private key of that."),
      text("node_tls_ca", &l::node_tls_ca, is_optional_path, optional_file,
           "With --join: PEM file of the authority that signed them all."),
      text("http", &l::http, is_http_base, "a base like http://127.0.0.1:3000",
           "Drive a node, or a cluster through it, over HTTP."),
      text("key_file", &l::key_file, is_optional_path, optional_file,
           "File whose first line is the secret of the API key that requests "
           "over HTTP carry."),
      text("data_dir", &l::data_dir, is_optional_path, optional_file,
           "With --in-process: where the journal is, and stays. Without it a "
           "directory that is gone afterwards, below $TMPDIR."),
      integer("idemp_ttl_ms", &l::idemp_ttl_ms, 1, 86'400'000,
              "IDEMP_TTL_MS of the nodes: what is asked again after it may be "
              "done again."),
      integer("clients", &l::clients, 1, 100'000,
              "Clients at once; each has one request under way."),
      integer("rate", &l::rate, 0, 10'000'000,
              "Requests per second at random intervals, whether or not answers "
              "come: latency counts from when a request was due. 0: every "
              "client asks again once it has its answer."),
      integer("seconds", &l::seconds, 1, 86'400, "How long it is measured."),
      integer("warm_up", &l::warm_up, 0, 3'600, "Seconds of load before that."),
      integer("threads", &l::threads, 1, 64, "Threads the clients share."),
      integer("skus", &l::skus, 1, 10'000'000, "SKUs that are asked about."),
      number("skew", &l::skew, 0, 4,
             "Of zipf: the n-th SKU is asked for as often as 1/n^skew."),
      integer("units", &l::units, 1, 1'000'000'000,
              "Of flash-sale: units there are."),
      integer("seed", &l::seed, 0, 4'000'000'000,
              "Decides what is asked; 0 takes a fresh one and tells it."),
      toggle("curve", &l::curve,
             "With --in-process: throughput by number of SKUs and of clients, "
             "a run of `seconds` for each."),
      toggle("baseline", &l::baseline,
             "With --in-process: measure SQLite alone as well, in "
             "transactions of 1,024 rows, and tell the ratio."),
      toggle("no_check", &l::no_check,
             "Do not record what clients are told, and do not check it."),
      integer("record_max", &l::record_max, 1'000, 100'000'000,
              "Operations that are recorded. Beyond them fewer SKUs are "
              "watched, so that each of those is checked completely. Takes "
              "180 bytes each while it runs, and about 1.5 KiB afterwards."),
      text("json", &l::json, is_optional_path, optional_file,
           "File for all figures."),
      text("report", &l::report, is_optional_path, optional_file,
           "File for a page that shows them."),
      text("history", &l::history, is_optional_path, optional_file,
           "File for what clients were told, for `holdfast check`."),
  };
}

} // namespace

const std::vector<option<load_order>>& load_options() {
  static const auto table = declare_load_options();
  return table;
}

} // namespace holdfast::config
