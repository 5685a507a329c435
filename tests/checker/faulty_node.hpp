// A small node with clients that retry, syncs that lag, crashes and owners
// that follow each other; and with one bug, if a test wants one.
#pragma once

#include <deque>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "src/checker/checker.hpp"
#include "src/checker/model.hpp"

namespace holdfast::test {

/// What is wrong with a node.
enum class bug {
  none,
  /// Answers leave before their events are synced.
  ack_before_sync,
  /// The same for reads only: they tell what a crash takes back.
  dirty_read,
  /// A retry is taken for something new.
  double_apply,
  /// Keys do not survive a restart.
  key_forgotten,
  /// A retry is told the record as it is now.
  answer_rewritten,
  /// A read is served from a state before the newest.
  stale_read,
  /// A write is computed from a state before the newest.
  lost_update,
  /// A reservation takes what is not there.
  oversell,
  /// An owner goes on after another took over.
  ignored_epoch,
  /// An owner goes on after it was granted to another, which writes nothing.
  unheard_grant,
  /// A restart is one event short of the newest state.
  snapshot_off_by_one,
  /// Half of a row survives a crash, and is believed.
  torn_tail,
  /// A row in the middle of the log is gone, and nobody minds.
  hole_skipped,
  /// The disk says it synced and drops a row at the next crash.
  lying_disk,
  /// A row is written twice when the log is copied.
  copied_twice,
  /// A refusal leaves its effect behind.
  refusal_applied,
  /// A key that was refused is carried out when it is asked again, and its
  /// caller is told nothing.
  refusal_redone,
  /// Holds end before their time.
  early_expiry,
  /// Holds are used after their time.
  late_expiry,
  /// Who only reads does not notice that a hold ended.
  expiry_forgotten,
  /// The clock of the node is set ahead, or back.
  clock_ahead,
  clock_behind,
  /// An event is numbered before one of another SKU that was there already.
  numbered_late,
  /// Two callers are told each other's answers.
  swapped_answers,
  /// The central view adds an event twice.
  counts_twice,
};
inline constexpr int bug_last = static_cast<int>(bug::counts_twice);

/// For messages.
const char* name_of(bug of) noexcept;

/// Everything a checker gets to see.
struct evidence {
  checker::history calls;
  std::vector<event> journal;
  std::vector<checker::final_record> finals;
  std::vector<checker::authority> owners;
  std::vector<checker::tenure> tenures;
  std::vector<checker::central_entry> view;

  /// What all parts of the checker say.
  std::vector<checker::violation> violations() const;
};

class faulty_node {
public:
  faulty_node(bug with, std::uint64_t seed) : bug_(with), random_(seed) {
    // nop
  }

  /// Goes through so many steps, comes to rest, and tells.
  evidence run(int steps);

private:
  struct row {
    event change;
    std::uint64_t token = 0;
    std::size_t call = 0;
  };
  /// An answer that was decided, and the row that must be durable before.
  struct pending {
    std::size_t call = 0;
    outcome answer;
    std::size_t rows = 0;
  };
  struct client {
    bool waits = false;
    bool must_retry = false;
    std::size_t last = 0;
  };
  // -- clients, faulty_clients.cpp
  void act(std::size_t who);
  command invent(std::size_t who);
  void submit(std::size_t who, command ask);
  void deliver();
  std::int64_t tick();
  void settle();
  void read_all(evidence& into);
  void tell_owners(evidence& into) const;
  void show_view(evidence& into) const;

  // -- the node, faulty_node.cpp
  void handle();
  bool redo(std::size_t call);
  outcome judge(const command& ask);
  void answer(std::size_t call, outcome said);
  void sync();

  // -- its log, faulty_log.cpp
  void expire(const command& ask);
  void append(const outcome& done, const command& ask, std::size_t call);
  void renumber();

  // -- its end and its next life, faulty_restart.cpp
  void crash();
  void damage(std::vector<row>& rows);
  void set_clock();
  void restart();

  checker::model& state_of(const std::string& sku) {
    return states_.try_emplace(sku, 1).first->second;
  }
  std::size_t below(std::size_t bound) {
    return static_cast<std::size_t>(random_() % bound);
  }
  bool strikes(bug which, unsigned percent) {
    return bug_ == which && below(100) < percent;
  }

  bug bug_;
  std::mt19937_64 random_;
  /// Of the clients; theirs is true.
  std::int64_t now_ns_ = 0;
  std::int64_t elapsed_ms_ = 0;
  /// Of the node.
  std::int64_t now_ms_ = 1'000'000;
  std::uint64_t token_ = 1;
  /// Where the log ended when each token was granted, from the first on.
  std::vector<std::uint64_t> granted_after_{0};
  std::vector<client> clients_ = std::vector<client>(4);
  checker::history calls_;
  std::deque<std::size_t> mailbox_;
  std::deque<pending> outbox_;
  std::vector<row> log_;
  std::size_t durable_ = 0;
  /// It judges by the checker's own model: with a bug in it, the asserts of
  /// the domain would not let it get far.
  std::map<std::string, checker::model> states_;
  /// As they were one event before.
  std::map<std::string, checker::model> before_;
  std::map<std::string, outcome> keys_;
  /// Answers without an event, with the length of the log they depend on.
  std::map<std::string, std::pair<std::size_t, outcome>> remembered_;
  /// All that were granted, with their SKU for an owner.
  std::vector<reservation> holds_;
};

} // namespace holdfast::test
