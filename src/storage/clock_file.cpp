#include "clock_file.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <optional>
#include <sstream>

#include "disk.hpp"
#include "holdfast/journal.hpp"
#include "line_codec.hpp"

namespace holdfast::storage {

namespace {

std::int64_t ms_of(clockid_t clock) noexcept {
  std::timespec now{};
  ::clock_gettime(clock, &now);
  return std::int64_t{now.tv_sec} * 1'000 + now.tv_nsec / 1'000'000;
}

/// Goes on while the machine sleeps: a hold that ends then has ended.
std::int64_t monotonic_ms() noexcept {
  return ms_of(CLOCK_BOOTTIME);
}

std::int64_t wall_ms() noexcept {
  return ms_of(CLOCK_REALTIME);
}

/// Another one after each boot; empty where the system does not tell.
std::string boot_id() {
  std::string id;
  std::ifstream{"/proc/sys/kernel/random/boot_id"} >> id;
  return id;
}

/// What an earlier process of this boot left, if it is whole.
std::optional<std::int64_t> read_lead(const std::string& path,
                                      const std::string& boot) {
  // What cannot be read says nothing, and does not throw here.
  std::ostringstream read;
  read << std::ifstream{path}.rdbuf();
  const auto text = read.str();
  lines_reader lines{text};
  const auto of = lines.line("boot");
  const auto lead_ms = lines.number<std::int64_t>("lead");
  if (boot.empty() || !lines.is_whole() || of != boot)
    return std::nullopt;
  return lead_ms;
}

void write_lead(const std::string& path, const std::string& boot,
                std::int64_t lead_ms) {
  lines_writer lines;
  lines.line("boot", boot).number("lead", lead_ms);
  try {
    system_disk()->open(path, disk::opening::fresh)->write_at(0, lines.take());
  } catch (const journal_error&) {
    // A disk that is full keeps nobody from going on.
  }
}

} // namespace

resumed_time::resumed_time(const std::string& data_dir,
                           std::int64_t not_before_ms) {
  const auto path = data_dir + "/clock";
  const auto boot = boot_id();
  knows_boot_ = !boot.empty();
  const auto now_ms = monotonic_ms();
  const auto kept = read_lead(path, boot);
  lead_ms_ =
      std::max(kept.value_or(wall_ms() - now_ms), not_before_ms - now_ms);
  if (kept != lead_ms_)
    write_lead(path, boot, lead_ms_);
}

std::int64_t resumed_time::now_ms() const {
  return monotonic_ms() + lead_ms_;
}

std::int64_t resumed_time::wall_ahead_ms() const {
  return wall_ms() - now_ms();
}

} // namespace holdfast::storage
