#include "src/cli/member_start.hpp"

#include <fstream>
#include <random>
#include <sstream>

#include "http/tls_context.hpp"
#include "src/config/config_error.hpp"
#include "src/storage/roster_file.hpp"

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
  (void)http::load_tls_context(with.node_tls_cert, with.node_tls_key);
  std::ostringstream text;
  text << std::ifstream{with.node_tls_ca}.rdbuf();
  if (text.str().find("-----BEGIN CERTIFICATE-----") == std::string::npos)
    throw config::config_error{"NODE_TLS_CA is " + with.node_tls_ca
                               + ": there is no certificate in it"};
}

} // namespace

member_start prepare_member(const settings& with) {
  check_certificates(with);
  try {
    return next_start(
        with, storage::read_roster(*storage::system_disk(), with.data_dir),
        random_number(), random_number());
  } catch (const unfit_start& wrong) {
    throw config::config_error{wrong.what()};
  }
}

} // namespace holdfast::cli
