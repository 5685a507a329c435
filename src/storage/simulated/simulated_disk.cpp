#include "simulated_disk.hpp"

#include <cerrno>
#include <utility>

#include "holdfast/journal.hpp"
#include "simulated_vfs.hpp"

namespace holdfast::storage {

simulated_disk::simulated_disk()
    : vfs_(std::make_unique<simulated_vfs>(*this)) {
  // nop
}

simulated_disk::~simulated_disk() = default;

void simulated_disk::plan(std::uint64_t nth, mishap what,
                          std::uint64_t detail) {
  plans_.push_back({nth, what, detail});
}

void simulated_disk::heal() noexcept {
  plans_.clear();
  refusals_left_ = 0;
}

void simulated_disk::cut_power(std::uint64_t seed) {
  is_off_ = true;
  ++power_cuts_;
  dice luck{seed};
  // A journal of the file system: the names that survive are those up to some
  // moment.
  const auto kept = luck.below(open_.size() + 1);
  for (std::size_t i = 0; i < kept; ++i)
    apply(safe_, open_[i]);
  open_.clear();
  seen_ = safe_;
  for (auto& [name, each] : seen_)
    each->bytes.lose_power(luck);
}

void simulated_disk::end_process() noexcept {
  is_off_ = true;
}

void simulated_disk::turn_on() {
  heal();
  is_off_ = false;
}

std::optional<simulated_disk::planned> simulated_disk::meets(mishap what) {
  std::optional<planned> due;
  for (auto& each : plans_)
    if (each.what == what && each.left > 0 && --each.left == 0)
      due = each;
  return due;
}

bool simulated_disk::proceeds() {
  if (is_off_)
    return false;
  if (const auto cut = meets(mishap::power_cut))
    cut_power(cut->detail);
  if (meets(mishap::process_end)) {
    ++crashes_;
    end_process();
  }
  return !is_off_;
}

simulated_disk::io simulated_disk::read(const simulated_file& of,
                                        std::uint64_t offset, std::size_t count,
                                        std::string_view& into) {
  if (is_off_ || meets(mishap::read_error)) {
    errno = EIO;
    return io::failed;
  }
  into = of.bytes.read(offset, count);
  return io::done;
}

simulated_disk::io simulated_disk::write(simulated_file& to,
                                         std::uint64_t offset,
                                         std::string_view bytes) {
  if (!proceeds() || meets(mishap::write_error))
    return io::failed;
  if (offset + bytes.size() > to.bytes.size()) {
    if (const auto full = meets(mishap::no_room))
      refusals_left_ = full->detail;
    if (refusals_left_ > 0) {
      --refusals_left_;
      errno = has_quota_ ? EDQUOT : ENOSPC;
      return has_quota_ ? io::over_quota : io::full;
    }
  }
  to.bytes.write(offset, bytes);
  return io::done;
}

simulated_disk::io simulated_disk::truncate(simulated_file& what,
                                            std::uint64_t size) {
  if (!proceeds())
    return io::failed;
  what.bytes.truncate(size);
  return io::done;
}

simulated_disk::io simulated_disk::sync(simulated_file& what) {
  if (!proceeds())
    return io::failed;
  if (const auto slow = meets(mishap::slow_sync); slow && on_delay)
    on_delay(slow->detail);
  if (const auto error = meets(mishap::sync_error)) {
    dice luck{error->detail};
    what.bytes.fail_sync(luck);
    return io::failed;
  }
  if (!lies_)
    what.bytes.sync();
  return io::done;
}

simulated_disk::io simulated_disk::sync_names() {
  if (!proceeds())
    return io::failed;
  for (const auto& each : open_)
    apply(safe_, each);
  open_.clear();
  return io::done;
}

void simulated_disk::apply(names& to, const naming& change) {
  if (!change.from.empty())
    to.erase(change.from);
  if (!change.to.empty())
    to[change.to] = change.of;
}

void simulated_disk::rename_to(naming change) {
  apply(seen_, change);
  open_.push_back(std::move(change));
}

simulated_file_ptr simulated_disk::find(const std::string& path) const {
  const auto found = seen_.find(path);
  return is_off_ || found == seen_.end() ? nullptr : found->second;
}

simulated_file_ptr simulated_disk::make(const std::string& path) {
  if (!proceeds())
    return nullptr;
  auto made = std::make_shared<simulated_file>();
  rename_to({{}, path, made});
  return made;
}

simulated_disk::io simulated_disk::remove(const std::string& path) {
  if (!proceeds())
    return io::failed;
  rename_to({path, {}, nullptr});
  return io::done;
}

} // namespace holdfast::storage
