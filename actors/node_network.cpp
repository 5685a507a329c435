#include "actors/node_network.hpp"

#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include <caf/io/basp_broker.hpp>
#include <caf/io/middleman.hpp>
#include <caf/openssl/manager.hpp>
#include <caf/send.hpp>

#include "actors/node_call.hpp"
#include "actors/node_calls.hpp"
#include "actors/node_dialler.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

namespace {

using caf::io::network::default_multiplexer;
using std::chrono::duration_cast;

constexpr auto interval_name = "middleman.heartbeat-interval";
constexpr auto timeout_name = "middleman.connection-timeout";
constexpr caf::timespan interval = limits::heartbeat_period;
constexpr caf::timespan timeout = limits::heartbeat_timeout;

constexpr std::chrono::milliseconds dismiss_every{1'000};
/// Nodes know each other long before.
constexpr auto stranger_patience = 2 * limits::greet_timeout;

using sweeper_actor = caf::typed_actor<caf::reacts_to<sweep_atom>>;

/// What others opened, and what this node did.
struct connections {
  guest_list_ptr guests;
  guest_list_ptr called = std::make_shared<guest_list>();
};

default_multiplexer& backend_of(caf::actor_system& system) {
  return static_cast<default_multiplexer&>(system.middleman().backend());
}

struct sweeper_state {
  static inline constexpr const char* name = "sweeper";
};

/// Ends connections that lead nowhere.
sweeper_actor::behavior_type
sweeper(sweeper_actor::stateful_pointer<sweeper_state> self, connections all) {
  self->delayed_send(self, dismiss_every, sweep_atom_v);
  return {[=](sweep_atom) {
    self->delayed_send(self, dismiss_every, sweep_atom_v);
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

/// In the place of CAF's middleman actor, which connects on its one thread: who
/// is silent there holds up all others, and `request` gives up on messages that
/// stay in its mailbox. A call makes the link, too: TLS reads the files of the
/// certificate for it.
dialler_config calls_of(caf::actor_system& system, bool is_guarded,
                        node_address own, guest_list_ptr called,
                        std::shared_ptr<node_calls> threads,
                        caf::actor broker) {
  auto call = [=, &system](const node_address& to, std::uint64_t number,
                           const caller_actor& tell,
                           const std::shared_ptr<call_fault>& fault) {
    return threads->begin([=, &system] {
      const auto socket = call_node(to, own);
      caf::io::scribe_ptr link;
      if (socket >= 0)
        link = make_node_link(backend_of(system), socket, is_guarded, called,
                              [fault](auto& why) { fault->note(why); });
      if (socket >= 0 && !link)
        fault->note(fault->read("the call was broken off"));
      caf::anon_send(tell, caf::connect_atom_v, number, std::move(link));
    });
  };
  return {std::move(call), std::move(broker)};
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

node_network::node_network(caf::actor_system& system, const settings& with,
                           const fatal_handler& on_fatal)
    : system_(system) {
  const auto& config = system.config();
  if (caf::get_or(config, interval_name, caf::timespan{0}) != interval
      || caf::get_or(config, timeout_name, caf::timespan{0}) != timeout)
    throw std::runtime_error{"the heartbeats between nodes did not take"};
  const connections all{guests_};
  const bool is_guarded = !with.node_tls_cert.empty();
  if (with.node_port != 0 || with.any_node_port) {
    door_ = make_node_door(backend_of(system),
                           listen_at({with.node_host, with.node_port}),
                           is_guarded, all.guests);
    port_ = door_->port();
  }
  sweeper_ = caf::actor_cast<caf::actor>(
      system.spawn<caf::hidden>(vital(sweeper, on_fatal), all));
  broker_ =
      system.middleman().named_broker<caf::io::basp_broker>(caf::atom("BASP"));
  dialler_ = system.spawn<caf::hidden>(vital(holdfast::dialler, on_fatal),
                                       calls_of(system, is_guarded,
                                                {with.node_host, port_},
                                                all.called, calls_, broker_));
}

node_network::~node_network() {
  // They know the actor system.
  calls_->end();
}

void node_network::open(const member_actor& whom) {
  caf::anon_send(broker_, caf::publish_atom_v, std::move(door_), port_,
                 caf::actor_cast<caf::strong_actor_ptr>(whom),
                 std::set<std::string>{});
}

std::function<void(const caf::node_id&)> node_network::introducer() const {
  return [guests = guests_, &system = system_](const caf::node_id& who) {
    backend_of(system).post([=] {
      for (auto* each : *guests)
        each->introduce(who);
    });
  };
}

void node_network::finish() {
  caf::anon_send_exit(sweeper_, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(dialler_, caf::exit_reason::user_shutdown);
}

} // namespace holdfast
