// Members that talk over a network which the test breaks, in time that the
// test lets pass.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/membership.hpp"

namespace holdfast::test {

class member_net {
public:
  using clock = membership::clock;

  /// One node: what its disk remembers, and the process that runs, if one does.
  struct host {
    roster_memory disk;
    std::unique_ptr<membership> process;
    /// Names the process as a link of the others.
    std::uint64_t run = 0;
    std::vector<member_note> notes;
  };

  explicit member_net(std::uint64_t seed)
      : random_(static_cast<std::uint32_t>(seed)) {
    // nop
  }
  member_net(const member_net&) = delete;

  /// Starts a process of `name`, a joining one where `seed` is a node.
  membership& start(const std::string& name, std::vector<std::string> stores,
                    const std::string& seed = {},
                    const std::function<void(greeting&)>& change = {});
  /// Others notice it at once.
  void crash(const std::string& name);
  /// What two nodes say does not arrive; they notice it after a while.
  void cut(const std::string& a, const std::string& b);
  void heal();
  /// Who calls `alias` reaches that node from now on.
  void lead(const std::string& alias, const std::string& name) {
    aliases_[alias] = name;
  }
  void pass(std::chrono::milliseconds time);
  /// Another directory of the same name, or a copy of what one was.
  void put_disk(const std::string& name, roster_memory disk) {
    hosts_[name].disk = std::move(disk);
  }

  host& at(const std::string& name) {
    return hosts_.at(name);
  }
  membership& of(const std::string& name) {
    return *hosts_.at(name).process;
  }
  bool runs(const std::string& name) {
    return hosts_[name].process != nullptr;
  }
  /// Nodes whose disks say that `store` is their own.
  std::set<std::string> owners_of(const std::string& store) const;
  peer_view::state seen(const std::string& from, const std::string& node) {
    return of(from).peers().at(node).is;
  }
  /// How often anybody introduced itself so far.
  std::uint64_t greetings() const noexcept {
    return greetings_;
  }
  /// A note of that kind, or null.
  const member_note* noted(const std::string& by, member_note::kind is);
  clock::time_point now() const noexcept {
    return now_;
  }
  std::minstd_rand& random() noexcept {
    return random_;
  }

private:
  struct letter {
    clock::time_point due;
    std::string to;
    std::uint64_t to_run = 0;
    std::string from;
    std::uint64_t from_run = 0;
    std::function<void(membership&, std::uint64_t)> read;
  };

  bool is_cut(const std::string& a, const std::string& b) const {
    return cuts_.contains(std::minmax(a, b));
  }
  void carry_out(const std::string& name);
  void dial(const std::string& name, const member_order& order);
  void post(const std::string& from, std::uint64_t link,
            std::function<void(membership&, std::uint64_t)> read);
  void deliver();

  clock::time_point now_{std::chrono::hours{1}};
  std::minstd_rand random_;
  std::map<std::string, host> hosts_;
  std::map<std::string, std::string> aliases_;
  std::set<std::pair<std::string, std::string>> cuts_;
  std::map<std::pair<std::string, std::string>, clock::time_point> cut_at_;
  std::vector<letter> letters_;
  /// By sender and receiver.
  std::map<std::pair<std::uint64_t, std::uint64_t>, clock::time_point>
      last_due_;
  std::uint64_t last_run_ = 0;
  std::uint64_t greetings_ = 0;
};

/// n1 with a and b, n2 with c, n3 with d, all connected.
struct trio : member_net {
  trio() : member_net(7) {
    using namespace std::chrono_literals;
    start("n1", {"a", "b"});
    start("n2", {"c"}, "n1");
    pass(1s);
    start("n3", {"d"}, "n2");
    pass(1s);
  }
};

} // namespace holdfast::test
