// What a start that is refused leaves of a directory.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/wrong_data_dir.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

namespace fs = std::filesystem;

using contents = std::map<std::string, std::string>;

/// Every file by its path, with its bytes; a directory with none.
contents all_of(const std::string& directory) {
  contents found;
  for (const auto& each : fs::recursive_directory_iterator(directory))
    found[each.path().string()] =
        each.is_regular_file() ? read_file(each.path().string()) : "";
  return found;
}

/// Names of what is not the same in both.
std::string changes(const contents& before, const contents& after) {
  std::string names;
  for (const auto& [name, bytes] : before)
    if (!after.contains(name))
      names += " -" + name;
    else if (after.at(name) != bytes)
      names += " *" + name;
  for (const auto& [name, bytes] : after)
    if (!before.contains(name))
      names += " +" + name;
  return names;
}

journal_options of_another(journal_options options) {
  options.node_name = "n2";
  return options;
}

void open_alone(const journal_options& options) {
  CHECK_THROWS_AS(open_sqlite_journal(of_another(options)), wrong_data_dir);
}

void open_sharing(const journal_options& options, bool is_alone) {
  sharing_options with;
  with.is_alone = is_alone;
  CHECK_THROWS_AS(open_shared_journal(of_another(options), with),
                  wrong_data_dir);
}

/// Nobody has it open, and `file` is there.
template <class Place>
void check_untouched(Place& at, const char* file) {
  const auto before = all_of(at.dir().path());
  REQUIRE(before.contains(at.dir() / file));
  open_alone(at.options());
  CHECK(changes(before, all_of(at.dir().path())) == "");
  open_sharing(at.options(), true);
  CHECK(changes(before, all_of(at.dir().path())) == "");
  CHECK(fault_of(at.dir().path()) == "");
  CHECK(at.open()->last_seq() > 0);
}

} // namespace

TEST_CASE("the wrong node leaves a journal byte for byte") {
  sqlite_place at;
  fill(at);
  check_untouched(at, "journal.db");
}

TEST_CASE("the wrong node leaves a shared journal byte for byte") {
  shared_place at;
  fill(at);
  at.all_left();
  check_untouched(at, "journal.db-journal");
}

TEST_CASE("the wrong node leaves a journal byte for byte to who shares it") {
  shared_place at;
  const auto one = at.open();
  fill(at);
  const auto before = all_of(at.dir().path());
  open_sharing(at.options(), false);
  CHECK(changes(before, all_of(at.dir().path())) == "");
  CHECK(fault_of(at.dir().path()) == "");
}

TEST_CASE("the wrong node leaves what a killed one left") {
  sqlite_place at;
  temp_dir left;
  workload work(3);
  auto log = at.open();
  for (auto i = 0; i < 20; ++i)
    work.transact(*log, 10);
  copy_journal(at.dir().path(), left.path());
  REQUIRE(fs::file_size(left / "journal.db-wal") > 0);
  auto before = all_of(left.path());
  auto options = at.options();
  options.data_dir = left.path();
  open_alone(options);
  auto after = all_of(left.path());
  // SQLite's index of its log says nothing of its own.
  after.erase(left / "journal.db-shm");
  CHECK(changes(before, after) == "");
}
