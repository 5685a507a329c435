// The log of a killed node, cut short: everything acknowledged is served, or
// nothing is.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "holdfast/settings.hpp"
#include "src/storage/redo_log.hpp"
#include "src/storage/sqlite_journal.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// What the last records of the redo log take, roughly.
constexpr std::uint64_t end_bytes = 8 * 1024;

/// What a kill left, and what of it was acknowledged.
struct remains {
  campaign trial;
  std::uint64_t log_bytes = 0;
  std::uint64_t acknowledged_seq = 0;

  explicit remains(std::uint64_t seed) : trial(plan_of(seed), in_memory()) {
    trial.start();
    http_client first{trial.node().port()};
    trial.clients().observer().ask(first, action::adjust, "store-1", "sku-0",
                                   1);
    trial.run_load(100ms);
    trial.node().program().kill();
    trial.clients().stop();
    storage::redo_content redo;
    storage::read_redo_log(trial.data_dir(), redo);
    log_bytes = redo.end;
    std::set<std::string> keys;
    for (const auto& each : trial.clients().calls())
      if (each.seen.known && each.seen.answer.ok())
        keys.insert(each.seen.ask.from.key);
    // Of a copy: a reader leaves traces.
    const storage::testing::temp_dir copy;
    lay_out(copy.path(), log_bytes);
    for (const auto& change : dump(copy / "data"))
      if (keys.contains(change.from.key))
        acknowledged_seq = change.seq;
  }

  /// A data directory below `directory` with a log of `size` bytes.
  void lay_out(const std::string& directory, std::uint64_t size) const {
    const auto data = directory + "/data";
    fs::remove_all(data);
    fs::create_directories(data);
    for (const auto* name :
         {"journal.db", "journal.db-wal", "redo", "high-water"})
      fs::copy_file(trial.data_dir() + "/" + name, data + "/" + name);
    fs::resize_file(data + "/redo", size);
  }
};

bool says_what_is_missing(const std::string& why) {
  return why.find("acknowledged") != std::string::npos
         || why.find("missing") != std::string::npos;
}

/// The last sequence number of a journal that opens, nothing if it is refused.
std::optional<std::uint64_t> open(const std::string& data_dir) {
  storage::journal_options with;
  with.data_dir = data_dir;
  with.node_name = settings{}.node_name;
  try {
    return storage::open_sqlite_journal(with)->last_seq();
  } catch (const journal_error& refused) {
    CHECK_MESSAGE(says_what_is_missing(refused.what()), refused.what());
    return std::nullopt;
  }
}

/// Starts a node on the log cut to `size`. True if it serves.
bool serve(const remains& of, std::uint64_t size) {
  CAPTURE(size);
  const storage::testing::temp_dir cut;
  of.lay_out(cut.path(), size);
  node_plan plan;
  plan.directory = cut.path();
  node_process node{plan};
  if (!node.wait_ready()) {
    CHECK(node.program().wait(patience) == process_end{1, false});
    CHECK_MESSAGE(says_what_is_missing(node.program().err()),
                  node.program().err());
    return false;
  }
  node.program().kill();
  CHECK(dump(node.data_dir()).size() >= of.acknowledged_seq);
  return true;
}

} // namespace

TEST_CASE("a cut in the last records of the log is refused or loses nothing") {
  auto random = seeded_engine();
  const remains killed{random()};
  const storage::testing::temp_dir cut;
  REQUIRE(killed.acknowledged_seq > 0);
  unsigned opened = 0;
  auto is_untouched = false;
  for (std::uint64_t lost = 0; lost <= std::min(end_bytes, killed.log_bytes);
       ++lost) {
    CAPTURE(lost);
    const auto size = killed.log_bytes - lost;
    // What was refused is left as it was, so it can be cut further.
    if (!is_untouched)
      killed.lay_out(cut.path(), size);
    fs::resize_file(cut / "data/redo", size);
    const auto last_seq = open(cut / "data");
    is_untouched = !last_seq;
    opened += last_seq ? 1 : 0;
    REQUIRE((!last_seq || *last_seq >= killed.acknowledged_seq));
  }
  CHECK(opened > 0);
  const auto cuts = std::min(end_bytes, killed.log_bytes) + 1;
  tell("tail cut at every byte", cuts,
       {{"acknowledged", killed.acknowledged_seq}, {"opened", opened}});
}

TEST_CASE("a node on a cut log serves everything acknowledged or nothing") {
  auto random = seeded_engine();
  const remains killed{random()};
  std::set<std::uint64_t> sizes = {killed.log_bytes, 0, 31, 32};
  storage::redo_content redo;
  storage::read_redo_log(killed.trial.data_dir(), redo);
  std::uint64_t end = 0;
  for (const auto& each : redo.records) {
    end = storage::whole_blocks(end) + each.size;
    if (end + end_bytes > killed.log_bytes)
      sizes.insert({end - 1, end, end + 1});
  }
  const auto samples = count_from_environment("FAULT_CUTS", 20);
  for (unsigned i = 0; i < samples; ++i)
    sizes.insert(random() % (killed.log_bytes + 1));
  unsigned served = 0;
  for (const auto size : sizes)
    served += serve(killed, size) ? 1 : 0;
  CHECK(served > 0);
  tell("tail cut at every byte", sizes.size(), {{"nodes_served", served}});
}
