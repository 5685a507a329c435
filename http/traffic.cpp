#include "http/traffic.hpp"

#include "http/problem_table.hpp"

namespace holdfast::http {

void traffic::end(const route* taken, std::uint16_t status, error_code code,
                  std::chrono::nanoseconds took) noexcept {
  const auto routes = all_routes();
  auto& at = rows_[taken ? static_cast<std::size_t>(taken - routes.data())
                         : routes.size()];
  at.micros.record(static_cast<std::uint64_t>(took.count()) / 1'000);
  at.answers[way_of(status, code)].add();
  ended_.add();
}

std::vector<route_traffic> traffic::sum(std::span<const traffic* const> all) {
  const auto routes = all_routes();
  std::vector<route_traffic> result(routes.size() + 1);
  for (std::size_t i = 0; i < result.size(); ++i) {
    auto& into = result[i];
    into.of = i < routes.size() ? &routes[i] : nullptr;
    into.micros = histogram<latency_bounds>{}.view();
    for (const auto* each : all)
      into.micros += each->rows_[i].micros.view();
    for (std::size_t way = 0; way < ways; ++way) {
      auto answers = named(way);
      for (const auto* each : all)
        answers.count += each->rows_[i].answers[way].get();
      if (answers.count > 0)
        into.answers.push_back(answers);
    }
  }
  return result;
}

std::size_t traffic::way_of(std::uint16_t status, error_code code) noexcept {
  if (code != error_code::none)
    return plain_statuses.size() + static_cast<std::size_t>(code);
  for (std::size_t i = 0; i < plain_statuses.size(); ++i)
    if (plain_statuses[i] == status)
      return i;
  return 0;
}

answer_count traffic::named(std::size_t way) noexcept {
  if (way < plain_statuses.size())
    return {plain_statuses[way], error_code::none};
  const auto code = static_cast<error_code>(way - plain_statuses.size());
  return {problem_kind_of(code).status, code};
}

} // namespace holdfast::http
