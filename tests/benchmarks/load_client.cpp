#include "tests/benchmarks/load_client.hpp"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <random>
#include <stdexcept>
#include <string>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "src/cli/load/http_connection.hpp"
#include "tests/support/adjust_rows.hpp"

namespace holdfast::bench {

namespace {

using cli::http_connection;
using clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto patience = 60s;

struct line {
  http_connection to;
  /// When the request under way should have been sent.
  clock::time_point due = {};
};

class load_run {
public:
  explicit load_run(const load_plan& plan);
  ~load_run() {
    // The servers started next would inherit it.
    ::prctl(PR_SET_TIMERSLACK, 0);
    ::close(poll_);
  }
  load_result run();

private:
  bool is_open_loop() const noexcept {
    return plan_.rate > 0;
  }
  void make_due(clock::time_point now);
  void send_due();
  void wait(clock::time_point now);
  static void open(http_connection& to);
  void receive(line& from);
  void send(line& on, clock::time_point due);
  void count(int status, clock::time_point due);

  load_plan plan_;
  cli::http_base base_{"127.0.0.1", plan_.port, {}};
  load_result result_;
  std::vector<line> lines_;
  /// Each has its turn: the server closes one that is silent for long.
  std::deque<line*> idle_;
  int poll_ = ::epoll_create1(EPOLL_CLOEXEC);
  /// Requests whose time has come, and who found no connection yet.
  std::deque<clock::time_point> backlog_;
  clock::time_point next_;
  clock::time_point measured_from_;
  clock::time_point end_;
  std::mt19937_64 random_{1};
  std::string keys_;
  std::uint64_t sent_ = 0;
};

load_run::load_run(const load_plan& plan) : plan_(plan) {
  lines_.reserve(plan.connections);
  for (std::size_t i = 0; i < plan.connections; ++i) {
    auto& made = lines_.emplace_back(line{http_connection{base_}});
    open(made.to);
    idle_.push_back(&made);
    epoll_event wanted{};
    wanted.events = EPOLLIN;
    wanted.data.ptr = &made;
    ::epoll_ctl(poll_, EPOLL_CTL_ADD, made.to.descriptor(), &wanted);
  }
  // Sleep to the point: the default rounds up to 50 us.
  ::prctl(PR_SET_TIMERSLACK, 1);
  next_ = clock::now();
  keys_ = std::to_string(next_.time_since_epoch().count());
  measured_from_ = next_ + plan.warm_up;
  end_ = measured_from_ + plan.span;
}

void load_run::open(http_connection& to) {
  const auto now = to.open();
  pollfd decided{to.descriptor(), POLLOUT, 0};
  if (now == http_connection::state::closed
      || (now == http_connection::state::opening
          && (::poll(&decided, 1, patience / 1ms) <= 0 || !to.finish_open())))
    throw std::runtime_error("nobody accepts connections");
}

load_result load_run::run() {
  for (auto now = clock::now();; now = clock::now()) {
    if (plan_.is_over != nullptr && *plan_.is_over)
      end_ = std::min(end_, now);
    make_due(now);
    send_due();
    const auto is_done =
        now >= end_ && backlog_.empty() && idle_.size() == lines_.size();
    if (is_done)
      return std::move(result_);
    if (now > end_ + patience)
      throw std::runtime_error("requests were not answered");
    wait(now);
  }
}

void load_run::make_due(clock::time_point now) {
  if (!is_open_loop()) {
    if (now < end_)
      backlog_.resize(idle_.size(), now);
    return;
  }
  std::exponential_distribution<double> seconds{plan_.rate};
  for (; next_ <= now && next_ < end_;
       next_ += std::chrono::duration_cast<clock::duration>(
           std::chrono::duration<double>{seconds(random_)}))
    backlog_.push_back(next_);
}

void load_run::send_due() {
  while (!backlog_.empty() && !idle_.empty()) {
    auto* on = idle_.front();
    idle_.pop_front();
    send(*on, backlog_.front());
    backlog_.pop_front();
  }
}

void load_run::send(line& on, clock::time_point due) {
  const auto n = sent_++;
  on.due = due;
  if (!on.to.send("POST /api/inventory/stores/store-1/inventory/"
                  + test::sku_name(n * 7'919 % plan_.skus)
                  + "/adjust HTTP/1.1\r\nHost: localhost\r\n"
                    "Content-Type: application/json\r\nIdempotency-Key: "
                  + keys_ + '-' + std::to_string(n)
                  + "\r\nContent-Length: 11\r\n\r\n{\"delta\":1}"))
    throw std::runtime_error("a request was not taken");
}

void load_run::wait(clock::time_point now) {
  const auto due = is_open_loop() && next_ < end_ ? next_ : now + 100ms;
  const auto left = std::max(due - clock::now(), clock::duration::zero());
  const timespec limit{
      std::chrono::duration_cast<std::chrono::seconds>(left).count(),
      std::chrono::nanoseconds{left % 1s}.count()};
  epoll_event ready[64];
  const auto count = ::epoll_pwait2(poll_, ready, 64, &limit, nullptr);
  if (count < 0 && errno != EINTR)
    throw std::runtime_error("cannot wait for answers");
  for (int i = 0; i < count; ++i)
    receive(*static_cast<line*>(ready[i].data.ptr));
}

void load_run::receive(line& from) {
  const auto now = from.to.receive();
  if (now == http_connection::progress::lost)
    throw std::runtime_error("the server broke off a connection");
  if (now == http_connection::progress::more)
    return;
  count(from.to.answer().status, from.due);
  idle_.push_back(&from);
}

void load_run::count(int status, clock::time_point due) {
  if (status == 504 && plan_.may_be_late) {
    ++result_.late;
    return;
  }
  if (status != 200 && status != 503)
    throw std::runtime_error("answered " + std::to_string(status));
  if (due < measured_from_ || due >= end_)
    return;
  const std::chrono::duration<double, std::milli> took = clock::now() - due;
  (status == 200 ? result_.answered_ms : result_.refused_ms)
      .push_back(took.count());
}

} // namespace

load_result run_load(const load_plan& plan) {
  return load_run{plan}.run();
}

} // namespace holdfast::bench
