#include "src/cli/simulation/network_seat.hpp"

#include <stdexcept>
#include <utility>

#include <caf/actor_proxy.hpp>
#include <caf/actor_registry.hpp>
#include <caf/binary_deserializer.hpp>
#include <caf/binary_serializer.hpp>
#include <caf/make_actor.hpp>
#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "src/cli/simulation/network.hpp"

namespace holdfast::simulation {

namespace {

/// Stands for an actor of another node as long as there is a connection.
class far_actor final : public caf::actor_proxy {
public:
  far_actor(caf::actor_config& config, network_seat& by)
      : actor_proxy(config), by_(by) {
    // nop
  }
  void enqueue(caf::mailbox_element_ptr what, caf::execution_unit*) override {
    by_.send(node(), id(), what->sender, what->move_content_to_message());
  }
  void kill_proxy(caf::execution_unit* on, caf::error why) override {
    cleanup(std::move(why), on);
  }

private:
  network_seat& by_;
};

/// Nodes of a simulation send nothing that cannot travel.
void require(const caf::error& what, const caf::actor_system& system) {
  if (what)
    throw std::logic_error{system.render(what)};
}

} // namespace

network_seat::network_seat(network& of, std::size_t machine,
                           caf::actor_system& system)
    : of_(of), machine_(machine), system_(system), proxies_(system, *this),
      unit_(&system) {
  unit_.proxy_registry_ptr(&proxies_);
  dialler_ = system.spawn<caf::hidden>([this](dialler_actor::pointer) {
    return dialler_actor::behavior_type{
        [this](const dial_order& order, const member_actor& to) {
          of_.call(*this, order, to);
        },
    };
  });
  of_.enter(*this);
}

network_seat::~network_seat() {
  of_.leave(*this);
  proxies_.clear();
}

const caf::node_id& network_seat::node() const {
  return system_.node();
}

void network_seat::open(const member_actor& whom) {
  member_ = whom;
  system_.registry().put(whom.id(), whom);
}

void network_seat::finish() {
  of_.leave(*this);
  member_ = nullptr;
  caf::anon_send_exit(dialler_, caf::exit_reason::kill);
}

caf::strong_actor_ptr network_seat::proxy_of(const caf::node_id& node,
                                             caf::actor_id id) {
  return proxies_.get_or_put(node, id);
}

void network_seat::forget(const caf::node_id& node) {
  proxies_.erase(node);
}

caf::strong_actor_ptr network_seat::make_proxy(caf::node_id node,
                                               caf::actor_id id) {
  caf::actor_config config;
  return caf::make_actor<far_actor, caf::strong_actor_ptr>(
      id, std::move(node), &system_, config, *this);
}

void network_seat::send(const caf::node_id& node, caf::actor_id to,
                        caf::strong_actor_ptr sender, caf::message content) {
  std::vector<char> bytes;
  caf::binary_serializer sink{&unit_, bytes};
  require(sink(sender, content), system_);
  of_.send(*this, node, to, std::move(bytes));
}

void network_seat::read(const std::vector<char>& bytes,
                        caf::strong_actor_ptr& sender, caf::message& content) {
  caf::binary_deserializer source{&unit_, bytes};
  require(source(sender, content), system_);
}

void network_seat::hand_over(caf::actor_id to,
                             const caf::strong_actor_ptr& sender,
                             const caf::message& content) {
  if (const auto who = system_.registry().get<caf::strong_actor_ptr>(to))
    who->enqueue(sender, caf::make_message_id(), content, nullptr);
}

} // namespace holdfast::simulation
