// More connections than a node may have files.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <memory>

#include <sys/resource.h>

#include "holdfast/limits.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/support/process_time.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;
using clients = std::vector<std::unique_ptr<raw_client>>;

const std::string read = "GET /api/inventory/stores/store-1/inventory/sku-0 "
                         "HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Clients that have asked, whether or not somebody has noticed.
clients ask_at_once(std::uint16_t port, std::size_t count) {
  clients made;
  for (std::size_t i = 0; i < count; ++i) {
    made.push_back(std::make_unique<raw_client>(port));
    REQUIRE(made.back()->send(read));
  }
  return made;
}

std::size_t files_of(pid_t pid) {
  const std::filesystem::directory_iterator open{"/proc/" + std::to_string(pid)
                                                 + "/fd"};
  return static_cast<std::size_t>(std::distance(begin(open), end(open)));
}

std::size_t lines_with(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos;
       at = text.find(word, at + 1))
    ++count;
  return count;
}

/// Lets a running node have `more` files than it has.
void leave_files(pid_t pid, std::size_t more) {
  rlimit files{};
  REQUIRE(::prlimit(pid, RLIMIT_NOFILE, nullptr, &files) == 0);
  files.rlim_cur = files_of(pid) + more;
  REQUIRE(::prlimit(pid, RLIMIT_NOFILE, &files, nullptr) == 0);
}

void leave_all_files(pid_t pid) {
  rlimit files{};
  REQUIRE(::prlimit(pid, RLIMIT_NOFILE, nullptr, &files) == 0);
  files.rlim_cur = files.rlim_max;
  REQUIRE(::prlimit(pid, RLIMIT_NOFILE, &files, nullptr) == 0);
}

/// The node waits for what cannot happen, and does so without work.
void check_idle(process& node) {
  constexpr auto span = 1'000ms;
  const auto before = work_of(node.pid());
  node.wait(span);
  CHECK(work_of(node.pid()) - before < span / 2);
}

} // namespace

TEST_CASE("a node takes no more connections than it has files for") {
  constexpr std::size_t room = 20;
  constexpr std::size_t own = limits::reserved_files + 4;
  campaign trial{plan_of(1), in_memory()};
  const auto files = std::to_string(own + room);
  trial.launch({"prlimit", "--nofile=" + files + ":" + files});
  REQUIRE(trial.node().wait_ready());
  const auto pid = trial.node().program().pid();
  // The connection that asked whether it is ready may still be there.
  auto all = ask_at_once(trial.node().port(), 3 * room);
  for (std::size_t i = 0; i < room - 1; ++i)
    CHECK(all[i]->receive().has_value());
  check_idle(trial.node().program());
  CHECK(files_of(pid) <= own + room);
  // Whoever leaves makes room for one who waits.
  for (std::size_t i = 0; i + room - 1 < all.size(); ++i) {
    all[i].reset();
    CHECK(all[i + room - 1]->receive().has_value());
  }
  all.clear();
  CHECK(lines_with(trial.node().program().err(), "connections_limited") == 1);
  CHECK(lines_with(trial.node().program().err(), "accept_failed") == 0);
  trial.run_load(200ms);
  trial.clients().stop();
  trial.finish();
}

TEST_CASE("a node that ran out of files goes on when there are some") {
  campaign trial{plan_of(2), in_memory()};
  trial.start();
  const auto pid = trial.node().program().pid();
  http_client honest{trial.node().port()};
  const auto write = [&] {
    const auto* made = trial.clients().observer().ask(honest, action::adjust,
                                                      "store-1", "sku-0", 1);
    return made == nullptr ? 0 : made->status;
  };
  REQUIRE(write() == 200);
  leave_files(pid, 2);
  auto late = ask_at_once(trial.node().port(), 50);
  CHECK(wait_until([&] {
    return lines_with(trial.node().program().err(), "accept_failed") > 1;
  }));
  check_idle(trial.node().program());
  // Who is in is served.
  for (int i = 0; i < 500; ++i)
    REQUIRE(write() == 200);
  leave_all_files(pid);
  for (const auto& each : late)
    CHECK(each->receive().has_value());
  // Ten attempts a second, and a line each.
  CHECK(lines_with(trial.node().program().err(), "\n") < 1'000);
  late.clear();
  trial.run_load(200ms);
  trial.clients().stop();
  trial.finish();
}
