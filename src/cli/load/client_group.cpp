#include "src/cli/load/client_group.hpp"

#include <algorithm>

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto pause = 20ms;
/// Has no answers, so nothing follows on one.
constexpr std::uint32_t nobody = ~std::uint32_t{0};

constexpr std::uint64_t ticket_of(std::uint32_t at, std::uint32_t generation) {
  return std::uint64_t{generation} << 32 | at;
}

} // namespace

client_group::client_group(const client_plan& plan, const name_book& names,
                           const watch& over, transport_ptr way,
                           workload_ptr work)
    : plan_(plan), names_(names), way_(std::move(way)), work_(std::move(work)),
      random_(plan.seed), seats_(plan.clients), record_(over) {
  for (auto i = plan.clients; i > 0; --i)
    idle_.push_back(i - 1);
}

void client_group::ask(std::uint32_t at, draft what, std::int64_t due_ns,
                       std::int64_t now) {
  auto& self = seats_[at];
  // A question that is asked again keeps its key.
  if (is_write(what.what) && what.number == 0) {
    what.author = plan_.first_client + at;
    what.number = ++self.writes;
  }
  if (what.sku >= touched_.size())
    touched_.resize(what.sku + 1);
  touched_[what.sku] = true;
  self.waits = true;
  self.ask = what;
  self.called_ns = now;
  self.due_ns = due_ns == 0 ? self.called_ns : due_ns;
  const auto ticket = ticket_of(at, ++self.generation);
  deadlines_.emplace_back(
      self.called_ns + std::chrono::nanoseconds{plan_.patience}.count(),
      ticket);
  way_->send(at, ticket, names_.spell(what, true));
}

void client_group::advance() {
  std::exponential_distribution<double> seconds{plan_.rate};
  next_due_ns_ += static_cast<std::int64_t>(seconds(random_) * 1e9);
}

void client_group::ask_next(std::uint32_t at, std::int64_t due_ns,
                            std::int64_t now) {
  if (const auto what = work_->next(plan_.first_client + at))
    ask(at, *what, due_ns, now);
  else
    done_.push_back(at);
}

/// False if there is nothing left to ask.
bool client_group::ask_due() {
  const auto is_open = plan_.rate > 0;
  const auto now = now_ns();
  while (!idle_.empty() && !(is_open && next_due_ns_ > now)) {
    const auto at = idle_.back();
    idle_.pop_back();
    ask_next(at, is_open ? next_due_ns_ : 0, now);
    if (is_open)
      advance();
  }
  way_->flush();
  return done_.size() < seats_.size();
}

void client_group::ask_tasks() {
  const auto now = now_ns();
  while (!idle_.empty() && !tasks_->empty()) {
    const auto at = idle_.back();
    idle_.pop_back();
    const auto task = tasks_->back();
    tasks_->pop_back();
    ask(at, task, 0, now);
  }
  way_->flush();
}

/// What only an answer leads to was not due before that.
void client_group::skip_void() {
  if (plan_.rate <= 0 || work_->has_more())
    return;
  for (const auto now = now_ns(); next_due_ns_ < now;)
    advance();
}

/// They waited at least until the end.
void client_group::count_missed(std::int64_t until_ns) {
  if (plan_.rate <= 0)
    return;
  for (; next_due_ns_ < until_ns && work_->next(nobody); advance())
    missed_.add(latency_counts::bucket_of(
                    static_cast<std::uint64_t>(until_ns - next_due_ns_)),
                1);
}

void client_group::add_touched(std::vector<bool>& into) const {
  for (std::size_t sku = 0; sku < touched_.size(); ++sku)
    if (touched_[sku])
      into[sku] = true;
}

void client_group::wait_for_all() {
  while (idle_.size() + done_.size() < seats_.size())
    take_answers(clock::now() + pause);
}

bool client_group::run(clock::time_point until, const std::atomic<bool>& stop) {
  auto has_more = true;
  next_due_ns_ = now_ns();
  while (has_more && !stop.load(std::memory_order_relaxed)) {
    const auto now = clock::now();
    if (now >= until)
      break;
    has_more = ask_due();
    auto wake = std::min(until, now + pause);
    if (plan_.rate > 0 && !idle_.empty())
      wake = std::min(
          wake, clock::time_point{std::chrono::nanoseconds{next_due_ns_}});
    const auto all_wait = idle_.empty();
    if (has_more)
      take_answers(wake);
    if (all_wait)
      skip_void();
  }
  // Who interrupts a load that stands still is to see that.
  if (has_more)
    count_missed(stop.load(std::memory_order_relaxed)
                     ? now_ns()
                     : until.time_since_epoch().count());
  wait_for_all();
  return has_more;
}

void client_group::settle(std::vector<draft>& tasks, clock::time_point until,
                          const std::atomic<bool>* end) {
  tasks_ = &tasks;
  refused_.reset();
  idle_.insert(idle_.end(), done_.begin(), done_.end());
  done_.clear();
  while (clock::now() < until && (end == nullptr || !*end)) {
    ask_tasks();
    if (tasks.empty() && idle_.size() == seats_.size())
      break;
    const auto left = tasks.size();
    const auto idle = idle_.size();
    take_answers(clock::now() + pause);
    const auto put_off = tasks.size() - left;
    // Nothing but refusals: do not hammer.
    if (put_off > 0 && put_off == idle_.size() - idle)
      for (const auto again = clock::now() + pause; clock::now() < again;)
        take_answers(again);
  }
  wait_for_all();
  tasks_ = nullptr;
}

} // namespace holdfast::cli
