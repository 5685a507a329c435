// A node, or a cluster through it, over HTTP.
#include <nlohmann/json.hpp>

#include "src/cli/load/http_central.hpp"
#include "src/cli/load/http_connection.hpp"
#include "src/cli/load/http_feed.hpp"
#include "src/cli/load/http_transport.hpp"
#include "src/cli/load/target.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto names_patience = 10s;
/// A busy node may not tell in time what nobody needs.
constexpr auto metrics_patience = 500ms;

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
        to.get("/api/inventory/stores", names_patience), nullptr, false);
    std::vector<std::string> names;
    try {
      for (const auto& each : said.at("stores"))
        names.push_back(each.at("storeId"));
    } catch (const nlohmann::json::exception&) {
      throw load_failure{name_ + " tells no stores: it is no node"};
    }
    return names;
  }
  transport_ptr connect(std::uint32_t clients) override {
    return make_http_transport(base_, clients);
  }
  bool keeps_fingerprints() const override {
    return false;
  }
  bool read_central(const view_listener& tell) override {
    return read_http_central(base_, tell);
  }
  void close() override {
    // It is somebody else's.
  }
  bool was_empty() const override {
    return feed_.was_empty();
  }
  void read_events(const listener& tell) override {
    feed_.read(tell);
  }

  /// Of the node at `base`, where that is one of a cluster.
  std::optional<batch_counts> batches() const override {
    return batches_in(metrics());
  }

  std::uint64_t resident_bytes() override {
    return static_cast<std::uint64_t>(
        number_in(metrics(), "\nprocess_resident_memory_bytes ").value_or(0));
  }

private:
  /// All metrics; nothing where they cannot be had.
  std::string metrics() const {
    try {
      return metrics_.get("/metrics", metrics_patience);
    } catch (const load_failure&) {
      // Not every key may see them.
      metrics_.close();
      return {};
    }
  }

  http_base base_;
  std::string name_;
  http_feed feed_;
  /// Its state is none of the target's.
  mutable http_connection metrics_{base_};
};

} // namespace

target_ptr make_http_target(const std::string& base, const std::string& key) {
  return std::make_unique<http_target>(base, key);
}

} // namespace holdfast::cli
