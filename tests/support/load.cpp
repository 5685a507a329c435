#include "tests/support/load.hpp"

namespace holdfast::test {

load::load(const load_plan& plan) : plan_(plan) {
  for (unsigned number = 0; number < plan.clients; ++number)
    clients_.emplace_back(plan, number);
}

load::~load() {
  stop();
}

void load::start(std::uint16_t port) {
  is_over_ = false;
  running_ = static_cast<unsigned>(clients_.size());
  for (auto& client : clients_)
    threads_.emplace_back([this, port, &client] {
      client.run(port, is_over_);
      --running_;
    });
}

void load::stop() {
  is_over_ = true;
  for (auto& thread : threads_)
    thread.join();
  threads_.clear();
}

bool load::settle(std::uint16_t port) {
  bool all = true;
  for (auto& client : clients_)
    all = client.settle(port) && all;
  return all;
}

std::vector<final_record> load::read_all(std::uint16_t port) {
  std::vector<final_record> found;
  http_client to{port};
  for (const auto& store : plan_.stores)
    for (unsigned sku = 0; sku < plan_.skus; ++sku)
      found.push_back(
          clients_.front().read(to, store, load_client::sku_name(sku)));
  return found;
}

std::vector<call> load::calls() const {
  std::vector<call> all;
  for (const auto& client : clients_)
    all.insert(all.end(), client.calls().begin(), client.calls().end());
  return all;
}

} // namespace holdfast::test
