// A node, or a cluster through it, over HTTP.
#include <cstdlib>

#include <nlohmann/json.hpp>

#include "src/cli/load/http_connection.hpp"
#include "src/cli/load/http_feed.hpp"
#include "src/cli/load/http_transport.hpp"
#include "src/cli/load/target.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 10s;
/// A busy node may not tell in time what nobody needs.
constexpr auto short_patience = 500ms;

class http_target final : public target {
public:
  http_target(const std::string& base, const std::string& key)
      : base_(parse_base(base, key)), name_(base), feed_(base_) {
    // nop
  }

  std::string name() const override {
    return name_;
  }
  std::vector<std::string> stores() override {
    http_connection to{base_};
    const auto said = nlohmann::json::parse(
        to.get("/api/inventory/stores", patience), nullptr, false);
    std::vector<std::string> names;
    if (said.is_object() && said.contains("stores"))
      for (const auto& each : said["stores"])
        names.push_back(each.value("storeId", ""));
    return names;
  }
  transport_ptr connect(std::uint32_t clients) override {
    return make_http_transport(base_, clients);
  }
  bool keeps_fingerprints() const override {
    return false;
  }
  void close() override {
    // It is somebody else's.
  }
  void read_events(const listener& tell) override {
    feed_.read(tell);
  }

  std::uint64_t resident_bytes() override {
    static constexpr std::string_view name = "\nprocess_resident_memory_bytes ";
    try {
      const auto page = metrics_.get("/metrics", short_patience);
      const auto at = page.find(name);
      return at == std::string::npos
                 ? 0
                 : static_cast<std::uint64_t>(
                     std::strtod(page.c_str() + at + name.size(), nullptr));
    } catch (const load_failure&) {
      // Not every key may see it.
      metrics_.close();
      return 0;
    }
  }

private:
  http_base base_;
  std::string name_;
  http_feed feed_;
  http_connection metrics_{base_};
};

} // namespace

target_ptr make_http_target(const std::string& base, const std::string& key) {
  return std::make_unique<http_target>(base, key);
}

} // namespace holdfast::cli
