// What a node remembers of its cluster, as a file.
#include "src/storage/roster_file.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "damage.hpp"
#include "temp_dir.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

roster_memory some_memory() {
  roster_memory made{"n1", 17, 4, {"x"}, {}};
  made.runs = {9, 8};
  made.ended = "sum 1";
  roster_entry other;
  other.name = "n2";
  other.journal = 5;
  other.epoch = 2;
  other.revision = 1;
  other.stores = {"a", "b"};
  REQUIRE(made.known.merge(other));
  return made;
}

void put(const temp_dir& into, const std::string& text) {
  std::ofstream{roster_path(into.path()), std::ios::binary} << text;
}

} // namespace

TEST_CASE("a roster is read as it was written") {
  const temp_dir dir;
  auto& disk = *system_disk();
  CHECK_FALSE(read_roster(disk, dir.path()));
  const auto memory = some_memory();
  write_roster(disk, dir.path(), memory);
  const auto again = read_roster(disk, dir.path());
  REQUIRE(again);
  CHECK(again->name == memory.name);
  CHECK(again->runs == memory.runs);
  CHECK(again->ended == memory.ended);
  CHECK(again->known.all() == memory.known.all());
}

TEST_CASE("a roster from before there was a checksum is read") {
  const temp_dir dir;
  const auto memory = some_memory();
  put(dir, to_text(memory));
  const auto again = read_roster(*system_disk(), dir.path());
  REQUIRE(again);
  CHECK(again->known.all() == memory.known.all());
}

TEST_CASE("every bit of a roster that flips is noticed") {
  const temp_dir dir;
  auto& disk = *system_disk();
  write_roster(disk, dir.path(), some_memory());
  const auto whole = read_file(roster_path(dir.path()));
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    CAPTURE(bit);
    auto flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    put(dir, flipped);
    try {
      read_roster(disk, dir.path());
      FAIL("nobody noticed");
    } catch (const journal_error& error) {
      CHECK(error.is() == journal_error::kind::corrupt);
    }
  }
}
