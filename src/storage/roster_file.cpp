#include "roster_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "disk.hpp"
#include "file.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::storage {

namespace fs = std::filesystem;

std::string roster_path(const std::string& data_dir) {
  return (fs::path(data_dir) / "cluster").string();
}

std::optional<roster_memory> read_roster(const std::string& data_dir) {
  const auto path = roster_path(data_dir);
  if (!fs::exists(path))
    return std::nullopt;
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  try {
    return parse_roster(text.str());
  } catch (const std::runtime_error& error) {
    throw journal_error(journal_error::kind::corrupt,
                        path + ": " + error.what());
  }
}

void write_roster(const std::string& data_dir, const roster_memory& memory) {
  const auto path = roster_path(data_dir);
  const auto fresh = path + ".new";
  {
    file out(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    out.write_at(0, to_text(memory));
    out.sync_data();
  }
  if (std::rename(fresh.c_str(), path.c_str()) != 0)
    throw journal_error(journal_error::kind::failed,
                        "cannot replace " + path + ": " + std::strerror(errno));
  system_disk()->sync_directory(data_dir);
}

} // namespace holdfast::storage
