// The time of a data directory over restarts.
#include "src/storage/clock_file.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "damage.hpp"
#include "src/storage/line_codec.hpp"
#include "temp_dir.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t near_ms = 60'000;

std::int64_t wall_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch())
      .count();
}

std::int64_t resume_time(const std::string& data_dir,
                         std::int64_t not_before_ms) {
  return resumed_time{data_dir, not_before_ms}.now_ms();
}

bool is_near(std::int64_t one, std::int64_t other) {
  return std::abs(one - other) < near_ms;
}

struct content {
  std::string boot;
  std::int64_t lead_ms = 0;
};

content read(const temp_dir& in) {
  const auto text = read_file(in / "clock");
  lines_reader lines{text};
  content found;
  found.boot = lines.line("boot");
  found.lead_ms = lines.number<std::int64_t>("lead");
  CHECK(lines.is_whole());
  return found;
}

void write(const temp_dir& in, const content& of) {
  lines_writer lines;
  lines.line("boot", of.boot).number("lead", of.lead_ms);
  std::ofstream{in / "clock"} << lines.take();
}

} // namespace

TEST_CASE("a fresh directory has the time of the wall clock") {
  temp_dir dir;
  CHECK(is_near(resume_time(dir.path(), 0), wall_ms()));
}

TEST_CASE("time goes on where it was though the wall clock was set") {
  temp_dir dir;
  resume_time(dir.path(), 0);
  auto left = read(dir);
  // As if the wall clock had been right then and went back since.
  left.lead_ms += hour_ms;
  write(dir, left);
  CHECK(is_near(resume_time(dir.path(), 0), wall_ms() + hour_ms));
  CHECK(read(dir).lead_ms == left.lead_ms);
}

TEST_CASE("time never goes back behind the journal") {
  temp_dir dir;
  const auto ahead = wall_ms() + hour_ms;
  CHECK(resume_time(dir.path(), ahead) >= ahead);
  CHECK(is_near(resume_time(dir.path(), 0), ahead));
  CHECK(resume_time(dir.path(), ahead + hour_ms) >= ahead + hour_ms);
}

TEST_CASE("the time of a directory knows what the wall clock is ahead") {
  temp_dir dir;
  CHECK(is_near(resumed_time(dir.path(), 0).wall_ahead_ms(), 0));
  const resumed_time ahead{dir.path(), wall_ms() + hour_ms};
  CHECK(is_near(ahead.wall_ahead_ms(), -hour_ms));
}

TEST_CASE("after a boot, or with a file that says nothing, the wall counts") {
  temp_dir dir;
  write(dir, {"another-boot", 7 * hour_ms});
  CHECK(is_near(resume_time(dir.path(), 0), wall_ms()));
  CHECK(read(dir).boot != "another-boot");
  for (const auto* text : {"", "nonsense", "\n"}) {
    std::ofstream{dir / "clock", std::ios::trunc} << text;
    CHECK(is_near(resume_time(dir.path(), 0), wall_ms()));
  }
}

TEST_CASE("a file with a wrong bit says nothing") {
  temp_dir dir;
  resume_time(dir.path(), 0);
  write(dir, {read(dir).boot, read(dir).lead_ms + hour_ms});
  CHECK(is_near(resume_time(dir.path(), 0), wall_ms() + hour_ms));
  const auto whole = read_file(dir / "clock");
  for (std::size_t at = 0; at + 1 < whole.size(); ++at) {
    CAPTURE(at);
    std::ofstream{dir / "clock"} << whole;
    flip(dir / "clock", at, 0);
    CHECK(is_near(resume_time(dir.path(), 0), wall_ms()));
  }
}

TEST_CASE("a clock that cannot be kept is no reason not to start") {
  CHECK(is_near(resume_time("/no/such/directory", 0), wall_ms()));
  const temp_dir dir;
  std::filesystem::create_directory(dir / "clock");
  CHECK(is_near(resume_time(dir.path(), 0), wall_ms()));
}
