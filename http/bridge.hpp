// Where HTTP meets the actors; with its unit all of http/ that includes CAF.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/fatal_throw.hpp"
#include "actors/operation.hpp"
#include "holdfast/admission_counters.hpp"
#include "holdfast/limits.hpp"
#include "http/api.hpp"
#include "http/bridge_unit.hpp"

namespace holdfast::http {

struct page_key;
struct route;

/// The bridge's own interface; others see an `answer_actor`.
using bridge_actor = caf::typed_actor<
    // Answers to operations it sent.
    caf::reacts_to<batch>,
    // INTERNAL: look for requests that are past their deadline.
    caf::reacts_to<sweep_atom>>;

/// A request that waits for its answer, without its socket's type.
struct waiting_request {
  std::shared_ptr<void> request;
  std::string id;
  /// Its line of the table, or null.
  const route* taken = nullptr;
  /// When its last byte was there.
  operation::clock::time_point since = {};
  /// Name of the caller's key, empty where nobody was asked.
  std::string caller = {};
  rate_verdict rate = {};
  /// Under which its answer is remembered, null if it is not. Under way until
  /// the last copy of this is gone.
  std::shared_ptr<const page_key> key = {};
};

struct bridge_config {
  /// First hop of the chain.
  chain_actor next;
  /// Called on the IO thread, exactly once for each submitted request.
  std::function<void(waiting_request&&, api_response&&)> respond;
  /// Of the node; told what is in flight. Outlives the bridge.
  admission_counters* counters = nullptr;
  std::string node;
  /// Requests run on the IO thread until they reach the journal's mailbox.
  bool runs_chain = true;
  /// Told of what it threw while it handled a message.
  fatal_handler on_fatal;
};

/// Owns the requests of one IO thread between socket and answer. It is an
/// actor that lives on that thread: `submit` and `expect` are called there,
/// answers arrive there, and one sweep keeps all deadlines. What is submitted
/// while the loop handles its ready sockets leaves as one message.
class bridge final : public bridge_actor::base {
public:
  bridge(caf::actor_config& config, asio::io_context& io, bridge_config with);

  /// Takes responsibility for `request`: it is answered once, by the actors or
  /// by its deadline. IO thread only.
  void submit(operation_ptr op, waiting_request request);
  /// The same of a request that others answer: the ticket is for `settle`. IO
  /// thread only.
  std::uint64_t expect(waiting_request request);
  /// Answers what is expected, unless its deadline did. IO thread only.
  void settle(std::uint64_t ticket, api_response&& response);
  /// From now on newcomers get `shutting_down`. IO thread only.
  void drain() noexcept {
    is_draining_ = true;
  }
  /// Forgets all requests, those that come from now on too; their connections
  /// are about to be closed. IO thread only.
  void abandon();
  /// Ends the actor. What is posted to its io_context afterwards runs after
  /// the end.
  static void end(const bridge_actor& self) {
    caf::anon_send_exit(self, caf::exit_reason::user_shutdown);
  }
  bool is_draining() const noexcept {
    return is_draining_;
  }

  const char* name() const override {
    return "bridge";
  }
  void enqueue(caf::mailbox_element_ptr message,
               caf::execution_unit* sender) override;
  void launch(caf::execution_unit* unit, bool lazy, bool hide) override;
  behavior_type make_behavior() override;

private:
  struct slot {
    waiting_request request;
    /// Null where others answer.
    operation_ptr op;
    std::uint32_t generation = 0;
    bool is_taken = false;
  };
  /// Of no slot.
  static constexpr std::uint64_t no_ticket = ~std::uint64_t{0};
  struct due {
    operation::clock::time_point deadline;
    std::uint64_t ticket;
  };

  std::uint32_t take_slot(waiting_request&& request);
  std::uint64_t ticket_at(std::uint32_t index) const noexcept;
  slot* find(std::uint64_t ticket);
  waiting_request release(slot& at, std::uint32_t index);
  /// `left` of them had left for other nodes.
  void note_answers(std::uint64_t count, std::uint64_t left) noexcept;
  void answer(slot& at, std::uint32_t index, api_response&& response);
  void refuse(waiting_request&& request, error_code code);
  void on_answers(const batch& in);
  void on_sweep();
  void refuse_late(slot& at, std::uint32_t index);
  void flush();
  /// Puts what `op` held of the mediators into `into`. True if it has left.
  static bool count(operation& op, error_code code, report& into);

  asio::io_context& io_;
  bridge_unit unit_;
  bridge_config with_;
  bool is_draining_ = false;
  bool is_abandoned_ = false;
  std::vector<slot> slots_;
  std::vector<std::uint32_t> free_;
  /// In the order of submission, which is the order of the deadlines.
  std::deque<due> deadlines_;
  batch outbox_;
};

} // namespace holdfast::http
