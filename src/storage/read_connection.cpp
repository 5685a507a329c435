#include "read_connection.hpp"

#include "schema.hpp"

namespace holdfast::storage {

std::unique_ptr<database> open_read_only(const disk& on,
                                         const std::string& data_dir) {
  const auto path = journal_path(data_dir);
  if (!on.exists(path))
    throw journal_error(journal_error::kind::failed,
                        "there is no journal in " + data_dir);
  auto content =
      std::make_unique<database>(on, path, database::access::read_only);
  if (!has_schema(*content))
    throw journal_error(journal_error::kind::corrupt,
                        path + " holds no journal");
  return content;
}

} // namespace holdfast::storage
