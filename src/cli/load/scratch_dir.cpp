#include "src/cli/load/scratch_dir.hpp"

#include <cstdlib>
#include <set>
#include <stdexcept>

namespace holdfast::cli {

namespace {

/// Its owner may make a file while a directory is removed.
constexpr int tries = 100;

std::mutex& guard() {
  static std::mutex made;
  return made;
}

/// Of those there are; behind `guard`.
std::set<std::string>& paths() {
  static std::set<std::string> made;
  return made;
}

} // namespace

scratch_dir::scratch_dir(const std::filesystem::path& in) {
  const std::lock_guard lock{guard()};
  auto pattern = (in / "holdfast-load-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    throw std::runtime_error("cannot make a directory in " + in.string());
  path_ = pattern;
  paths().insert(path_);
}

scratch_dir::~scratch_dir() {
  const std::lock_guard lock{guard()};
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  paths().erase(path_);
}

std::unique_lock<std::mutex> scratch_dir::remove_all() {
  std::unique_lock lock{guard()};
  std::error_code ignored;
  for (const auto& path : paths())
    for (int i = 0; i < tries && std::filesystem::exists(path, ignored); ++i)
      std::filesystem::remove_all(path, ignored);
  return lock;
}

} // namespace holdfast::cli
