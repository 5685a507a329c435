#include "src/cli/greeting.hpp"

#include "holdfast/roster.hpp"

namespace holdfast::cli {

namespace {

/// How curl is called for this node.
std::string curl(const settings& node) {
  std::string command = "  curl ";
  if (!node.tls_cert.empty())
    command += "--cacert " + node.tls_cert + " ";
  if (!node.api_keys_file.empty())
    command += "-H \"Authorization: Bearer $SECRET\" ";
  return command;
}

std::string post(const std::string& curl, const std::string& url,
                 const std::string& body) {
  return curl + "-H 'Content-Type: application/json' -d '" + body + "' \\\n"
         + "    " + url + "\n";
}

} // namespace

std::string make_greeting(const settings& node, std::uint16_t port,
                          std::uint16_t node_port) {
  const auto nodes =
      node_port == 0
          ? std::string{}
          : "Other nodes join at "
                + to_string(node_address{node.node_host, node_port}) + "\n";
  if (port == 0)
    return "Holdfast serves no HTTP as node " + node.node_name + "\n" + nodes;
  const bool is_v6 = node.host.find(':') != std::string::npos;
  const auto host = is_v6 ? "[" + node.host + "]" : node.host;
  const auto address = (node.tls_cert.empty() ? "http://" : "https://") + host
                       + ":" + std::to_string(port);
  const auto call = curl(node);
  const auto record = address + "/api/inventory/stores/" + node.stores.front()
                      + "/inventory/85123A";
  return "Holdfast listens on " + address + "\n" + nodes
         + "Receive stock, reserve some of it, read the record:\n"
         + post(call, record + "/adjust", R"({"delta": 120})")
         + post(call, record + "/reserve", R"({"quantity": 6})") + call + record
         + "\n";
}

} // namespace holdfast::cli
