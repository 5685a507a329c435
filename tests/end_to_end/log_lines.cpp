#include "tests/end_to_end/log_lines.hpp"

#include <sstream>

#include <doctest/doctest.h>

#include "tests/support/wait.hpp"

namespace holdfast::live {

std::vector<json> lines_of(const live_node& node, const std::string& event) {
  std::istringstream text{node.log()};
  std::vector<json> lines;
  for (std::string line; std::getline(text, line) && !text.eof();) {
    auto parsed = json::parse(line, nullptr, false);
    REQUIRE_MESSAGE(parsed.is_object(), line);
    if (parsed["event"] == event)
      lines.push_back(std::move(parsed));
  }
  return lines;
}

std::vector<json>
await_lines(const live_node& node, const std::string& event,
            const std::function<bool(const std::vector<json>&)>& holds) {
  std::vector<json> lines;
  const auto came = test::wait_until([&] {
    lines = lines_of(node, event);
    return holds(lines);
  });
  CHECK_MESSAGE(came, event);
  return lines;
}

json await_request(const live_node& node, const std::string& id) {
  json found;
  await_lines(node, "request", [&](const auto& lines) {
    for (const auto& line : lines)
      if (line["requestId"] == id)
        found = line;
    return found.is_object();
  });
  return found;
}

} // namespace holdfast::live
