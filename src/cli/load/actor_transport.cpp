#include "src/cli/load/actor_transport.hpp"

#include <algorithm>
#include <optional>

#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include "actors/caller_unit.hpp"
#include "actors/operation.hpp"
#include "holdfast/limits.hpp"
#include "src/cli/load/put_off_replies.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

/// A node that comes back takes a while; one that is gone stays gone.
constexpr auto absence_max = 30s;

class actor_transport final : public transport {
public:
  actor_transport(caf::actor_system& system, chain_actor entry)
      : unit_(system), self_(system),
        home_(caf::actor_cast<answer_actor>(self_)), entry_(std::move(entry)) {
    self_->context(&unit_);
  }

  ~actor_transport() override {
    self_->context(nullptr);
  }

  void send(std::uint32_t, std::uint64_t ticket, command&& ask) override {
    auto made = std::make_shared<operation>(std::move(ask));
    made->ticket = ticket;
    made->reply_to = home_;
    if (out_.items.empty())
      deadline_ = operation::clock::now() + limits::request_deadline;
    made->deadline = deadline_;
    out_.items.push_back(std::move(made));
  }

  void flush() override {
    if (!out_.items.empty())
      self_->send(entry_, std::exchange(out_, {}));
    unit_.run_ready();
  }

  void receive(clock::time_point until, std::vector<reply>& into) override {
    const auto left = put_off_.wake(until) - clock::now();
    take(std::max(left, clock::duration::zero()), into);
    while (self_->has_next_message())
      take(clock::duration::zero(), into);
    put_off_.take(into);
    if (has_given_up_)
      throw load_failure{"a store cannot be reached any more"};
    if (report_.permits + report_.successes + report_.faults == 0)
      return;
    self_->send(entry_, std::exchange(report_, {}));
    unit_.run_ready();
  }

  fate abandon(std::uint32_t) override {
    // An answer that comes yet finds nobody who waits.
    return fate::unknown;
  }

private:
  void take(clock::duration at_most, std::vector<reply>& into) {
    self_->receive(
        [&](const batch& in) {
          for (const auto& op : in.items)
            sort(*op, into);
        },
        caf::after(at_most) >> [] {});
  }

  void sort(operation& op, std::vector<reply>& into) {
    give_back(op);
    if (code_of(op) != error_code::store_unavailable) {
      away_since_.reset();
      into.emplace_back(op.ticket, fate::answered, answer_of(op));
      return;
    }
    const auto now = clock::now();
    if (!away_since_)
      away_since_ = now;
    has_given_up_ = now > *away_since_ + absence_max;
    put_off_.add({op.ticket, fate::answered, answer_of(op)});
  }

  void give_back(operation& op) {
    if (op.admitted.exchange(false, std::memory_order_relaxed))
      ++report_.permits;
    if (op.passed.exchange(false, std::memory_order_relaxed))
      ++(is_fault(code_of(op)) ? report_.faults : report_.successes);
  }

  caller_unit unit_;
  caf::scoped_actor self_;
  answer_actor home_;
  chain_actor entry_;
  batch out_;
  /// Of all that is in it.
  operation::clock::time_point deadline_;
  report report_;
  put_off_replies put_off_;
  /// Since when there is no other answer.
  std::optional<clock::time_point> away_since_;
  bool has_given_up_ = false;
};

} // namespace

transport_ptr make_actor_transport(caf::actor_system& system,
                                   chain_actor entry) {
  return std::make_unique<actor_transport>(system, std::move(entry));
}

} // namespace holdfast::cli
