#include "http/server.hpp"

#include <future>
#include <stdexcept>
#include <thread>

#include "http/bridge.hpp"
#include "http/interpret.hpp"
#include "http/preconditions.hpp"
#include "http/restinio_io.hpp"
#include "http/server_traits.hpp"

namespace holdfast::http {

namespace {

using request_handle = restinio::request_handle_t;
using handler =
    std::function<restinio::request_handling_status_t(request_handle)>;
using traits = server_traits<handler>;

void reuse_address(restinio::acceptor_options_t& options) {
  options.set_option(asio::ip::tcp::acceptor::reuse_address{true});
}

/// Lets several acceptors share a port, one per IO thread.
void share_port(restinio::acceptor_options_t& options) {
  using reuse_port =
      asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
  options.set_option(asio::ip::tcp::acceptor::reuse_address{true});
  options.set_option(reuse_port{true});
}

/// Fails if anybody listens there already: a shared port would let a second
/// node in, and the kernel would deal the callers out to both.
void ensure_free(const server_config& with) {
  asio::io_context io;
  asio::ip::tcp::acceptor probe{io};
  const auto host = with.host == "localhost" ? "127.0.0.1" : with.host;
  const asio::ip::tcp::endpoint at{asio::ip::make_address(host), with.port};
  probe.open(at.protocol());
  probe.set_option(asio::ip::tcp::acceptor::reuse_address{true});
  probe.bind(at);
  probe.listen();
}

} // namespace

/// One io_context with everything that lives on it.
class server::io_thread {
public:
  io_thread(caf::actor_system& system, chain_actor entry,
            const server_config& with, std::uint16_t port)
      : with_(with) {
    const auto share = std::max<std::uint32_t>(with.threads, 1);
    server_ = std::make_unique<restinio::http_server_t<traits>>(
        restinio::external_io_context(io_), settings(port));
    server_->open_sync();
    bridge_config config;
    config.next = std::move(entry);
    config.waiting_max = std::max<std::size_t>(with.waiting_max / share, 1);
    config.node = with.node;
    config.runs_chain = with.runs_chain;
    config.respond = [this](waiting_request&& to, api_response&& response) {
      auto& request = *static_cast<restinio::request_t*>(to.request.get());
      write_response(request, std::move(response), std::move(to.id),
                     bridge_->is_draining());
    };
    handle_ = system.spawn<bridge>(std::ref(io_), std::move(config));
    bridge_ = caf::actor_cast<bridge*>(handle_);
    thread_ = std::thread{[this] {
      io_.run();
    }};
  }

  ~io_thread() {
    if (!thread_.joinable())
      return;
    // The bridge ends on its own thread: afterwards its mailbox is closed, and
    // no late answer or timer reaches for the io_context.
    run([this] { bridge_->abandon(); });
    bridge::end(handle_);
    run([] {});
    io_.stop();
    thread_.join();
  }

  std::uint16_t port() const noexcept {
    return port_;
  }

  std::size_t waiting() const noexcept {
    return bridge_->waiting();
  }

  void drain() {
    run([this] {
      bridge_->drain();
      server_->close_sync();
    });
  }

private:
  restinio::server_settings_t<traits> settings(std::uint16_t port) {
    restinio::server_settings_t<traits> made;
    apply_server_limits(made);
    made.address(with_.host)
        .port(port)
        .max_parallel_connections(with_.connections_max)
        .acceptor_options_setter(with_.threads > 1 ? share_port : reuse_address)
        .acceptor_post_bind_hook([this](asio::ip::tcp::acceptor& bound) {
          port_ = bound.local_endpoint().port();
        })
        .request_handler([this](request_handle request) {
          return handle(std::move(request));
        });
    return made;
  }

  restinio::request_handling_status_t handle(request_handle request) {
    const auto asked = read_request(*request);
    auto id = request_id_of(asked.request_id);
    auto meaning = interpret(asked, id, with_.node).next;
    if (auto* op = std::get_if<operation_ptr>(&meaning)) {
      bridge_->submit(std::move(*op), {std::move(request), std::move(id)});
      return restinio::request_accepted();
    }
    auto* page = std::get_if<builtin>(&meaning);
    auto response =
        page ? with_.page(*page) : std::move(std::get<api_response>(meaning));
    write_response(*request, std::move(response), std::move(id),
                   bridge_->is_draining());
    return restinio::request_accepted();
  }

  /// Runs `task` on the IO thread and waits for it.
  template <class Task>
  void run(Task task) {
    std::promise<void> done;
    asio::post(io_, [&] {
      task();
      done.set_value();
    });
    done.get_future().wait();
  }

  const server_config& with_;
  asio::io_context io_{1};
  /// A drained thread must still be there for its own end.
  asio::executor_work_guard<asio::io_context::executor_type> stay_{
      io_.get_executor()};
  bridge_actor handle_;
  bridge* bridge_ = nullptr;
  std::unique_ptr<restinio::http_server_t<traits>> server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

server::server(caf::actor_system& system, chain_actor entry,
               server_config config)
    : config_(std::move(config)) {
  auto port = config_.port;
  try {
    if (config_.threads > 1 && config_.port != 0)
      ensure_free(config_);
    for (std::uint32_t i = 0; i < std::max<std::uint32_t>(config_.threads, 1);
         ++i) {
      threads_.push_back(
          std::make_unique<io_thread>(system, entry, config_, port));
      port = threads_.front()->port();
    }
  } catch (const std::exception& e) {
    throw std::runtime_error{"cannot listen on " + config_.host + ":"
                             + std::to_string(port) + ": " + e.what()};
  }
}

server::~server() = default;

std::uint16_t server::port() const noexcept {
  return threads_.front()->port();
}

void server::drain() {
  for (const auto& each : threads_)
    each->drain();
}

std::size_t server::waiting() const noexcept {
  std::size_t sum = 0;
  for (const auto& each : threads_)
    sum += each->waiting();
  return sum;
}

void server::stop() {
  threads_.clear();
}

} // namespace holdfast::http
