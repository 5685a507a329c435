// A node, or a cluster through it, over HTTP.
#include <cerrno>
#include <cstdlib>
#include <deque>

#include <nlohmann/json.hpp>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "src/cli/load/http_connection.hpp"
#include "src/cli/load/http_feed.hpp"
#include "src/cli/load/target.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

/// A node that comes back takes a while; one that is gone stays gone.
constexpr auto patience = 30s;
/// After a connection that was not accepted.
constexpr auto retry_pause = 20ms;

class http_transport final : public transport {
public:
  http_transport(const http_base& to, std::uint32_t clients) : to_(to) {
    poll_ = ::epoll_create1(EPOLL_CLOEXEC);
    for (std::uint32_t i = 0; i < clients; ++i)
      lines_.push_back({http_connection{to_}});
    // Sleep to the point: the default rounds up to 50 us.
    ::prctl(PR_SET_TIMERSLACK, 1);
  }
  ~http_transport() override {
    ::close(poll_);
  }

  void send(std::uint32_t slot, std::uint64_t ticket, command&& ask) override {
    auto& line = lines_[slot];
    line.ticket = ticket;
    line.asked = ask.from.what;
    const auto was_open = line.to.descriptor() >= 0;
    if (!line.to.open()) {
      // It never left.
      const auto now = clock::now();
      if (!refused_since_)
        refused_since_ = now;
      if (now > *refused_since_ + patience)
        throw load_failure{"nobody accepts connections any more"};
      lost_.push_back({ticket, true, refusal(error_code::store_unavailable)});
      return;
    }
    refused_since_.reset();
    if (!was_open)
      listen(slot);
    if (!line.to.send(to_request(ask, to_)))
      give_up(slot);
  }

  void flush() override {
    // Each request left at once.
  }

  void receive(clock::time_point until, std::vector<reply>& into) override {
    auto left = std::max(until - clock::now(), clock::duration::zero());
    if (refused_since_)
      left = retry_pause;
    else if (!lost_.empty())
      left = clock::duration::zero();
    for (auto& each : lost_)
      into.push_back(std::move(each));
    lost_.clear();
    const auto whole = std::chrono::floor<std::chrono::seconds>(left);
    const timespec limit{whole.count(),
                         std::chrono::nanoseconds{left - whole}.count()};
    epoll_event ready[256];
    const auto count = ::epoll_pwait2(poll_, ready, 256, &limit, nullptr);
    if (count < 0 && errno != EINTR)
      throw load_failure{"cannot wait for answers"};
    for (int i = 0; i < count; ++i)
      take(ready[i].data.u32, into);
  }

  void abandon(std::uint32_t slot) override {
    // What comes yet must not be taken for the next answer.
    lines_[slot].to.close();
  }

private:
  struct line {
    http_connection to;
    std::uint64_t ticket = 0;
    action asked = action::read;
  };

  void listen(std::uint32_t slot) {
    epoll_event wanted{};
    wanted.events = EPOLLIN;
    wanted.data.u32 = slot;
    ::epoll_ctl(poll_, EPOLL_CTL_ADD, lines_[slot].to.descriptor(), &wanted);
  }

  void give_up(std::uint32_t slot) {
    lines_[slot].to.close();
    lost_.push_back({lines_[slot].ticket, false, {}});
  }

  void take(std::uint32_t slot, std::vector<reply>& into) {
    auto& line = lines_[slot];
    switch (line.to.receive()) {
    case http_connection::progress::more:
      return;
    case http_connection::progress::lost:
      line.to.close();
      into.push_back({line.ticket, false, {}});
      return;
    case http_connection::progress::whole:
      break;
    }
    const auto& answer = line.to.answer();
    into.push_back({line.ticket, true, to_outcome(answer, line.asked)});
    if (answer.is_last)
      line.to.close();
  }

  const http_base& to_;
  int poll_ = -1;
  std::deque<line> lines_;
  std::vector<reply> lost_;
  /// Since when nobody accepts a connection.
  std::optional<clock::time_point> refused_since_;
};

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
    const auto said =
        nlohmann::json::parse(to.get("/api/inventory/stores"), nullptr, false);
    std::vector<std::string> names;
    if (said.is_object() && said.contains("stores"))
      for (const auto& each : said["stores"])
        names.push_back(each.value("storeId", ""));
    return names;
  }
  transport_ptr connect(std::uint32_t clients) override {
    return std::make_unique<http_transport>(base_, clients);
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
      const auto page = metrics_.get("/metrics");
      const auto at = page.find(name);
      return at == std::string::npos
                 ? 0
                 : static_cast<std::uint64_t>(
                     std::strtod(page.c_str() + at + name.size(), nullptr));
    } catch (const load_failure&) {
      // Not every key may see it, and a busy node may not tell in time.
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
