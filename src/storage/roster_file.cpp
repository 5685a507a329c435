#include "roster_file.hpp"

#include <filesystem>
#include <stdexcept>

#include "corrupt.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::storage {

std::string roster_path(const std::string& data_dir) {
  return (std::filesystem::path(data_dir) / "cluster").string();
}

std::optional<roster_memory> read_roster(disk& on,
                                         const std::string& data_dir) {
  const auto path = roster_path(data_dir);
  if (!on.exists(path))
    return std::nullopt;
  const auto from = on.open(path, disk::opening::read);
  const auto text = from->read_at(0, from->size());
  try {
    return parse_roster(text);
  } catch (const std::runtime_error& error) {
    corrupt(path + ": " + error.what());
  }
}

void write_roster(disk& on, const std::string& data_dir,
                  const roster_memory& memory) {
  const auto path = roster_path(data_dir);
  const auto fresh = path + ".new";
  {
    const auto out = on.open(fresh, disk::opening::fresh);
    out->write_at(0, to_text(memory));
    out->sync_data();
  }
  on.rename(fresh, path);
  on.sync_directory(data_dir);
}

} // namespace holdfast::storage
