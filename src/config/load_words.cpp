#include "src/config/load_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "src/config/config_error.hpp"
#include "src/config/value.hpp"

namespace holdfast::config {

namespace {

constexpr std::array<std::string_view, 6> workloads{
    "uniform", "zipf", "hot", "flash-sale", "orders", "mixed"};

void check_target(const load_order& given) {
  if (given.in_process + !given.join.empty() + !given.http.empty() != 1)
    throw config_error{"say one of --in-process, --join and --http"};
  if (!given.in_process
      && (given.curve || given.baseline || !given.data_dir.empty()))
    throw config_error{
        "--curve, --baseline and --data-dir go with --in-process"};
  const auto files = !given.node_tls_cert.empty() + !given.node_tls_key.empty()
                     + !given.node_tls_ca.empty();
  if (files != 0 && (files != 3 || given.join.empty()))
    throw config_error{"--node-tls-cert, --node-tls-key and --node-tls-ca go "
                       "together, and with --join"};
  if (given.join.empty() && given.cluster_name != load_order{}.cluster_name)
    throw config_error{"--cluster-name goes with --join"};
  if (given.http.empty() && !given.key_file.empty())
    throw config_error{"--key-file goes with --http"};
  if (given.no_check && !given.history.empty())
    throw config_error{"--history needs what clients are told, and --no-check "
                       "records none of it: say one of them"};
}

} // namespace

void read_words(const CLI::App& sub, load_order& into) {
  into.workload = given_word(sub, "WORKLOAD").value_or(into.workload);
  into.file = given_word(sub, "FILE").value_or("");
  if (std::count(workloads.begin(), workloads.end(), into.workload) == 0)
    throw config_error{"WORKLOAD is " + quote(into.workload)
                       + ": must be uniform, zipf, hot, flash-sale, orders or "
                         "mixed"};
  if ((into.workload == "orders") == into.file.empty())
    throw config_error{"say holdfast load orders FILE; only orders has a FILE"};
  check_target(into);
  const auto only_adjusts = into.workload == "uniform"
                            || into.workload == "zipf"
                            || into.workload == "hot";
  if (into.baseline && !only_adjusts)
    throw config_error{"--baseline goes with uniform, zipf and hot"};
}

} // namespace holdfast::config
