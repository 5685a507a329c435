// What RESTinio alone takes: one IO thread, an answer without any work. The
// bound that every figure of the node is compared to. Prints its port.
#include <iostream>
#include <string>

#include <restinio/all.hpp>

namespace {

struct traits : restinio::traits_t<restinio::asio_timer_manager_t,
                                   restinio::null_logger_t> {};

restinio::request_handling_status_t
answer(const restinio::request_handle_t& request) {
  request->create_response(restinio::status_ok())
      .append_header("Content-Type", "application/json")
      .set_body(std::string{R"({"ok":true,"version":12345})"})
      .done();
  return restinio::request_accepted();
}

} // namespace

int main() {
  restinio::run(
      restinio::on_thread_pool<traits>(1)
          .port(0)
          .address("127.0.0.1")
          .acceptor_post_bind_hook([](asio::ip::tcp::acceptor& bound) {
            std::cout << bound.local_endpoint().port() << std::endl;
          })
          .handle_request_timeout(std::chrono::seconds(10))
          .max_pipelined_requests(16)
          .request_handler(answer));
}
