#include <algorithm>
#include <iostream>

#include "holdfast/limits.hpp"
#include "http/resource_json.hpp"
#include "src/cli/commands.hpp"
#include "src/storage/read_only.hpp"

namespace holdfast::cli {

int events(const std::string& data_dir, const config::event_query& query) {
  storage::event_reader log{data_dir};
  const auto node = log.node_name();
  const event_filter filter{query.store, query.sku};
  auto after = static_cast<std::uint64_t>(query.after);
  auto left = query.limit == 0 ? limits::seq_max
                               : static_cast<std::uint64_t>(query.limit);
  // A snapshot of the end: a busy node would keep a reader here for ever.
  const auto end = log.last_seq();
  while (left > 0 && after < end) {
    const auto page = log.scan(
        after, std::min<std::uint64_t>(left, limits::page_max), filter);
    for (const auto& change : page.events) {
      http::json_writer line;
      http::write_event(line, node, change);
      std::cout << line.view() << '\n';
    }
    left -= page.events.size();
    if (page.last_seq <= after)
      break;
    after = page.last_seq;
  }
  return exit_ok;
}

} // namespace holdfast::cli
