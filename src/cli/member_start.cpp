#include "src/cli/member_start.hpp"

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>
#include <utility>

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
  member_start made;
  made.stores = with.stores;
  auto known = storage::read_roster(with.data_dir);
  if (!known) {
    made.memory.name = with.node_name;
    made.memory.journal = random_number();
  } else {
    made.memory = std::move(*known);
  }
  auto& memory = made.memory;
  if (memory.name != with.node_name)
    throw std::runtime_error{"the directory belongs to node " + memory.name
                             + ", not to " + with.node_name};
  for (const auto& store : memory.created)
    if (std::find(made.stores.begin(), made.stores.end(), store)
        == made.stores.end())
      made.stores.push_back(store);
  for (const auto& store : made.stores)
    if (const auto* owner = memory.known.owner_of(store);
        owner && owner->name != with.node_name)
      throw std::runtime_error{"store " + store + " belongs to node "
                               + owner->name};
  ++memory.epoch;
  return made;
}

greeting introduce(const settings& with, const member_start& start) {
  greeting made;
  made.cluster = with.cluster_name;
  made.run = random_number();
  made.who.name = with.node_name;
  made.who.journal = start.memory.journal;
  made.who.epoch = start.memory.epoch;
  made.who.at = {with.node_host, with.node_port};
  made.who.stores = start.stores;
  return made;
}

} // namespace holdfast::cli
