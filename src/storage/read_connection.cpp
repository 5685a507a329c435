#include "read_connection.hpp"

#include <filesystem>

#include "schema.hpp"

namespace holdfast::storage {

std::unique_ptr<database> open_read_only(const std::string& data_dir) {
  const auto path = journal_path(data_dir);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    throw journal_error(journal_error::kind::failed,
                        "there is no journal in " + data_dir);
  auto content = std::make_unique<database>(path, database::access::read_only);
  if (!has_schema(*content))
    throw journal_error(journal_error::kind::corrupt,
                        path + " holds no journal");
  return content;
}

} // namespace holdfast::storage
