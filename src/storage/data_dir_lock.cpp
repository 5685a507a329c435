#include "data_dir_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "holdfast/journal.hpp"

namespace holdfast::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t note_bytes_max = 512;

/// The lock file in `data_dir`, which is made if it does not exist.
std::string path_in(const std::string& data_dir) {
  std::error_code error;
  fs::create_directories(data_dir, error);
  if (error)
    throw journal_error(journal_error::kind::failed,
                        "cannot make the data directory " + data_dir + ": "
                            + error.message());
  return (fs::path(data_dir) / "lock").string();
}

std::string now_utc() {
  const auto now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

/// What another taker is told about this process.
std::string note() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0)
    host = {"unknown"};
  return "pid " + std::to_string(::getpid()) + " since " + now_utc() + " on "
         + host.data() + "\n";
}

std::string holder(const file& lock) {
  auto text = lock.read_at(0, note_bytes_max);
  text.resize(std::min(text.size(), text.find('\n')));
  // The holder may not have come to write its name yet.
  return text.empty() ? "another process" : text;
}

} // namespace

data_dir_lock::data_dir_lock(const std::string& data_dir)
    : file_(path_in(data_dir), O_RDWR | O_CREAT) {
  if (::flock(file_.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK)
      throw data_dir_busy("data directory " + data_dir + " is in use by "
                          + holder(file_));
    throw journal_error(journal_error::kind::failed,
                        "cannot lock " + data_dir + ": "
                            + std::strerror(errno));
  }
  // A disk that is full keeps nobody from holding the lock without a name.
  if (::ftruncate(file_.descriptor(), 0) == 0) {
    try {
      file_.write_at(0, note());
    } catch (const journal_error& error) {
      if (error.is() != journal_error::kind::full)
        throw;
    }
  }
}

} // namespace holdfast::storage
