// An IO thread over one kind of connection, with all of RESTinio in it.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <variant>

#include "http/answer_report.hpp"
#include "http/bridge.hpp"
#include "http/call_notes.hpp"
#include "http/io_loop.hpp"
#include "http/io_thread.hpp"
#include "http/listener.hpp"
#include "http/owed_reply.hpp"
#include "http/peer_name.hpp"
#include "http/refusal_line.hpp"
#include "http/request_id.hpp"
#include "http/restinio_io.hpp"
#include "http/server_traits.hpp"

namespace holdfast::http {

using request_handle = restinio::request_handle_t;
using handler =
    std::function<restinio::request_handling_status_t(request_handle)>;

/// What connections find on their io_context, where they need more than it.
using identify = void (*)(asio::io_context& io, const credentials& as);

/// One io_context with everything that lives on it.
template <class Stream>
class stream_thread final : public io_thread {
public:
  stream_thread(thread_parts parts, identify identify)
      : with_(parts.with), counters_(parts.counters), memory_(parts.memory),
        identify_(identify), door_(*parts.with.control) {
    edge_observer::set(*io_, [this](const edge_refusal& refused) {
      report_refusal(with_.log, refused);
    });
    use_here(with_.credentials);
    listener_.emplace(*io_, settings(),
                      listening_on(with_, counters_, parts.port));
    bridge_config config;
    config.next = std::move(parts.entry);
    config.counters = with_.control->counters.get();
    config.node = with_.node;
    config.runs_chain = with_.runs_chain;
    config.on_fatal = with_.on_fatal;
    config.respond = [this](waiting_request&& to, api_response&& response) {
      finish(std::move(to), std::move(response));
    };
    handle_ = parts.system.spawn<bridge>(std::ref(*io_), std::move(config));
    bridge_ = caf::actor_cast<bridge*>(handle_);
    thread_ = std::thread{[this] {
      io_->run();
    }};
  }

  ~stream_thread() override {
    if (!thread_.joinable())
      return;
    run_on(*io_, [this] { listener_->finish(); });
    settle(*io_); // Who was accepted last is answered.
    // On its own thread: afterwards no late answer or timer uses the loop.
    run_on(*io_, [this] {
      bridge_->abandon();
      crowd_.abandon();
    });
    bridge::end(handle_);
    run_on(*io_, [] {});
    io_->stop();
    thread_.join();
    // Here, and not where an answer that is late lets go of the loop.
    io_->drop_connections();
  }

  std::uint16_t port() const noexcept override {
    return listener_->port();
  }

  void use(const credentials& fresh) override {
    run_on(*io_, [&] { use_here(fresh); });
  }

  bool beat() override {
    if (!has_come_round_.exchange(false))
      return false;
    asio::post(*io_, [this] { has_come_round_ = true; });
    return true;
  }

  void drain() override {
    // Whoever comes from now on is told so, for as long as there is work to
    // be finished.
    run_on(*io_, [this] {
      bridge_->drain();
      crowd_.open();
    });
  }

private:
  using refusal = std::pair<waiting_request, api_response>;
  using traits = server_traits<handler, Stream>;

  void use_here(const credentials& fresh) {
    gate_.use(fresh.keys);
    identify_(*io_, fresh);
  }

  restinio::server_settings_t<traits> settings() {
    restinio::server_settings_t<traits> made;
    apply_server_limits(made);
    made.request_handler(
        [this](request_handle request) { return handle(std::move(request)); });
    return made;
  }

  restinio::request_handling_status_t handle(request_handle request) {
    const auto since = operation::clock::now();
    counters_.traffic.begin();
    const peer_name peer{request->remote_endpoint().address()};
    joined_lines joined;
    auto asked = read_request(*request, joined);
    asked.client = peer.text();
    auto id = request_id_of(asked.request_id);
    auto todo = interpret(asked, id, with_.node, gate_, door_);
    waiting_request call{std::move(request), std::move(id), todo.taken, since};
    note(todo, call, memory_);
    if (auto* op = std::get_if<operation_ptr>(&todo.next))
      bridge_->submit(std::move(*op), std::move(call));
    else if (auto* page = std::get_if<page_request>(&todo.next))
      with_.page(std::move(*page), page_answer(std::move(call)));
    else
      refuse(std::move(call), std::move(std::get<api_response>(todo.next)));
    return restinio::request_accepted();
  }

  void refuse(waiting_request&& call, api_response&& response) {
    const auto code = response.code;
    crowd_.take(code, {std::move(call), std::move(response)});
  }

  /// Every response goes out here. Counted first: who has it finds it there.
  void finish(waiting_request&& call, api_response&& response) {
    auto& request = *static_cast<restinio::request_t*>(call.request.get());
    const auto now = operation::clock::now();
    const auto took = now - call.since;
    if (call.key)
      memory_->settle(*call.key, response, now);
    counters_.traffic.end(call.taken, response.status, response.code, took);
    if (with_.log.wants && with_.log.wants(response.status))
      report_answer(with_.log, request, call, response, took);
    response.rate = call.rate;
    write_response(request, response,
                   {.request_id = call.id,
                    .rate_policy = with_.control->rate_policy,
                    .keeps_alive = !bridge_->is_draining()});
  }

  /// Brings the answer of a page to this thread, if it is still there.
  page_reply page_answer(waiting_request call) {
    auto id = call.id;
    auto bring = [this, home = std::weak_ptr{io_},
                  ticket = bridge_->expect(std::move(call))](
                     api_response&& response) mutable {
      if (const auto at = home.lock())
        asio::dispatch(
            *at, [this, ticket, response = std::move(response)]() mutable {
              bridge_->settle(ticket, std::move(response));
            });
    };
    return owe(std::move(bring), std::move(id));
  }

  const server_config& with_;
  io_counters& counters_;
  std::shared_ptr<answer_memory> memory_;
  identify identify_;
  door door_;
  /// Shared with the answers of pages that may outlive this thread.
  std::shared_ptr<io_loop> io_ = std::make_shared<io_loop>(1);
  /// A drained thread must still be there for its own end.
  asio::executor_work_guard<asio::io_context::executor_type> stay_{
      io_->get_executor()};
  refusal_line<refusal> crowd_{*io_, [this](refusal&& one) {
                                 finish(std::move(one.first),
                                        std::move(one.second));
                               }};
  authenticator gate_;
  bridge_actor handle_;
  bridge* bridge_ = nullptr;
  std::optional<listener<traits>> listener_;
  std::atomic<bool> has_come_round_{true};
  std::thread thread_;
};

} // namespace holdfast::http
