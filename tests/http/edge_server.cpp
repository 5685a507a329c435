#include "tests/http/edge_server.hpp"

#include <atomic>
#include <string>
#include <thread>

#include "http/server_traits.hpp"
#include "http/tls_context.hpp"
#include "http/tls_stream.hpp"

namespace holdfast::http {

namespace {

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
  virtual ~impl() = default;

  asio::io_context context;
  std::uint16_t port = 0;
  std::atomic<std::uint64_t> handled{0};
};

namespace {

template <class Stream>
struct running final : edge_server::impl {
  using traits = server_traits<restinio::default_request_handler_t, Stream>;

  explicit running(const std::shared_ptr<asio::ssl::context>& tls)
      : http(restinio::external_io_context(identified(tls)), make_settings()) {
    http.open_sync();
    thread = std::thread{[this] {
      context.run();
    }};
  }

  ~running() override {
    asio::post(context, [this] {
      http.close_sync();
      context.stop();
    });
    thread.join();
  }

  asio::io_context& identified(const std::shared_ptr<asio::ssl::context>& tls) {
    asio::use_service<tls_identity>(context).use(tls);
    return context;
  }

  restinio::server_settings_t<traits> make_settings() {
    restinio::server_settings_t<traits> settings;
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

  restinio::http_server_t<traits> http;
  std::thread thread;
};

} // namespace

edge_server::edge_server()
    : impl_(std::make_unique<running<asio::ip::tcp::socket>>(nullptr)) {
  // nop
}

edge_server::edge_server(const test::test_ca& as)
    : impl_(std::make_unique<running<tls_stream>>(load_tls_context(
        {"TLS_CERT", as.certificate()}, {"TLS_KEY", as.key()}))) {
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
