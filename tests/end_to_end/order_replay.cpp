#include "tests/end_to_end/order_replay.hpp"

#include <mutex>
#include <thread>

#include <nlohmann/json.hpp>

namespace holdfast::live {

namespace {

constexpr std::size_t worker_count = 8;
/// Nothing was changed, and the request is repeated after the restart.
constexpr int shutting_down = 503;

std::mutex complaining;

/// What comes next for `job`, and the status it is to have.
std::pair<request, int> next_request(const order_job& job) {
  const auto path = record_path(job.line.sku);
  const auto quantity = job.line.quantity;
  if (quantity < 0)
    return {post(path + "/adjust",
                 R"({"delta":)" + std::to_string(-quantity) + "}",
                 keyed(job.key + "-adjust")),
            200};
  if (job.settled.empty())
    return {post(path + "/reserve",
                 R"({"quantity":)" + std::to_string(quantity) + "}",
                 keyed(job.key + "-reserve")),
            201};
  return {post(job.settled.front().answer.field("Location") + "/commit", "{}",
               keyed(job.key + "-commit")),
          200};
}

/// Nothing if the node is gone; else the complaint, usually an empty one.
std::optional<std::string> finish(caller& client, order_job& job) {
  while (!job.is_done()) {
    auto [what, status] = next_request(job);
    auto answer = client.try_ask(what);
    if (!answer || answer->status == shutting_down)
      return std::nullopt;
    if (answer->status != status)
      return what.target + ": " + answer->body;
    job.settled.push_back({std::move(what), std::move(*answer)});
  }
  return "";
}

} // namespace

void order_replay::run(std::uint16_t port) {
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < worker_count; ++i)
    workers.emplace_back([this, port, i] { work(port, i); });
}

/// Neighbours in the list go to different workers, so they run side by side.
void order_replay::work(std::uint16_t port, std::size_t first) {
  caller client{port};
  for (auto i = first; i < jobs_.size(); i += worker_count) {
    if (jobs_[i].is_done())
      continue;
    while (done_ >= most_)
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    const auto complaint = finish(client, jobs_[i]);
    if (!complaint)
      return;
    if (complaint->empty()) {
      ++done_;
      continue;
    }
    const std::lock_guard lock{complaining};
    complaints_.push_back(*complaint);
  }
}

std::vector<order_job> receiving_jobs(const order_lines& orders) {
  std::vector<order_job> jobs;
  for (const auto& [sku, units] : needed_stock(orders))
    jobs.push_back(
        {"receive-" + std::to_string(jobs.size()), {sku, -units}, {}});
  return jobs;
}

std::vector<order_job> order_jobs(const order_lines& orders) {
  std::vector<order_job> jobs;
  for (const auto& line : orders)
    jobs.push_back({"line-" + std::to_string(jobs.size()), line, {}});
  return jobs;
}

} // namespace holdfast::live
