#include "roster_file.hpp"

#include <filesystem>
#include <stdexcept>
#include <string_view>

#include "corrupt.hpp"
#include "holdfast/journal.hpp"
#include "line_codec.hpp"

namespace holdfast::storage {

namespace {

/// Files of older programs have no line for it.
std::string_view checked(std::string_view text) {
  if (text.find("\nsum ") == std::string_view::npos)
    return text;
  const auto summed = before_sum(text);
  if (!summed)
    throw std::runtime_error{"its checksum is not its own"};
  return *summed;
}

} // namespace

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
    return parse_roster(checked(text));
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
    const auto text = to_text(memory);
    out->write_at(0, text + sum_line(text));
    out->sync_data();
  }
  on.rename(fresh, path);
  on.sync_directory(data_dir);
}

} // namespace holdfast::storage
