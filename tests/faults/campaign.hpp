// One data directory, the nodes that serve it one after the other, and the
// clients that outlive them.
#pragma once

#include <filesystem>
#include <memory>

#include "tests/storage/temp_dir.hpp"
#include "tests/support/load.hpp"
#include "tests/support/node_process.hpp"

namespace holdfast::test {

/// The value of an environment variable, for longer runs.
unsigned count_from_environment(const char* name, unsigned usual);

/// A directory of files that reach a disk, and one of files that need none.
inline std::filesystem::path on_disk() {
  return std::filesystem::temp_directory_path();
}
inline std::filesystem::path in_memory() {
  return storage::testing::temp_dir::without_syncs();
}

/// A load that nothing but `seed` decides.
load_plan plan_of(std::uint64_t seed);

class campaign {
public:
  /// `parent` is where its directory is made.
  campaign(const load_plan& plan, const std::filesystem::path& parent);

  /// Starts a node, run by `wrapper`, with more `flags` than usual. It may end
  /// before it is ready.
  void launch(std::vector<std::string> wrapper = {},
              std::vector<std::string> flags = {});
  /// What later nodes are; empty for the program that the build made.
  void use(std::string program) {
    program_ = std::move(program);
  }
  /// Starts a node and fails the test unless it becomes ready.
  void start();
  /// Milliseconds from the last `start` until the node was ready.
  double ready_ms() const noexcept {
    return ready_ms_;
  }

  /// What callers were told of events that are in the journal already.
  void remember(std::vector<call> told) {
    told_before_ = std::move(told);
  }

  /// Lets the clients ask for a while, without a node or with one that dies.
  void run_load(std::chrono::milliseconds time);

  /// The fault is over: with a node that runs, settles what is open, reads
  /// everything, ends the node, and holds what the clients were told against
  /// the journal. Fails the test if anything is wrong. Returns how many writes
  /// were acknowledged: there may be none.
  std::size_t close();
  /// The same, and fails the test if there are none.
  void finish();

  node_process& node() noexcept {
    return *node_;
  }
  load& clients() noexcept {
    return clients_;
  }
  const std::string& directory() const noexcept {
    return directory_.path();
  }
  std::string data_dir() const {
    return directory() + "/data";
  }

private:
  storage::testing::temp_dir directory_;
  load clients_;
  std::string program_;
  std::vector<call> told_before_;
  std::unique_ptr<node_process> node_;
  double ready_ms_ = 0;
};

/// What a history came to, for the record.
struct tally {
  std::size_t calls = 0;
  /// Writes that took effect.
  std::size_t acknowledged = 0;
  std::size_t read = 0;
  std::size_t refused = 0;
  std::size_t put_off = 0;
  std::size_t unknown = 0;
};
tally count(const std::vector<call>& calls);
std::ostream& operator<<(std::ostream& out, const tally& of);

/// Everything in the journal of a node that has ended.
std::vector<event> dump(const std::string& data_dir);

/// Holds what clients were told against the journal of a node that has ended.
void judge(const std::vector<call>& calls,
           const std::vector<final_record>& finals,
           const std::string& directory);

} // namespace holdfast::test
