#include "src/cli/load/load_run.hpp"

#include <algorithm>

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;
using clock = transport::clock;

constexpr auto prepare_patience = 600s;

/// Letters and digits. Not of the seed: who repeats a run on the same node
/// asks the same again about SKUs that nobody asked about before.
std::string fresh_tag() {
  static constexpr std::string_view digits =
      "0123456789abcdefghijklmnopqrstuvwxyz";
  std::random_device random;
  std::string tag;
  for (std::size_t i = 0; i < name_book::tag_size; ++i)
    tag += digits[random() % digits.size()];
  return tag;
}

} // namespace

load_run::load_run(const config::load_order& order, target& of,
                   std::uint64_t seed, std::ostream& progress,
                   std::ostream* history, const std::atomic<bool>* end)
    : order_(order), target_(of), progress_(progress), history_(history),
      end_(end) {
  figures_.order = order;
  figures_.target = of.name();
  figures_.seed = seed;
  figures_.tag = fresh_tag();
  auto stores = of.stores();
  if (stores.empty())
    throw load_failure{"there are no stores"};
  scenario_ = make_scenario(order, static_cast<std::uint16_t>(stores.size()));
  names_ = std::make_unique<name_book>(figures_.tag, std::move(stores),
                                       scenario_->sku_names());
  // Some workloads have SKUs of their own.
  figures_.order.skus = scenario_->skus();
  const auto threads = std::min(order.threads, order.clients);
  client_plan plan;
  plan.rate = static_cast<double>(order.rate) / threads;
  plan.records = !order.no_check;
  for (std::uint32_t i = 0; i < threads; ++i) {
    plan.clients = (order.clients - plan.first_client) / (threads - i);
    plan.seed = seed + i;
    groups_.push_back(std::make_unique<client_group>(plan, *names_, watch_,
                                                     of.connect(plan.clients),
                                                     scenario_->make(i, seed)));
    plan.first_client += plan.clients;
  }
}

load_figures load_run::run() {
  prepare();
  try {
    drive();
    conclude();
  } catch (const load_failure& failure) {
    give_up(failure.what());
  }
  return std::move(figures_);
}

void load_run::in_parallel(const std::function<void(std::size_t)>& work) {
  std::vector<std::exception_ptr> failures(groups_.size());
  running_ = groups_.size();
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < groups_.size(); ++i)
      threads.emplace_back([&, i] {
        try {
          work(i);
        } catch (...) {
          failures[i] = std::current_exception();
          stop_ = true;
        }
        ended_ = clock::now();
        --running_;
      });
  }
  for (const auto& each : failures)
    if (each)
      std::rethrow_exception(each);
}

std::vector<std::vector<draft>> load_run::shares(std::vector<draft> all) const {
  std::vector<std::vector<draft>> made(groups_.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    made[i % made.size()].push_back(all[i]);
  return made;
}

void load_run::prepare() {
  auto tasks = shares(scenario_->preparation());
  in_parallel([&](std::size_t i) {
    groups_[i]->settle(tasks[i], clock::now() + prepare_patience, end_);
    // What was asked already may have been done.
    for (const auto& each : tasks[i])
      if (each.number != 0)
        groups_[i]->unknown().push_back(each);
  });
  heed_end();
  if (stop_)
    return;
  for (const auto& left : tasks)
    if (!left.empty())
      throw load_failure{"the stock that is needed could not be received"};
  for (const auto& each : groups_)
    if (const auto& refused = each->refused())
      throw load_failure{"receiving " + std::to_string(refused->ask.amount)
                         + " of " + names_->sku(refused->ask.sku)
                         + " was refused: "
                         + std::string{to_string(refused->code)}};
}

void load_run::drive() {
  // What comes to an end is measured from its beginning.
  const auto warm_up =
      order_.workload == "orders" || order_.workload == "flash-sale"
          ? 0
          : order_.warm_up;
  // Before anybody asks; once more after the warm-up.
  begin_measuring();
  const auto begin = started_ + std::chrono::seconds{warm_up};
  const auto end = begin + std::chrono::seconds{order_.seconds};
  running_ = groups_.size();
  std::jthread observer{[&] {
    watch_from(begin);
  }};
  in_parallel([&](std::size_t i) { groups_[i]->run(end, stop_); });
  observer.join();
  add_late();
  for (const auto& each : groups_) {
    figures_.whole.counts.missed += each->missed().total();
    figures_.whole.counts.latency += each->missed();
  }
}

} // namespace holdfast::cli
