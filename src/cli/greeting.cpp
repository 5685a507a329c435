#include "src/cli/greeting.hpp"

namespace holdfast::cli {

namespace {

std::string post(const std::string& url, const std::string& body) {
  return "  curl -H 'Content-Type: application/json' -d '" + body + "' \\\n"
         + "    " + url + "\n";
}

} // namespace

std::string make_greeting(const settings& node, std::uint16_t port) {
  const bool is_v6 = node.host.find(':') != std::string::npos;
  const auto host = is_v6 ? "[" + node.host + "]" : node.host;
  const auto address = "http://" + host + ":" + std::to_string(port);
  const auto record = address + "/api/inventory/stores/" + node.stores.front()
                      + "/inventory/85123A";
  return "Holdfast listens on " + address + "\n"
         + "Receive stock, reserve some of it, read the record:\n"
         + post(record + "/adjust", R"({"delta": 120})")
         + post(record + "/reserve", R"({"quantity": 6})") + "  curl " + record
         + "\n";
}

} // namespace holdfast::cli
