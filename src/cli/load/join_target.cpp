// A cluster, driven over the network between its nodes.
#include <algorithm>
#include <thread>

#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include "actors/directory.hpp"
#include "actors/node_network.hpp"
#include "actors/visitor.hpp"
#include "holdfast/limits.hpp"
#include "src/cli/actor_config.hpp"
#include "src/cli/load/actor_transport.hpp"
#include "src/cli/load/target.hpp"
#include "src/cli/load/view_of_ledgers.hpp"

namespace holdfast::cli {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

/// For nodes that are away and may come back.
constexpr auto join_patience = 30s;
constexpr auto rejoin_pause = 100ms;
/// No store has such a name: pages without events lead to the end of a feed.
constexpr auto no_store = "-";

settings network_of(const config::load_order& order) {
  settings made;
  made.join = {order.join};
  made.cluster_name = order.cluster_name;
  made.node_tls_cert = order.node_tls_cert;
  made.node_tls_key = order.node_tls_key;
  made.node_tls_ca = order.node_tls_ca;
  made.node_port = 0;
  made.any_node_port = false;
  return made;
}

/// The actors of a guest. End with it, or else their system never would.
struct guest_actors {
  guest_actors(caf::actor_system& system, const config::load_order& order,
               const settings& with, std::shared_ptr<visit_board> board)
      : network(system, with, {}),
        ways(system.spawn(directory, routing{}, journal_actor{},
                          fatal_handler{})),
        walker(system.spawn(visitor,
                            visitor_config{with.cluster_name,
                                           *parse_node_address(order.join),
                                           network.dialler(), ways, board})) {
    // nop
  }
  ~guest_actors() {
    caf::anon_send_exit(walker, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(ways, caf::exit_reason::user_shutdown);
    network.finish();
  }

  node_network network;
  directory_actor ways;
  visitor_actor walker;
};

class join_target final : public target {
public:
  explicit join_target(const config::load_order& order)
      : host_(order.join), with_(network_of(order)), config_(with_),
        system_(config_), actors_(system_, order, with_, board_),
        self_(system_) {
    wait_whole();
    // What is there already others did.
    for (const auto& [node, at] : board_->read()->nodes)
      read_feed(node, at, no_store, {});
    was_empty_ = std::all_of(read_to_.begin(), read_to_.end(),
                             [](const auto& each) { return each.second == 0; });
  }

  std::string name() const override {
    return "the cluster of " + host_ + ", as its guest";
  }
  std::vector<std::string> stores() override {
    return board_->read()->stores;
  }
  transport_ptr connect(std::uint32_t) override {
    return make_actor_transport(system_, actors_.ways);
  }
  bool keeps_fingerprints() const override {
    return true;
  }
  /// What the nodes have, added up here.
  bool read_central(const view_listener& tell) override {
    std::vector<ledger_seat> seats;
    for (const auto& each : board_->read()->ledgers)
      if (!each.reader)
        throw node_away{"the ledger of node " + each.node
                        + " cannot be reached"};
      else
        seats.push_back({{each.node, each.stores}, each.reader});
    view_of_ledgers{system_, std::move(seats), actors_.ways}.read(tell);
    return true;
  }
  void close() override {
    // It is somebody else's.
  }
  bool was_empty() const override {
    return was_empty_;
  }
  void read_events(const listener& tell) override {
    for (const auto& [node, at] : board_->read()->nodes)
      read_feed(node, at, {}, tell);
  }

private:
  void wait_whole() const {
    const auto give_up_at = clock::now() + join_patience;
    for (;;) {
      const auto seen = board_->read();
      if (!seen->refusal.empty())
        throw load_failure{host_ + " takes no guest: " + seen->refusal};
      if (seen->is_whole)
        return;
      if (clock::now() > give_up_at)
        throw load_failure{seen->nodes.empty()
                               ? "no member of a cluster answers at " + host_
                               : "some nodes of the cluster cannot be reached"};
      std::this_thread::sleep_for(rejoin_pause);
    }
  }

  operation_ptr ask_page(const answer_actor& at, std::uint64_t after,
                         const std::string& store) {
    auto op = std::make_shared<operation>();
    op->todo = errand::feed;
    op->feed = std::make_unique<feed_part>();
    op->feed->after = after;
    op->feed->limit = limits::page_max;
    op->feed->filter.store = store;
    op->reply_to = caf::actor_cast<answer_actor>(self_);
    op->deadline = clock::now() + limits::request_deadline;
    self_->send(at, batch{{op}});
    // Answered by its deadline, whatever happens to the node.
    self_->receive([](const batch&) {});
    return op;
  }

  /// Tells everything after where it was read to, up to its end.
  void read_feed(const std::string& node, const answer_actor& at,
                 const std::string& store, const listener& tell) {
    auto& after = read_to_[node];
    for (auto give_up_at = clock::now() + join_patience;;) {
      const auto op = ask_page(at, after, store);
      if (is_ok(*op)) {
        give_up_at = clock::now() + join_patience;
        for (auto& change : op->feed->page.events)
          tell(node, std::move(change), absent);
        if (std::exchange(after, op->feed->page.last_seq)
            == op->feed->page.last_seq)
          return;
      } else if (clock::now() > give_up_at) {
        throw load_failure{"the events of node " + node + " cannot be read: "
                           + std::string{to_string(code_of(*op))}};
      } else {
        std::this_thread::sleep_for(rejoin_pause);
      }
    }
  }

  std::string host_;
  settings with_;
  actor_config config_;
  caf::actor_system system_;
  std::shared_ptr<visit_board> board_ = std::make_shared<visit_board>();
  guest_actors actors_;
  caf::scoped_actor self_;
  /// By node.
  std::map<std::string, std::uint64_t> read_to_;
  bool was_empty_ = false;
};

} // namespace

target_ptr make_join_target(const config::load_order& order) {
  return std::make_unique<join_target>(order);
}

} // namespace holdfast::cli
