#include "damage.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "src/storage/sqlite.hpp"
#include "src/storage/sqlite_journal.hpp"

namespace holdfast::storage::testing {

namespace fs = std::filesystem;

bool contains(const std::string& text, const std::string& part) {
  CAPTURE(text);
  return text.find(part) != std::string::npos;
}

void copy_journal(const std::string& from, const std::string& to) {
  fs::remove(to + "/journal.db-shm");
  for (const auto* name : journal_files) {
    fs::remove(to + "/" + name);
    if (fs::exists(from + "/" + name))
      fs::copy_file(from + "/" + name, to + "/" + name);
  }
}

void edit(const std::string& data_dir, const std::string& sql) {
  database content(data_dir + "/journal.db", database::access::create);
  content.exec(sql.c_str());
}

void edit_meta(const std::string& data_dir,
               const std::function<void(journal_meta&)>& change) {
  database content(data_dir + "/journal.db", database::access::create);
  auto meta = read_meta(content);
  change(meta);
  write_meta(content, meta);
}

std::string fault_of(const std::string& data_dir) {
  const auto report = verify_journal(data_dir);
  return report.fault ? report.fault->what : "";
}

std::string refusal_of(const std::string& data_dir) {
  try {
    journal_options with;
    with.data_dir = data_dir;
    with.node_name = "n1";
    open_sqlite_journal(with);
    return {};
  } catch (const journal_error& error) {
    REQUIRE(error.is() == journal_error::kind::corrupt);
    return error.what();
  }
}

std::string read_file(const std::string& path) {
  std::ifstream from(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << from.rdbuf();
  return bytes.str();
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream to(path, std::ios::binary | std::ios::trunc);
  to << bytes;
}

void flip(const std::string& path, std::uint64_t offset, unsigned bit) {
  std::fstream in(path, std::ios::binary | std::ios::in | std::ios::out);
  in.seekg(static_cast<std::streamoff>(offset));
  const auto byte = static_cast<char>(in.get() ^ (1 << bit));
  in.seekp(static_cast<std::streamoff>(offset));
  in.put(byte);
}

} // namespace holdfast::storage::testing
