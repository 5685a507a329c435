#include "tests/domain/member_net.hpp"

#include <algorithm>

namespace holdfast::test {

namespace {

using namespace std::chrono_literals;

constexpr auto tick = 20ms;
constexpr auto noticed_after = 2'000ms;

node_address address_of(const std::string& name) {
  return {name, 4'000};
}

} // namespace

membership& member_net::start(const std::string& name,
                              std::vector<std::string> stores,
                              const std::string& seed,
                              const std::function<void(greeting&)>& change) {
  auto& made = hosts_[name];
  made.notes.clear();
  if (made.disk.name.empty()) {
    made.disk.name = name;
    made.disk.journal = random_();
  }
  made.run = ++last_run_;
  auto& runs = made.disk.runs;
  runs.insert(runs.begin(), made.run);
  runs.resize(std::min(runs.size(), past_starts_max + 1));
  greeting self;
  self.run = made.run;
  self.who = {name, made.disk.journal, ++made.disk.epoch,
              1,    address_of(name),  std::move(stores),
              false};
  self.who.past.assign(runs.begin() + 1, runs.end());
  membership::settings with;
  if (!seed.empty())
    with.seeds = {address_of(seed)};
  if (change) {
    change(self);
    with.cluster = self.cluster.empty() ? with.cluster : self.cluster;
  }
  made.process =
      std::make_unique<membership>(with, std::move(self), made.disk.known);
  return *made.process;
}

void member_net::crash(const std::string& name) {
  const auto run = hosts_[name].run;
  hosts_[name].process.reset();
  for (auto& [other, each] : hosts_)
    if (each.process && !is_cut(name, other))
      each.process->lose(run, "reset", now_);
}

void member_net::cut(const std::string& a, const std::string& b) {
  cuts_.insert(std::minmax(a, b));
  cut_at_[std::minmax(a, b)] = now_;
}

void member_net::heal() {
  // What was cut breaks, however short it was.
  for (const auto& [a, b] : cuts_)
    for (const auto& [one, other] : {std::pair{a, b}, std::pair{b, a}})
      if (hosts_[one].process)
        hosts_[one].process->lose(hosts_[other].run, "reset", now_);
  cuts_.clear();
  cut_at_.clear();
}

void member_net::post(const std::string& from, std::uint64_t link,
                      std::function<void(membership&, std::uint64_t)> read) {
  for (const auto& [name, each] : hosts_)
    if (each.run == link)
      letters_.push_back({now_ + std::chrono::milliseconds{random_() % 30},
                          name, link, from, hosts_[from].run, std::move(read)});
}

void member_net::dial(const std::string& name, const member_order& order) {
  auto& caller = *hosts_[name].process;
  const auto alias = aliases_.find(order.to.host);
  const auto& host = alias == aliases_.end() ? order.to.host : alias->second;
  const auto to = hosts_.find(host);
  if (to == hosts_.end() || !to->second.process || is_cut(name, host))
    caller.dial_failed(order.number, "nobody answers", now_);
  else
    caller.connected(order.number, to->second.run, now_);
}

void member_net::carry_out(const std::string& name) {
  auto& from = hosts_[name];
  auto& process = *from.process;
  if (process.take_changed())
    from.disk.known = process.known();
  for (auto& note : process.take_notes())
    from.notes.push_back(std::move(note));
  using kind = member_order::kind;
  for (const auto& order : process.take_orders()) {
    switch (order.is) {
    case kind::dial:
      dial(name, order);
      break;
    case kind::greet:
      ++greetings_;
      post(name, order.link,
           [said = process.introduction(), this](auto& to, auto link) {
             to.take_greeting(link, said, now_);
           });
      break;
    case kind::welcome:
      post(name, order.link, [this, order](auto& to, auto link) {
        to.take_welcome(link, order.number, now_);
      });
      break;
    case kind::refuse:
      post(name, order.link, [this, order](auto& to, auto link) {
        to.take_refusal(link, order.refusal, now_);
      });
      break;
    case kind::tell: {
      std::vector<roster_entry> known;
      for (const auto& [node, entry] : process.known().all())
        known.push_back(entry);
      post(name, order.link, [this, known](auto& to, auto link) {
        to.take_news(link, known, true, now_);
      });
      break;
    }
    case kind::ping:
      post(name, order.link, [this, order](auto& to, auto link) {
        to.hear(link, now_);
        post(to.introduction().who.name, link,
             [this, order](auto& back, auto way) {
               back.take_pong(way, order.number, now_);
             });
      });
      break;
    }
  }
}

void member_net::deliver() {
  auto due =
      std::stable_partition(letters_.begin(), letters_.end(),
                            [this](auto& each) { return each.due > now_; });
  std::vector<letter> now{std::make_move_iterator(due),
                          std::make_move_iterator(letters_.end())};
  letters_.erase(due, letters_.end());
  // Links keep the order of what they carry.
  std::stable_sort(now.begin(), now.end(),
                   [](auto& a, auto& b) { return a.from_run < b.from_run; });
  for (auto& each : now) {
    auto& to = hosts_[each.to];
    if (to.process && to.run == each.to_run && !is_cut(each.from, each.to)
        && hosts_[each.from].run == each.from_run)
      each.read(*to.process, each.from_run);
  }
}

void member_net::pass(std::chrono::milliseconds time) {
  for (const auto until = now_ + time; now_ < until;) {
    now_ += tick;
    for (auto& [pair, since] : cut_at_)
      if (since + noticed_after <= now_)
        for (const auto& [one, other] :
             {pair, std::pair{pair.second, pair.first}})
          if (hosts_[one].process)
            hosts_[one].process->lose(hosts_[other].run, "timeout", now_);
    deliver();
    for (auto& [name, each] : hosts_)
      if (each.process) {
        each.process->advance(now_);
        carry_out(name);
      }
  }
}

std::set<std::string> member_net::owners_of(const std::string& store) const {
  std::set<std::string> found;
  for (const auto& [name, each] : hosts_) {
    const auto* own = each.disk.known.find(name);
    if (own && std::ranges::find(own->stores, store) != own->stores.end())
      found.insert(name);
  }
  return found;
}

const member_note* member_net::noted(const std::string& by,
                                     member_note::kind is) {
  for (const auto& each : hosts_[by].notes)
    if (each.is == is)
      return &each;
  return nullptr;
}

} // namespace holdfast::test
