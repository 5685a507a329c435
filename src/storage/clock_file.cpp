#include "clock_file.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <optional>

#include "holdfast/clock.hpp"

namespace holdfast::storage {

namespace {

std::int64_t monotonic_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch())
      .count();
}

/// Another one after each boot; empty where the system does not tell.
std::string boot_id() {
  std::string id;
  std::ifstream{"/proc/sys/kernel/random/boot_id"} >> id;
  return id;
}

/// What an earlier process of this boot left.
std::optional<std::int64_t> read_lead(const std::string& path,
                                      const std::string& boot) {
  std::ifstream file{path};
  std::string of;
  std::int64_t lead_ms = 0;
  if (boot.empty() || !(file >> of >> lead_ms) || of != boot)
    return std::nullopt;
  return lead_ms;
}

} // namespace

std::int64_t resume_time(const std::string& data_dir,
                         std::int64_t not_before_ms) {
  const auto path = data_dir + "/clock";
  const auto boot = boot_id();
  const auto now_ms = monotonic_ms();
  if (const auto lead_ms = read_lead(path, boot))
    return std::max(now_ms + *lead_ms, not_before_ms);
  const auto start_ms = std::max(wall_ms(), not_before_ms);
  // A disk that is full keeps nobody from going on.
  std::ofstream{path, std::ios::trunc} << boot << ' ' << start_ms - now_ms
                                       << '\n';
  return start_ms;
}

} // namespace holdfast::storage
