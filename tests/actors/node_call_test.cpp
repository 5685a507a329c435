// Which addresses of a name are called.
#include <doctest/doctest.h>

#include <deque>

#include <arpa/inet.h>
#include <netdb.h>

#include "actors/node_call.hpp"

using namespace holdfast;

namespace {

/// What a name server knows of one name.
class known_places {
public:
  explicit known_places(const std::vector<node_address>& all) {
    list_.reserve(all.size());
    for (const auto& each : all) {
      auto& at = names_.emplace_back();
      at.sin_family = AF_INET;
      at.sin_port = htons(each.port);
      REQUIRE(inet_pton(AF_INET, each.host.c_str(), &at.sin_addr) == 1);
      auto& made = list_.emplace_back();
      made.ai_family = AF_INET;
      made.ai_addrlen = sizeof at;
      made.ai_addr = reinterpret_cast<sockaddr*>(&at);
      if (list_.size() > 1)
        list_[list_.size() - 2].ai_next = &made;
    }
  }

  /// Those that are called, by their place.
  std::vector<std::size_t> called(const node_address& own) const {
    std::vector<std::size_t> made;
    for (const auto* each : others_of(list_.data(), own))
      made.push_back(static_cast<std::size_t>(each - list_.data()));
    return made;
  }

private:
  std::deque<sockaddr_in> names_;
  std::vector<addrinfo> list_;
};

using places = std::vector<std::size_t>;

} // namespace

TEST_CASE("a node does not call itself while its name has other addresses") {
  const known_places all{
      {{"127.0.0.1", 4'001}, {"127.0.0.2", 4'001}, {"127.0.0.3", 4'001}}};
  CHECK(all.called({"127.0.0.2", 4'001}) == places{0, 2});
  // Another node of this machine, or of another one.
  CHECK(all.called({"127.0.0.2", 4'002}) == places{0, 1, 2});
  CHECK(all.called({"127.0.0.9", 4'001}) == places{0, 1, 2});
  CHECK(all.called({"::1", 4'001}) == places{0, 1, 2});
  // It listens nowhere.
  CHECK(all.called({"127.0.0.2", 0}) == places{0, 1, 2});
}

TEST_CASE("a name that leads to the node alone is called") {
  const known_places all{{{"127.0.0.1", 4'001}}};
  CHECK(all.called({"127.0.0.1", 4'001}) == places{0});
}

TEST_CASE("a name without addresses is called nowhere") {
  CHECK(others_of(nullptr, {"127.0.0.1", 4'001}).empty());
}
