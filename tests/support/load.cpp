#include "tests/support/load.hpp"

#include "tests/support/wait.hpp"

namespace holdfast::test {

load::load(const load_plan& plan) : plan_(plan), observer_(plan, plan.clients) {
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
  // A deadline may pass once more.
  return wait_until([&] {
    bool all = observer_.settle(port);
    for (auto& client : clients_)
      all = client.settle(port) && all;
    return all;
  });
}

std::vector<final_record> load::read_all(std::uint16_t port) {
  std::vector<final_record> found;
  http_client to{port};
  for (const auto& store : plan_.stores)
    for (unsigned i = 0; i < plan_.skus; ++i) {
      final_record record{store, load_client::sku_name(i), {}};
      const call* told = nullptr;
      wait_until([&] {
        told = observer_.ask(to, action::read, store, record.sku);
        return told != nullptr && told->seen.known && !told->is_put_off();
      });
      if (told != nullptr && told->seen.answer.has_record)
        record.record = told->seen.answer.record;
      found.push_back(record);
    }
  return found;
}

std::vector<call> load::calls() const {
  auto all = observer_.calls();
  for (const auto& client : clients_)
    all.insert(all.end(), client.calls().begin(), client.calls().end());
  return all;
}

} // namespace holdfast::test
