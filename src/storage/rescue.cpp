#include "rescue.hpp"

namespace holdfast::storage {

namespace {

constexpr std::size_t chunk_bytes = 256 * 1024;

} // namespace

void write_again(disk& on, const std::string& path) {
  if (!on.exists(path))
    return;
  const auto file = on.open(path, disk::opening::write);
  std::uint64_t offset = 0;
  for (;;) {
    const auto bytes = file->read_at(offset, chunk_bytes);
    if (bytes.empty())
      break;
    file->write_at(offset, bytes);
    offset += bytes.size();
  }
  if (offset > 0)
    file->sync_data();
}

} // namespace holdfast::storage
