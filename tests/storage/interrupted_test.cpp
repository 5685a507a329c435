// Signals in the middle of a call.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "holdfast/journal.hpp"
#include "src/storage/file.hpp"
#include "temp_dir.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

std::atomic<int> signals{0};

void count_signal(int) {
  ++signals;
}

} // namespace

TEST_CASE("an open that a signal interrupts is tried again") {
  const temp_dir dir;
  const auto path = dir / "pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  // Without SA_RESTART: the call ends.
  struct sigaction ours {};
  struct sigaction before {};
  ours.sa_handler = count_signal;
  REQUIRE(::sigaction(SIGUSR1, &ours, &before) == 0);
  std::string error;
  std::atomic<bool> is_done{false};
  std::thread reader{[&] {
    try {
      const file waits_for_a_writer{path, O_RDONLY};
    } catch (const journal_error& thrown) {
      error = thrown.what();
    }
    is_done = true;
  }};
  for (int i = 0; i < 1'000 && !is_done; ++i) {
    const auto seen = signals.load();
    ::pthread_kill(reader.native_handle(), SIGUSR1);
    // One that came before the call waited may be told of only after it.
    for (int j = 0; j < 1'000 && signals == seen && !is_done; ++j)
      std::this_thread::sleep_for(std::chrono::microseconds{10});
  }
  {
    // Does not wait for a reader.
    const file writer{path, O_RDWR};
    reader.join();
  }
  CHECK(error == "");
  REQUIRE(::sigaction(SIGUSR1, &before, nullptr) == 0);
}
