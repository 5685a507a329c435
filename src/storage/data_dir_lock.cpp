#include "data_dir_lock.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <sstream>
#include <tuple>
#include <vector>

#include "disk.hpp"
#include "wrong_data_dir.hpp"

namespace holdfast::storage {

namespace {

namespace fs = std::filesystem;

/// Room for the notes of some thirty processes.
constexpr std::size_t note_bytes_max = 4096;
/// A start recovers the journal, which may take a while.
constexpr std::chrono::seconds opening_patience{60};

/// A start before this one may have made the directory and not lived to have
/// its name synced. Mostly it has been there for long: that its parent cannot
/// be read, or is of a kind that is not synced, is no reason not to start.
void sync_name(const fs::path& data_dir) {
  try {
    system_disk()->sync_directory(
        fs::canonical(data_dir).parent_path().string());
  } catch (const journal_error&) {
    return;
  }
}

/// What has not to do with now, and will be the same at the next start.
void check_access(const std::string& path, int how) {
  if (::access(path.c_str(), how) != 0 && errno != ENOENT)
    if (errno == EACCES || errno == EPERM || errno == EROFS
        || errno == ENAMETOOLONG)
      throw wrong_data_dir("cannot use " + path + ": " + std::strerror(errno));
}

/// The lock file in `data_dir`, which is made if it does not exist.
std::string lock_path_in(const std::string& data_dir) {
  try {
    system_disk()->make_directory(data_dir);
    sync_name(data_dir);
  } catch (const journal_error& error) {
    throw wrong_data_dir("cannot make the data directory " + data_dir + ": "
                         + error.what());
  } catch (const fs::filesystem_error& error) {
    throw wrong_data_dir("cannot use the data directory " + data_dir + ": "
                         + error.code().message());
  }
  auto path = (fs::path(data_dir) / "lock").string();
  check_access(data_dir, R_OK | W_OK | X_OK);
  check_access(path, R_OK | W_OK);
  return path;
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
std::string note(const char* how) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0)
    host = {"unknown"};
  return "pid " + std::to_string(::getpid()) + " since " + now_utc() + " on "
         + host.data() + how + "\n";
}

/// Of several that share, the one that wrote `note` may have ended.
bool may_be_there(const std::string& note) {
  constexpr std::string_view head = "pid ";
  const auto pid =
      note.starts_with(head) ? std::atoi(note.c_str() + head.size()) : 0;
  return pid > 0 && (::kill(pid, 0) == 0 || errno != ESRCH);
}

/// Of those that may still be there, the last one to come at the end.
std::vector<std::string> notes_in(const file& lock) {
  std::vector<std::string> notes;
  std::istringstream text{lock.read_at(0, note_bytes_max)};
  for (std::string line; std::getline(text, line);)
    if (may_be_there(line))
      notes.push_back(line);
  return notes;
}

std::string holder(const file& lock) {
  const auto notes = notes_in(lock);
  // The holder may not have come to write its name yet.
  return notes.empty() ? "another process" : notes.back();
}

/// Somebody may remove the lock file, and nobody the directory. Where that
/// cannot be locked the file has to do.
bool may_lock(const file& directory, int how) {
  return ::flock(directory.descriptor(), how | LOCK_NB) == 0
         || errno != EWOULDBLOCK;
}

/// False if another process has a lock that is in the way.
bool may_lock_file(const file& lock, int how) {
  if (::flock(lock.descriptor(), how | LOCK_NB) == 0)
    return true;
  if (errno != EWOULDBLOCK)
    throw journal_error(journal_error::kind::failed,
                        std::string("cannot lock the data directory: ")
                            + std::strerror(errno));
  return false;
}

} // namespace

data_dir_lock::data_dir_lock(const std::string& data_dir, sharing how)
    : file_(lock_path_in(data_dir), O_RDWR | O_CREAT),
      directory_(data_dir, O_RDONLY | O_DIRECTORY), data_dir_(data_dir) {
  if (how == sharing::exclusive)
    lock_alone();
  else
    lock_shared(data_dir);
}

bool data_dir_lock::is_held(const std::string& data_dir) {
  std::error_code ignored;
  return fs::exists(data_dir, ignored)
         && !may_lock(file{data_dir, O_RDONLY | O_DIRECTORY}, LOCK_SH);
}

bool data_dir_lock::try_lock(int how) {
  return may_lock_file(file_, how) && may_lock(directory_, how);
}

void data_dir_lock::lock_alone() {
  if (!try_lock(LOCK_EX))
    throw data_dir_busy("data directory " + data_dir_ + " is in use by "
                        + holder(file_));
  is_alone_ = true;
  write_note("");
}

void data_dir_lock::lock_shared(const std::string& data_dir) {
  opening_.emplace((fs::path(data_dir) / "opening").string());
  if (!opening_->lock(opening_patience))
    throw data_dir_busy("data directory " + data_dir
                        + " is being opened by another process for too long");
  is_alone_ = try_lock(LOCK_EX);
  if (!is_alone_ && !try_lock(LOCK_SH))
    throw data_dir_busy("data directory " + data_dir + " is in use by "
                        + holder(file_) + ", which does not share it");
  write_note(", which shares it");
}

void data_dir_lock::let_others_in() {
  // Between the two locks somebody may come who does not share.
  if (is_alone_ && !try_lock(LOCK_SH))
    throw data_dir_busy("data directory " + data_dir_ + " was taken by "
                        + holder(file_));
  is_alone_ = false;
  opening_.reset();
}

void data_dir_lock::write_note(const char* how) {
  auto text = note(how);
  // This process may end before those that it shares with. There is room for
  // the last that came.
  const auto others = is_alone_ ? std::vector<std::string>{} : notes_in(file_);
  for (auto each = others.rbegin(); each != others.rend(); ++each)
    if (text.size() + each->size() < note_bytes_max)
      text.insert(0, *each + '\n');
  // A disk that is full takes nobody the lock, nor its name from others.
  try {
    file_.write_at(0, text);
    std::ignore =
        ::ftruncate(file_.descriptor(), static_cast<off_t>(text.size()));
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::full)
      throw;
  }
}

} // namespace holdfast::storage
