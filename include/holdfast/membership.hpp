// How nodes find each other, agree that they belong together, and notice that
// one is gone.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "holdfast/member_link.hpp"
#include "holdfast/member_order.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

/// The protocol between members, without I/O and told the time. Every pair of
/// nodes is connected directly, whoever called. A node serves a store once
/// every member it knows of has agreed that the store is its own, and from
/// then on as long as its directory remembers that: two nodes that want the
/// same store cannot both be told yes by a member they both ask; of the two the
/// one with the smaller name goes on asking. Inputs come first in the list
/// below; outputs are left to be taken. Not thread-safe.
class membership {
public:
  using clock = std::chrono::steady_clock;

  struct settings {
    std::string cluster = "holdfast";
    /// Where other nodes listen; those of the roster are called too.
    std::vector<node_address> seeds;
    /// A node without seeds founds its cluster, one whose seeds were retired is
    /// left of it: as long as it knows nobody it needs nobody's consent.
    std::chrono::milliseconds retry_base{limits::redial_base};
    std::chrono::milliseconds retry_max{limits::redial_max};
    std::chrono::milliseconds answer_timeout{limits::greet_timeout};
    std::chrono::milliseconds ping_every{limits::ping_period};
    std::chrono::milliseconds silence_max{limits::silence_max};
    std::chrono::milliseconds ask_again{limits::ask_again};
    std::chrono::milliseconds tell_waiting{limits::tell_waiting};
  };

  /// `self` names the stores that are wanted; `known` is what the directory
  /// remembers, with the entry of this node as it was granted.
  membership(settings with, greeting self, roster known);

  // -- inputs -----------------------------------------------------------------
  void connected(std::uint64_t dial, std::uint64_t link, clock::time_point now);
  void dial_failed(std::uint64_t dial, const std::string& why,
                   clock::time_point now);
  void take_greeting(std::uint64_t link, const greeting& said,
                     clock::time_point now);
  void take_welcome(std::uint64_t link, std::uint64_t revision,
                    clock::time_point now);
  void take_refusal(std::uint64_t link, const greeting_refusal& said,
                    clock::time_point now);
  /// A part of what the other side knows; `is_last` of one telling.
  void take_news(std::uint64_t link, const std::vector<roster_entry>& known,
                 bool is_last, clock::time_point now);
  /// Something came over the link that says nothing but that it works.
  void hear(std::uint64_t link, clock::time_point now);
  void take_pong(std::uint64_t link, std::uint64_t number,
                 clock::time_point now);
  void lose(std::uint64_t link, const std::string& why, clock::time_point now);
  /// This node is to own `store`, too. Why not, or nothing: then it is its
  /// own once it `has`, unless somebody objects.
  std::string want(const std::string& store);
  /// What is not its own yet is not wanted any more, because of `why`. A node
  /// that has nothing then has no place in the cluster.
  void give_up(const std::string& why);
  /// A node is gone for good. Why not, or nothing.
  std::string retire(const std::string& name, clock::time_point now);
  void advance(clock::time_point now);

  // -- outputs ----------------------------------------------------------------
  std::vector<member_order> take_orders();
  std::vector<member_note> take_notes();
  /// True if `known` has changed since the last call: it is to be remembered
  /// before any order is carried out.
  bool take_changed();
  /// Why this node cannot be a member; it is to end then.
  const std::string& verdict() const noexcept {
    return verdict_;
  }
  /// No later start from the same directory can be one, either.
  bool is_for_good() const noexcept {
    return is_for_good_;
  }
  /// How this node introduces itself.
  const greeting& introduction() const noexcept {
    return self_;
  }
  const roster& known() const noexcept {
    return roster_;
  }
  const std::map<std::string, peer_view>& peers() const noexcept {
    return peers_;
  }
  /// Stores that are this node's own.
  const std::vector<std::string>& granted() const;
  bool has(const std::string& store) const;
  /// It can never have one more.
  bool is_full() const;
  /// Nothing that this node wants is still open.
  bool is_settled() const;
  /// A member said last that another process of this name is there, or that the
  /// name belongs to another directory; or this node is to end. It serves
  /// nothing then.
  bool is_doubted() const;
  /// A store that `known` does not tell is none. A member with stores had a say
  /// in who else has any: since this start one has told all it knows, or there
  /// was nobody to hear it from. Not while this node is doubted.
  bool is_whole() const {
    return has_heard_ && !is_doubted();
  }
  /// What this node waits for before it serves all that it wants; empty once it
  /// does.
  std::string obstacle() const;

private:
  using target = member_target;
  using link_state = member_link;

  void order(member_order::kind is, std::uint64_t link,
             std::uint64_t number = 0);
  void note(member_note::kind is, std::string node, std::string detail);
  void watch_addresses();
  bool is_reached(const node_address& at, const target& of) const;
  void call(clock::time_point now);
  void check_links(clock::time_point now);
  void pause(target& of, clock::time_point now);
  void put_off(std::uint64_t link, clock::time_point now,
               const std::string& why = {});
  void greet(std::uint64_t link, clock::time_point now);
  bool is_elsewhere(const greeting& said) const;
  greeting_refusal judge(const greeting& said) const;
  greeting_refusal judge_claims(const greeting& said) const;
  void refuse(std::uint64_t link, greeting_refusal said, const greeting& to,
              clock::time_point now);
  void yield_to(const roster_entry& rival);
  void believe(std::uint64_t link);
  bool is_denied_by(const std::string& member) const;
  bool is_founded_anew() const;
  bool is_in_place_of_known(const roster_entry& said) const;
  void tell_joined(const std::string& member);
  void accept(std::uint64_t link, const greeting& said, clock::time_point now);
  std::string lack_of_room(const roster_entry& fresh) const;
  bool has_a_say(const roster_entry& entry) const;
  bool may_meet_others() const;
  bool has_agreed(const std::string& name) const;
  bool has_nobody() const;
  void note_telling(const std::string& teller);
  std::string silence_of(const roster_entry& entry) const;
  std::string failures() const;
  void look_at_wishes();
  void settle_claims();
  void tell_waiting(clock::time_point now);
  void spread(std::uint64_t except = 0);
  std::string part(std::uint64_t link, peer_view::state now_is,
                   clock::time_point now);
  void note_absence(const std::string& name, const std::string& why);
  target* target_of(std::uint64_t link);

  settings with_;
  greeting self_;
  roster roster_;
  std::map<node_address, target> targets_;
  std::map<std::uint64_t, link_state> links_;
  std::map<std::string, peer_view> peers_;
  std::uint64_t last_number_ = 0;
  bool has_changed_ = true;
  std::string verdict_;
  bool is_for_good_ = false;
  /// Some member has accepted this process.
  bool is_accepted_ = false;
  /// See `is_whole`.
  bool has_heard_ = false;
  /// By member, until it accepts this node.
  std::map<std::string, greeting_refusal> refusals_;
  /// See `obstacle`.
  std::string waiting_;
  clock::time_point waiting_due_{};
  std::vector<member_order> orders_;
  std::vector<member_note> notes_;
};

} // namespace holdfast
