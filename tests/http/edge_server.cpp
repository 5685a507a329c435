#include "tests/http/edge_server.hpp"

#include <atomic>
#include <future>
#include <string>
#include <thread>

#include "http/server_traits.hpp"

namespace holdfast::http {

namespace {

using server = restinio::http_server_t<server_traits<>>;

bool starts_with(const std::string& target, const char* what) {
  return target.rfind(what, 0) == 0;
}

void answer(const restinio::request_handle_t& request) {
  const auto& head = request->header();
  const std::string target{head.request_target()};
  std::string text = head.method().c_str();
  text += ' ';
  text += target;
  text += '\n';
  text += request->body();
  if (starts_with(target, "/large"))
    text.append(edge_server::large_size, 'x');
  if (head.method() == restinio::http_method_head())
    text.clear();
  request->create_response().set_body(std::move(text)).done();
}

} // namespace

struct edge_server::impl {
  impl() : http(restinio::external_io_context(context), make_settings()) {
    http.open_sync();
    thread = std::thread{[this] {
      context.run();
    }};
  }

  ~impl() {
    asio::post(context, [this] {
      http.close_sync();
      context.stop();
    });
    thread.join();
  }

  restinio::server_settings_t<server_traits<>> make_settings() {
    restinio::server_settings_t<server_traits<>> settings;
    apply_server_limits(settings);
    settings.address("127.0.0.1")
        .port(0)
        .acceptor_post_bind_hook([this](asio::ip::tcp::acceptor& acceptor) {
          port = acceptor.local_endpoint().port();
        })
        .request_handler([this](const restinio::request_handle_t& request) {
          ++handled;
          if (starts_with(std::string{request->header().path()}, "/later"))
            asio::post(context, [request] { answer(request); });
          else
            answer(request);
          return restinio::request_accepted();
        });
    return settings;
  }

  asio::io_context context;
  std::uint16_t port = 0;
  std::atomic<std::uint64_t> handled{0};
  server http;
  std::thread thread;
};

edge_server::edge_server() : impl_(std::make_unique<impl>()) {
  // nop
}

edge_server::~edge_server() = default;

std::uint16_t edge_server::port() const noexcept {
  return impl_->port;
}

std::uint64_t edge_server::handled() const noexcept {
  return impl_->handled;
}

} // namespace holdfast::http
