#include "src/cli/load/http_transport.hpp"

#include <cerrno>
#include <deque>
#include <optional>
#include <string>

#include <sys/epoll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "src/cli/load/http_connection.hpp"
#include "src/cli/load/put_off_replies.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;

/// A node that comes back takes a while; one that is gone stays gone.
constexpr auto refusals_max = 30s;

class http_transport final : public transport {
public:
  http_transport(const http_base& to, std::uint32_t clients) : to_(to) {
    poll_ = ::epoll_create1(EPOLL_CLOEXEC);
    for (std::uint32_t i = 0; i < clients; ++i)
      lines_.push_back({http_connection{to_}, 0, action::read, {}});
    // Sleep to the point: the default rounds up to 50 us.
    ::prctl(PR_SET_TIMERSLACK, 1);
  }
  ~http_transport() override {
    ::close(poll_);
  }

  void send(std::uint32_t slot, std::uint64_t ticket, command&& ask) override {
    auto& line = lines_[slot];
    line.ticket = ticket;
    line.asked = ask.from.what;
    line.request = to_request(ask, to_);
    const auto was_open = line.to.descriptor() >= 0;
    switch (line.to.open()) {
    case http_connection::state::closed:
      turn_away(line);
      return;
    case http_connection::state::opening:
      listen(slot, EPOLL_CTL_ADD, EPOLLOUT);
      return;
    case http_connection::state::open:
      break;
    }
    if (!was_open) {
      refused_since_.reset();
      listen(slot, EPOLL_CTL_ADD, EPOLLIN);
    }
    hand_over(line);
  }

  void flush() override {
    // Each request left at once, or leaves once its connection is open.
  }

  void receive(clock::time_point until, std::vector<reply>& into) override {
    const auto wake = put_off_.wake(lost_.empty() ? until : clock::now());
    const auto left = std::max(wake - clock::now(), clock::duration::zero());
    const auto whole = std::chrono::floor<std::chrono::seconds>(left);
    const timespec limit{whole.count(),
                         std::chrono::nanoseconds{left - whole}.count()};
    epoll_event ready[256];
    const auto count = ::epoll_pwait2(poll_, ready, 256, &limit, nullptr);
    if (count < 0 && errno != EINTR)
      throw load_failure{"cannot wait for answers"};
    for (int i = 0; i < count; ++i)
      take(ready[i].data.u32, into);
    into.insert(into.end(), std::make_move_iterator(lost_.begin()),
                std::make_move_iterator(lost_.end()));
    lost_.clear();
    put_off_.take(into);
  }

  fate abandon(std::uint32_t slot) override {
    auto& to = lines_[slot].to;
    // One that is closed got no question, or not all of it.
    const auto had_left = to.descriptor() >= 0 && !to.is_opening();
    // What comes yet must not be taken for the next answer.
    to.close();
    return had_left ? fate::unknown : fate::unreached;
  }

private:
  struct line {
    http_connection to;
    std::uint64_t ticket = 0;
    action asked = action::read;
    std::string request;
  };

  void listen(std::uint32_t slot, int what, std::uint32_t events) {
    epoll_event wanted{};
    wanted.events = events;
    wanted.data.u32 = slot;
    ::epoll_ctl(poll_, what, lines_[slot].to.descriptor(), &wanted);
  }

  void turn_away(const line& of) {
    const auto now = clock::now();
    if (!refused_since_)
      refused_since_ = now;
    if (now > *refused_since_ + refusals_max)
      throw load_failure{"nobody accepts connections any more"};
    put_off_.add({of.ticket, fate::unreached, {}});
  }

  void hand_over(line& over) {
    if (over.to.send(over.request))
      return;
    over.to.close();
    lost_.push_back({over.ticket, fate::unknown, {}});
  }

  void take(std::uint32_t slot, std::vector<reply>& into) {
    auto& line = lines_[slot];
    if (!line.to.is_opening()) {
      take_answer(line, into);
    } else if (line.to.finish_open()) {
      refused_since_.reset();
      listen(slot, EPOLL_CTL_MOD, EPOLLIN);
      hand_over(line);
    } else {
      turn_away(line);
    }
  }

  static void take_answer(line& from, std::vector<reply>& into) {
    switch (from.to.receive()) {
    case http_connection::progress::more:
      return;
    case http_connection::progress::lost:
      from.to.close();
      into.push_back({from.ticket, fate::unknown, {}});
      return;
    case http_connection::progress::whole:
      break;
    }
    const auto& answer = from.to.answer();
    into.push_back(
        {from.ticket, fate::answered, to_outcome(answer, from.asked)});
    if (answer.is_last)
      from.to.close();
  }

  const http_base& to_;
  int poll_ = -1;
  std::deque<line> lines_;
  std::vector<reply> lost_;
  put_off_replies put_off_;
  /// Since when nobody accepts a connection.
  std::optional<clock::time_point> refused_since_;
};

} // namespace

transport_ptr make_http_transport(const http_base& to, std::uint32_t clients) {
  return std::make_unique<http_transport>(to, clients);
}

} // namespace holdfast::cli
