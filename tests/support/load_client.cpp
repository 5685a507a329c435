#include "tests/support/load_client.hpp"

#include <algorithm>
#include <thread>

#include "tests/support/answer_reader.hpp"
#include "tests/support/wire_request.hpp"

namespace holdfast::test {

namespace {

/// Holds a client knows; more would only let old ones pile up.
constexpr std::size_t holds_max = 40;

std::int64_t now_ns() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

/// The one that an answer tells, 0 if it tells none.
std::uint64_t version_in(const outcome& answer) {
  if (answer.has_record)
    return answer.record.version;
  return answer.current_version == absent
             ? 0
             : static_cast<std::uint64_t>(answer.current_version);
}

} // namespace

load_client::load_client(const load_plan& plan, unsigned number)
    : plan_(plan), number_(number), random_(plan.seed * 1'000 + number) {
  // nop
}

std::string load_client::sku_name(unsigned index) {
  return "sku-" + std::to_string(index);
}

std::uint64_t load_client::known_version(const origin& of) const {
  const auto found = versions_.find({of.store, of.sku});
  return found == versions_.end() ? 0 : found->second;
}

std::uint64_t load_client::below(std::uint64_t bound) {
  return random_() % bound;
}

void load_client::name(command& ask) {
  if (!is_write(ask.from.what))
    return;
  ask.from.key = std::to_string(number_) + "-" + std::to_string(++keys_);
  ask.from.reference = ask.from.key;
  ask.from.reason.assign(plan_.reason_bytes, 'x');
}

bool load_client::perform(http_client& to, const command& ask) {
  const auto request = to_wire(ask);
  call made;
  made.seen.client = number_;
  made.seen.ask = ask;
  made.seen.called_ns = now_ns();
  const auto result =
      to.ask(request.method, request.target, request.body, request.fields);
  if (result.is == http_result::fate::not_sent)
    return false;
  made.status = result.status();
  if (made.status != 0) {
    made.seen.returned_ns = now_ns();
    made.retry_after = result.response.field("Retry-After");
    const auto answer = read_answer(ask.from.what, result.response);
    made.is_malformed = !answer;
    made.seen.answer = answer.value_or(outcome{});
    // The contract has no doubt about those: nothing was changed.
    made.seen.known =
        answer && (made.is_put_off() || !leaves_doubt(answer->code));
  }
  const auto& told = made.seen;
  if (told.known) {
    auto& version = versions_[{ask.from.store, ask.from.sku}];
    version = std::max(version, version_in(told.answer));
  }
  if (is_write(ask.from.what) && !told.known)
    unsettled_.push_back(ask);
  if (told.known && told.answer.ok() && ask.from.what == action::reserve
      && holds_.size() < holds_max)
    holds_.push_back({ask.from.store, ask.from.sku, told.answer.hold.ref});
  calls_.push_back(std::move(made));
  return true;
}

void load_client::run(std::uint16_t port, const std::atomic<bool>& is_over) {
  http_client to{port};
  const auto end = calls_.size() + plan_.requests_max;
  while (!is_over && perform(to, choose())
         && (plan_.requests_max == 0 || calls_.size() < end))
    std::this_thread::sleep_for(calls_.back().is_put_off() ? plan_.refused_pause
                                                           : plan_.think_time);
}

bool load_client::settle(std::uint16_t port) {
  http_client to{port};
  for (auto left = unsettled_.size(); left > 0; --left) {
    const auto ask = unsettled_.front();
    if (!perform(to, ask))
      return false;
    unsettled_.pop_front();
  }
  return unsettled_.empty();
}

const call* load_client::ask(http_client& to, action what,
                             const std::string& store, const std::string& sku,
                             std::int64_t amount) {
  command made;
  made.from.what = what;
  made.from.store = store;
  made.from.sku = sku;
  made.amount = amount;
  name(made);
  return perform(to, made) ? &calls_.back() : nullptr;
}

} // namespace holdfast::test
