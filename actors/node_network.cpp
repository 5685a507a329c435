#include "actors/node_network.hpp"

#include <chrono>
#include <stdexcept>

#include <caf/io/basp_broker.hpp>
#include <caf/io/middleman.hpp>
#include <caf/io/middleman_actor_impl.hpp>
#include <caf/openssl/manager.hpp>
#include <caf/send.hpp>

#include "actors/node_call.hpp"
#include "actors/node_door.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

namespace {

using caf::io::network::default_multiplexer;
using std::chrono::duration_cast;

constexpr auto interval_name = "middleman.heartbeat-interval";
constexpr auto timeout_name = "middleman.connection-timeout";
constexpr caf::timespan interval = limits::heartbeat_period;
constexpr caf::timespan timeout = limits::heartbeat_timeout;

constexpr std::chrono::milliseconds sweep_every{1'000};
/// Nodes know each other long before.
constexpr auto stranger_patience = 2 * limits::greet_timeout;

using sweeper_actor = caf::typed_actor<caf::reacts_to<sweep_atom>>;

/// What others opened, and what this node did.
struct connections {
  guest_list_ptr guests = std::make_shared<guest_list>();
  guest_list_ptr called = std::make_shared<guest_list>();
};

default_multiplexer& backend_of(caf::actor_system& system) {
  return static_cast<default_multiplexer&>(system.middleman().backend());
}

/// CAF's own, but for the sockets it opens: `listening` is the one that is
/// published.
class link_opener final : public caf::io::middleman_actor_impl {
public:
  link_opener(caf::actor_config& config, caf::actor broker, int listening,
              bool is_guarded, connections all)
      : middleman_actor_impl(config, std::move(broker)), listening_(listening),
        is_guarded_(is_guarded), all_(std::move(all)) {
    // nop
  }

protected:
  caf::expected<caf::io::scribe_ptr> connect(const std::string& host,
                                             std::uint16_t port) override {
    const auto socket = call_node({host, port});
    if (socket < 0)
      return caf::sec::cannot_connect_to_node;
    auto link =
        make_node_link(backend_of(system()), socket, is_guarded_, all_.called);
    if (!link)
      return caf::sec::cannot_connect_to_node;
    return link;
  }
  caf::expected<caf::io::doorman_ptr> open(std::uint16_t, const char*,
                                           bool) override {
    return make_node_door(backend_of(system()), listening_, is_guarded_,
                          all_.guests);
  }

private:
  const int listening_;
  const bool is_guarded_;
  const connections all_;
};

/// Ends connections that lead nowhere.
sweeper_actor::behavior_type sweeper(sweeper_actor::pointer self,
                                     connections all) {
  self->delayed_send(self, sweep_every, sweep_atom_v);
  return {[=](sweep_atom) {
    self->delayed_send(self, sweep_every, sweep_atom_v);
    backend_of(self->system()).post([all] {
      dismiss_strangers(*all.guests, stranger_patience);
      dismiss_strangers(*all.called, stranger_patience);
    });
  }};
}

/// The address of a node that was killed is free at once.
int listen_at(const node_address& at) {
  auto socket =
      caf::io::network::new_tcp_acceptor_impl(at.port, at.host.c_str(), true);
  if (!socket)
    throw std::runtime_error{"cannot listen for nodes on " + to_string(at)
                             + ": " + to_string(socket.error())};
  caf::io::network::child_process_inherit(*socket, false);
  return *socket;
}

void answer(dialler_actor::pointer self, const member_actor& to,
            std::uint64_t number, caf::strong_actor_ptr who,
            std::string failure) {
  self->send(to, dialled{number, std::move(who), std::move(failure)});
}

/// Asks the middleman, which may take its time, and never waits.
dialler_actor::behavior_type caller(dialler_actor::pointer self,
                                    caf::io::middleman_actor middleman) {
  return {[=](const dial_order& order, const member_actor& to) {
    const auto number = order.number;
    self->request(middleman, limits::greet_timeout, caf::connect_atom_v,
                  order.to.host, order.to.port)
        .then(
            [=](const caf::node_id& node, caf::strong_actor_ptr& who,
                const std::set<std::string>&) {
              const bool is_self = node == self->system().node();
              if (is_self && who && who->id() != to.id())
                answer(self, to, number, nullptr,
                       "the node there has the network identity of this one: "
                       "give it another MAC address or process id");
              else
                answer(self, to, number, who,
                       who ? "" : "no member answers there");
            },
            [=](const caf::error& why) {
              answer(self, to, number, nullptr, to_string(why));
            });
  }};
}

} // namespace

void load_network(caf::actor_system_config& config, const settings& with) {
  config.load<caf::io::middleman>();
  config.set(interval_name, interval);
  config.set(timeout_name, timeout);
  // What comes in is decoded where it is read: one hop less.
  config.set("middleman.workers", std::size_t{0});
  if (with.node_tls_cert.empty())
    return;
  config.load<caf::openssl::manager>();
  config.openssl_certificate = with.node_tls_cert;
  config.openssl_key = with.node_tls_key;
  config.openssl_cafile = with.node_tls_ca;
}

node_network::node_network(caf::actor_system& system, const settings& with)
    : system_(system) {
  const auto& config = system.config();
  if (caf::get_or(config, interval_name, caf::timespan{0}) != interval
      || caf::get_or(config, timeout_name, caf::timespan{0}) != timeout)
    throw std::runtime_error{"the heartbeats between nodes did not take"};
  int listening = -1;
  if (with.node_port != 0 || with.any_node_port) {
    listening = listen_at({with.node_host, with.node_port});
    port_ = caf::io::network::local_port_of_fd(listening).value();
  }
  const connections all;
  sweeper_ =
      caf::actor_cast<caf::actor>(system.spawn<caf::hidden>(sweeper, all));
  auto broker =
      system.middleman().named_broker<caf::io::basp_broker>(caf::atom("BASP"));
  const auto made = system.spawn<link_opener, caf::detached + caf::hidden>(
      std::move(broker), listening, !with.node_tls_cert.empty(), all);
  middleman_ = caf::actor_cast<caf::actor>(made);
  dialler_ = system.spawn<caf::hidden>(caller, made);
}

void node_network::open(const member_actor& whom) {
  caf::anon_send(middleman_, caf::publish_atom_v, port_,
                 caf::actor_cast<caf::strong_actor_ptr>(whom),
                 std::set<std::string>{}, std::string{}, true);
}

void node_network::finish() {
  caf::anon_send_exit(sweeper_, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(dialler_, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(middleman_, caf::exit_reason::kill);
}

} // namespace holdfast
