#include "src/config/node_rules.hpp"

#include <algorithm>

#include "holdfast/roster.hpp"
#include "src/config/regular_file.hpp"

namespace holdfast::config {

namespace {

void check_exposure(const settings& node, const sources& from) {
  const auto said = find_statement(from, "host", false);
  const auto is_guarded = node.insecure || !node.api_keys_file.empty();
  if (said && !is_guarded && !is_loopback(node.host))
    throw broken_rule(*said, "a loopback address unless API_KEYS_FILE says who "
                             "may call, or INSECURE=true lets everybody in");
}

void check_tls(const settings& node, const sources& from) {
  if (node.tls_cert.empty() == node.tls_key.empty())
    return;
  const auto is_cert = node.tls_key.empty();
  const auto said =
      find_statement(from, is_cert ? "tls_cert" : "tls_key", false);
  throw broken_rule(*said, is_cert ? "given together with TLS_KEY"
                                   : "given together with TLS_CERT");
}

/// All three, or none: a certificate that nobody checks is none.
void check_node_tls(const settings& node, const sources& from) {
  const auto count = !node.node_tls_cert.empty() + !node.node_tls_key.empty()
                     + !node.node_tls_ca.empty();
  if (count == 0 || count == 3)
    return;
  for (const auto* name : {"node_tls_cert", "node_tls_key", "node_tls_ca"})
    if (const auto said = find_statement(from, name, false))
      throw broken_rule(*said, "given together with NODE_TLS_CERT, "
                               "NODE_TLS_KEY and NODE_TLS_CA");
}

void check_node_exposure(const settings& node, const sources& from) {
  const auto said = find_statement(from, "node_host", false);
  const auto is_guarded = node.insecure || !node.node_tls_cert.empty();
  if (said && !is_guarded && !is_loopback(node.node_host))
    throw broken_rule(*said,
                      "a loopback address unless NODE_TLS_CERT lets only "
                      "nodes in, or INSECURE=true lets everybody in");
}

/// Names are not looked up: what they lead to may change.
bool is_beyond_loopback(const std::string& member) {
  return !is_loopback(parse_node_address(member)->host);
}

/// Whoever answers a call is told all, and believed.
void check_joined(const settings& node, const sources& from) {
  if (std::none_of(node.join.begin(), node.join.end(), is_beyond_loopback))
    return;
  const auto said = *find_statement(from, "join", true);
  if (!node.insecure && node.node_tls_cert.empty())
    throw broken_rule(said, "on loopback unless NODE_TLS_CERT lets only nodes "
                            "answer, or INSECURE=true believes whoever does");
  const bool is_called = node.node_port != 0 || node.any_node_port;
  if (is_called && is_loopback(node.node_host))
    throw broken_rule(said, "on loopback unless NODE_HOST is an address that "
                            "others can call, or NODE_PORT is 0");
}

/// A store has one owner in its cluster, and processes that share a directory
/// have the same stores.
void check_sharing(const settings& node, const sources& from) {
  const auto said = find_statement(from, "locks_enabled", false);
  if (said && node.locks_enabled && node.is_member())
    throw broken_rule(*said, "false for a member of a cluster (NODE_PORT or "
                             "JOIN): each store has one owner there");
}

/// Whoever reads these later does not know any more who named them.
void check_files(const sources& from) {
  for (const auto* name : {"api_keys_file", "tls_cert", "tls_key",
                           "node_tls_cert", "node_tls_key", "node_tls_ca"}) {
    const auto said = find_statement(from, name, false);
    if (!said || said->items.front().empty())
      continue;
    const auto& path = said->items.front();
    regular_file{path, said->origin + " is " + quote(path)};
  }
}

} // namespace

void check_node(const settings& node, const sources& from) {
  check_exposure(node, from);
  check_tls(node, from);
  check_node_tls(node, from);
  check_node_exposure(node, from);
  check_joined(node, from);
  check_sharing(node, from);
  check_files(from);
}

void complete_join(settings& node, const sources& from) {
  if (node.join.empty())
    throw config_error{"say whom to join: --join HOST:PORT"};
  if (!find_statement(from, "stores", true))
    throw config_error{"say which stores the node brings along: --stores A,B"};
  if (!find_statement(from, "node_name", false))
    throw config_error{"say how the node is called: --node-name NAME"};
  node.has_http = node.port != 0 || node.any_port;
  // Nodes that nobody can call do not find each other.
  if (!find_statement(from, "node_port", false))
    node.any_node_port = true;
}

} // namespace holdfast::config
