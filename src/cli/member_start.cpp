#include "src/cli/member_start.hpp"

#include <random>

#include "src/cli/certificate.hpp"
#include "src/config/config_error.hpp"
#include "src/storage/roster_file.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

std::uint64_t random_number() {
  std::random_device source;
  return std::uint64_t{source()} << 32 | source();
}

/// CAF reads them for every connection, and throws where nobody catches.
void check_certificates(const settings& with) {
  if (with.node_tls_cert.empty())
    return;
  (void)take_certificate({"NODE_TLS_CERT", with.node_tls_cert},
                         {"NODE_TLS_KEY", with.node_tls_key});
  http::check_authority({"NODE_TLS_CA", with.node_tls_ca});
}

void tell_foreign(const member_start& made) {
  if (made.foreign.empty())
    return;
  std::string stores;
  for (const auto& [store, owner] : made.foreign)
    stores.append(stores.empty() ? "" : ",").append(store);
  const auto& [first, owner] = made.foreign.front();
  telemetry::log_warn(
      "stores_left_out",
      {{"stores", stores},
       {"reason", "store " + first + " belongs to node " + owner}});
}

} // namespace

member_start prepare_member(const settings& with) {
  check_certificates(with);
  try {
    auto made = next_start(
        with, storage::read_roster(*storage::system_disk(), with.data_dir),
        random_number(), random_number());
    tell_foreign(made);
    return made;
  } catch (const unfit_start& wrong) {
    throw config::config_error{wrong.what()};
  }
}

} // namespace holdfast::cli
