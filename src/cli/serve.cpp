#include <csignal>
#include <iostream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include "holdfast/limits.hpp"
#include "src/cli/commands.hpp"
#include "src/cli/credentials.hpp"
#include "src/cli/end_soon.hpp"
#include "src/cli/greeting.hpp"
#include "src/cli/node.hpp"
#include "src/cli/service_manager.hpp"
#include "src/cli/thread_room.hpp"
#include "src/storage/wrong_data_dir.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

/// How often the main thread looks for a failed journal.
constexpr timespec failure_poll{0, 50'000'000};
/// Time for refusals to leave before a failed node ends.
constexpr auto last_words = 300ms;

/// Blocks the signals that a node acts on; threads made later inherit that, so
/// only `wait_for_end` receives them. A write that may not be is an error of
/// that write.
sigset_t block_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGTERM);
  sigaddset(&ours, SIGINT);
  sigaddset(&ours, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &ours, nullptr);
  return ours;
}

/// What a node makes is its own to read and write whatever the umask says: a
/// start that cannot go on with what it made itself would leave a directory
/// that no start can use.
void keep_owner_access() {
  const auto mask = ::umask(S_IRWXG | S_IRWXO);
  ::umask(mask & (S_IRWXG | S_IRWXO));
}

/// What cannot be used changes nothing but the log.
void reload(node& running, const settings& with, http::credentials& now) {
  if (!has_credentials(with)) {
    telemetry::log_info("nothing_to_reload");
    return;
  }
  reload_credentials(with, now);
  running.use(now);
}

/// The signal that asked for the end, 0 if the journal failed, or the node has
/// no place in its cluster.
int wait_for_end(node& running, const settings& with,
                 http::credentials& credentials, const sigset_t& signals,
                 service_manager& manager) {
  while (!running.has_failed() && running.verdict().empty()) {
    running.watch();
    const auto now = service_manager::clock::now();
    if (manager.is_due(now) && running.beat())
      manager.alive(now);
    siginfo_t sent{};
    const auto got = sigtimedwait(&signals, &sent, &failure_poll);
    // From the kernel it says that the terminal is gone.
    if (got == SIGHUP && sent.si_code != SI_KERNEL)
      reload(running, with, credentials);
    else if (got > 0)
      return got;
  }
  return 0;
}

} // namespace

int serve(const settings& with) {
  const auto signals = block_signals();
  keep_owner_access();
  auto log = std::make_unique<telemetry::log_session>(
      telemetry::to_log_level(with.log_level));
  check_thread_room(with);
  auto credentials = load_credentials(with);
  std::unique_ptr<node> running;
  try {
    running = std::make_unique<node>(with, credentials);
  } catch (const storage::data_dir_busy& taken) {
    std::cerr << "holdfast: " << taken.what() << '\n';
    return exit_usage;
  } catch (const storage::wrong_data_dir& wrong) {
    std::cerr << "holdfast: " << wrong.what() << '\n';
    return exit_usage;
  }
  telemetry::log_info("started", {{"host", with.host},
                                  {"port", running->port()},
                                  {"nodePort", running->node_port()}});
  std::cout << make_greeting(with, running->port(), running->node_port())
            << std::flush;
  service_manager manager;
  manager.ready();
  const auto signal =
      wait_for_end(*running, with, credentials, signals, manager);
  manager.stopping();
  auto code = exit_failure;
  if (signal == 0) {
    const auto why = running->verdict();
    code = why.empty() ? exit_failure : exit_usage;
    std::this_thread::sleep_for(last_words);
    end_soon(code);
    if (!why.empty()) {
      telemetry::log_error("not_a_member", {{"reason", why}});
      // In one piece: the log may write there, too.
      std::cerr << "holdfast: cannot be a member: " + why + '\n';
    }
  } else {
    telemetry::log_info("draining", {{"signal", signal}});
    const auto drained = running->drain(limits::drain_deadline);
    telemetry::log_info("stopped", {{"drained", drained}});
    code = drained && !running->has_failed() ? exit_ok : exit_failure;
    end_soon(code);
  }
  log.reset();
  // Actors that still run would keep their system's destructor waiting. The
  // journal is closed, or must not be touched again: nothing is left to save.
  _exit(code);
}

} // namespace holdfast::cli
