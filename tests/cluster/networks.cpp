#include "tests/cluster/networks.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "tests/support/process.hpp"

namespace holdfast::cluster_test {

namespace {

constexpr auto own_network = "/proc/thread-self/ns/net";
constexpr std::chrono::seconds command_time{20};

/// What the counters of a set of rules come to.
std::uint64_t packets_in(const std::string& rules) {
  std::istringstream words{rules};
  std::uint64_t sum = 0;
  std::uint64_t count = 0;
  for (std::string word; words >> word;)
    if (word == "packets" && words >> count)
      sum += count;
  return sum;
}

std::string device_to(std::size_t end) {
  return "to-n" + std::to_string(end + 1);
}

} // namespace

network::network() {
  // A thread that moved there and ends leaves nothing but the descriptor.
  std::thread{[this] {
    if (::unshare(CLONE_NEWNET) == 0)
      descriptor_ = ::open(own_network, O_RDONLY | O_CLOEXEC);
    error_ = errno;
  }}.join();
}

network::~network() {
  if (is_there())
    ::close(descriptor_);
}

std::string network::path() const {
  return "/proc/" + std::to_string(::getpid()) + "/fd/"
         + std::to_string(descriptor_);
}

inside::inside(const network* where) {
  if (!where)
    return;
  home_ = ::open(own_network, O_RDONLY | O_CLOEXEC);
  REQUIRE(home_ >= 0);
  REQUIRE(::setns(where->descriptor(), CLONE_NEWNET) == 0);
}

inside::~inside() {
  if (home_ < 0)
    return;
  ::setns(home_, CLONE_NEWNET);
  ::close(home_);
}

cables::cables() {
  for (const auto& each : networks_)
    if (!each.is_there())
      why_not_ =
          "no network of its own: " + std::string{std::strerror(each.error())};
  for (std::size_t to = 0; to < ends && are_there(); ++to) {
    run(to, {"ip", "link", "set", "lo", "up"});
    for (std::size_t from = 0; from < to; ++from)
      run(from, {"ip", "link", "add", device_to(to), "type", "veth", "peer",
                 "name", device_to(from), "netns", networks_[to].path()});
  }
  for (std::size_t from = 0; from < ends; ++from)
    for (std::size_t to = 0; to < ends && are_there(); ++to) {
      if (from == to)
        continue;
      run(from, {"ip", "addr", "add", address(from), "peer", address(to), "dev",
                 device_to(to)});
      run(from, {"ip", "link", "set", device_to(to), "up"});
    }
  if (are_there())
    heal();
  if (!are_there())
    MESSAGE("SKIPPED: " << why_not_);
}

std::string cables::address(std::size_t end) {
  return "10.77.0." + std::to_string(end + 1);
}

std::string cables::run(std::size_t end, std::vector<std::string> command) {
  test::process_plan plan;
  plan.command = std::move(command);
  plan.out_path = directory_ / "out";
  plan.err_path = directory_ / "err";
  const inside here{&networks_[end]};
  const auto is = test::run(plan, command_time);
  if (!is || !is->is_exit(0))
    why_not_ = plan.command.front() + " " + plan.command[1] + " "
               + (is ? "failed" : "did not end") + ": "
               + test::read_text(plan.err_path);
  return test::read_text(plan.out_path);
}

void cables::apply() {
  for (std::size_t to = 0; to < ends; ++to) {
    // New rules count anew.
    lost_ += packets_in(run(to, {"nft", "list", "ruleset"}));
    const auto path = directory_ / "filter";
    std::ofstream out{path};
    out << "flush ruleset\n";
    out << "table inet test {\nchain in {\n";
    out << "type filter hook input priority 0\n";
    for (std::size_t from = 0; from < ends; ++from)
      if (cuts_.contains({from, to}))
        out << "iifname \"" << device_to(from) << "\" counter drop\n";
    if (percent_ != 0)
      out << "iifname \"to-*\" numgen random mod 100 < " << percent_
          << " counter drop\n";
    out << "}\n}\n";
    out.close();
    run(to, {"nft", "-f", path});
  }
}

void cables::cut(std::size_t from, std::size_t to) {
  cuts_.emplace(from, to);
  apply();
}

void cables::isolate(std::size_t end) {
  for (std::size_t other = 0; other < ends; ++other)
    if (other != end) {
      cuts_.emplace(end, other);
      cuts_.emplace(other, end);
    }
  apply();
}

void cables::restore(std::size_t end) {
  std::erase_if(cuts_, [end](const auto& each) {
    return each.first == end || each.second == end;
  });
  apply();
}

void cables::lose(unsigned percent) {
  percent_ = percent;
  apply();
}

void cables::heal() {
  cuts_.clear();
  percent_ = 0;
  apply();
}

} // namespace holdfast::cluster_test
