// The network between the nodes of a simulation, and all that befalls it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/dice.hpp"
#include "src/cli/simulation/network_seat.hpp"

namespace holdfast::simulation {

/// Where the node of a machine listens.
node_address address_of(std::size_t machine);

/// Connections as CAF makes them over TCP: one for each pair of nodes, whoever
/// called. Within one nothing is lost, doubled or put out of order; it breaks,
/// and then what was on its way arrives in part. An end notices that when it
/// hears nothing for `limits::heartbeat_timeout`, or when it is told, and all
/// proxies of that node go. Between connections there is no order. Moves
/// nothing by itself: whoever owns it chooses what arrives next. One thread.
class network {
public:
  /// A call, or a way of a connection, that has something to deliver.
  struct arrival {
    std::size_t index = 0;
    /// The end it comes from; 2 for a call.
    std::size_t from = 2;
  };

  /// Told of what happens, one line each.
  std::function<void(const std::string&)> on_news;
  /// Sees each message as it arrives and says how often it does: a planted
  /// fault. Once, if it is not set.
  std::function<int(caf::message&)> tamper;

  // -- time and turns ---------------------------------------------------------

  /// Time goes on: ends send signs of life, and miss those of others.
  void advance(std::int64_t ms);
  /// All that may happen next.
  std::vector<arrival> arrivals() const;
  void deliver(const arrival& next);

  // -- bad luck ---------------------------------------------------------------

  /// What `from` sends to `to` stays on its way until `heal`.
  void cut(std::size_t from, std::size_t to);
  /// It takes its time.
  void slow(std::size_t from, std::size_t to, std::int64_t ms);
  /// Connections between both break; each end is told.
  void reset(std::size_t one, std::size_t other, dice& chance);
  /// The process stands still, or goes on.
  void freeze(std::size_t machine, bool is_frozen);
  /// The process is no more. What it sent last arrives in part; nobody is told
  /// where power is gone.
  void end_process(const network_seat& whose, bool is_silent, dice& chance);
  /// Nothing is cut or slow from now on.
  void heal();
  bool is_whole() const noexcept {
    return cuts_.empty();
  }

  // -- for seats --------------------------------------------------------------

  void enter(network_seat& fresh);
  /// Idempotent.
  void leave(const network_seat& whose);
  void call(network_seat& from, const dial_order& order,
            const member_actor& who);
  void send(const network_seat& from, const caf::node_id& to, caf::actor_id id,
            std::vector<char> bytes);

private:
  using way = std::pair<std::size_t, std::size_t>;

  struct packet {
    enum class kind { message, beat, farewell } is = kind::beat;
    std::int64_t ready_ms = 0;
    caf::actor_id to = 0;
    std::vector<char> bytes;
  };
  struct side {
    std::size_t machine = 0;
    caf::node_id node;
    /// Null once the process is gone.
    network_seat* seat = nullptr;
    /// It uses the connection.
    bool is_open = false;
    /// It has another one to that node, and hears nothing of this.
    bool is_deaf = false;
    std::int64_t heard_ms = 0;
    std::int64_t beaten_ms = 0;
    /// What it sent.
    std::deque<packet> sent;
  };
  struct connection {
    side ends[2];
  };
  struct dialling {
    network_seat* from = nullptr;
    dial_order order;
    member_actor who;
    std::int64_t due_ms = 0;
  };

  bool uses(const network_seat& whose, const caf::node_id& to) const;
  bool is_cut(std::size_t from, std::size_t to) const;
  bool can_answer(const dialling& each) const;
  bool can_arrive(const connection& on, std::size_t from) const;
  void answer(const dialling& to);
  void fail(const dialling& to, const char* why);
  void connect(network_seat& from, network_seat& to);
  void close(connection& what, std::size_t end);
  void push(side& from, std::size_t to, packet what);
  static void lose_some(side& of, dice& chance);
  void tidy();
  void say(const std::string& line) const;

  std::vector<network_seat*> seats_;
  std::vector<connection> connections_;
  std::vector<dialling> calls_;
  std::set<way> cuts_;
  std::map<way, std::int64_t> slow_;
  std::set<std::size_t> frozen_;
  std::int64_t now_ms_ = 0;
};

} // namespace holdfast::simulation
