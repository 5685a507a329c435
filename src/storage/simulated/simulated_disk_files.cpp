// The simulated disk as the port `disk`.
#include <limits>
#include <utility>

#include "holdfast/journal.hpp"
#include "simulated_disk.hpp"
#include "simulated_vfs.hpp"

namespace holdfast::storage {

namespace {

using io = simulated_disk::io;

void check(io result, const std::string& what) {
  if (result == io::done)
    return;
  const auto is_full = result == io::full || result == io::over_quota;
  throw journal_error(is_full ? journal_error::kind::full
                              : journal_error::kind::failed,
                      "cannot " + what + ": a simulated fault");
}

class simulated_handle final : public disk_file {
public:
  simulated_handle(simulated_disk& on, std::string path, simulated_file_ptr of)
      : on_(on), path_(std::move(path)), of_(std::move(of)) {
    // nop
  }

  void write_at(std::uint64_t offset, std::string_view bytes) override {
    check(on_.write(*of_, offset, bytes), "write " + path_);
  }

  void truncate() override {
    check(on_.truncate(*of_, 0), "truncate " + path_);
  }

  void sync_data() override {
    check(on_.sync(*of_), "sync " + path_);
  }

  std::string read_at(std::uint64_t offset, std::size_t count) const override {
    std::string_view found;
    check(on_.read(*of_, offset, count, found), "read " + path_);
    return std::string{found};
  }

  std::uint64_t size() const override {
    return of_->bytes.size();
  }

  void check_name() const override {
    // Nobody removes files there.
  }

private:
  simulated_disk& on_;
  std::string path_;
  simulated_file_ptr of_;
};

} // namespace

std::unique_ptr<disk_file> simulated_disk::open(const std::string& path,
                                                opening how) {
  auto found = find(path);
  if (found && how == opening::fresh)
    check(truncate(*found, 0), "open " + path);
  if (!found && how != opening::read && how != opening::write)
    found = make(path);
  if (!found)
    check(io::failed, "open " + path);
  return std::make_unique<simulated_handle>(*this, path, std::move(found));
}

bool simulated_disk::exists(const std::string& path) const {
  return find(path) != nullptr;
}

void simulated_disk::rename(const std::string& from, const std::string& to) {
  auto found = find(from);
  if (!found || !proceeds())
    check(io::failed, "rename " + from);
  rename_to({from, to, std::move(found)});
}

void simulated_disk::make_directory(const std::string&) {
  // Names are whole paths here.
}

void simulated_disk::sync_directory(const std::string& path) {
  check(sync_names(), "sync " + path);
}

std::optional<std::uint64_t>
simulated_disk::free_bytes(const std::string&) const {
  return refusals_left_ > 0 ? 0 : std::numeric_limits<std::uint64_t>::max();
}

const char* simulated_disk::vfs() const noexcept {
  return vfs_->name();
}

} // namespace holdfast::storage
