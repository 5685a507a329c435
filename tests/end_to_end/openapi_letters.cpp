// Dead letters, driven through what the document says of them.
#include "tests/end_to_end/openapi_parts.hpp"

namespace holdfast::live {

void drive_letters(exact_caller& client,
                   const std::vector<std::pair<std::string, int>>& letters) {
  const std::string list = "/api/dead-letters";
  client.ask(get(list), 200);
  const auto page = client.ask(get(list + "?limit=3"), 200);
  client.ask(
      get(list + "?limit=3&cursor=" + page["nextCursor"].get<std::string>()),
      200);
  for (const auto& [id, status] : letters) {
    const auto retry = post(list + "/" + id + "/retry", "", keyed("try" + id));
    client.ask(retry, status);
    // The letter is gone, its answer is not.
    if (status < 300)
      client.ask(retry, status);
  }
  const auto& last = letters.back().first;
  const request drop{"DELETE", list + "/" + last, {}, {}};
  client.ask(drop, 200);
  client.ask(drop, 404);
  client.ask(post(list + "/" + last + "/retry", "{}"), 404);
}

} // namespace holdfast::live
