// What another process may say in the protocol of CAF.
#include "actors/node_filter.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "holdfast/node_limits.hpp"

using namespace holdfast;
using caf::io::basp::message_type;
using verdict = node_filter::verdict;

namespace {

const std::string name = "the id of a node, 32 bytes long..";
const std::string other = "the id of another node, so long..";

verdict judge(node_filter& by, message_type operation,
              const std::string& payload, bool is_introduced = false,
              std::uint64_t sender = 1) {
  const node_filter::header head{
      operation, 0, static_cast<std::uint32_t>(payload.size()), 0, sender, 2};
  return by.judge(head, payload, is_introduced);
}

node_filter named_guest() {
  node_filter made{true};
  REQUIRE(judge(made, message_type::client_handshake, name) == verdict::take);
  return made;
}

/// A message of that type, as CAF writes it.
std::string message(const std::string& type) {
  return std::string(3, '\0') + static_cast<char>(type.size()) + type + "rest";
}

const std::string greets =
    message("@<>+holdfast::greeting+holdfast::node_doors");

} // namespace

TEST_CASE("a head without content is that of a heartbeat") {
  for (char operation = 0; operation < 8; ++operation) {
    CAPTURE(static_cast<int>(operation));
    std::string head(32, '\0');
    head[0] = operation;
    const auto is_heartbeat = operation == 6;
    CHECK((node_filter::judge(head) == verdict::take) == is_heartbeat);
    head[7] = 1;
    CHECK(node_filter::judge(head) == verdict::take);
    head[7] = 0;
    head[4] = 1;
    CHECK(node_filter::judge(head) == verdict::take);
  }
  CHECK(node_filter::judge("short") == verdict::close);
}

TEST_CASE("a node that has called has one name, and says it twice at most") {
  auto guest = named_guest();
  CHECK(judge(guest, message_type::client_handshake, name) == verdict::take);
  CHECK(judge(guest, message_type::client_handshake, name) == verdict::close);
  auto renamed = named_guest();
  CHECK(judge(renamed, message_type::client_handshake, other)
        == verdict::close);
  CHECK(judge(renamed, message_type::server_handshake, name) == verdict::close);
  node_filter called{false};
  CHECK(judge(called, message_type::server_handshake, name) == verdict::take);
  CHECK(judge(called, message_type::client_handshake, name) == verdict::close);
}

TEST_CASE("nodes say what is theirs and nothing of the system") {
  auto guest = named_guest();
  for (const auto* type : {"@<>+holdfast::greeting", "@<>+holdfast::wire_news",
                           "@<>+holdfast::collect+holdfast::collector_actor",
                           "@<>+holdfast::collected"})
    CHECK(judge(guest, message_type::direct_message, message(type))
          == verdict::take);
  for (const auto* type :
       {"@<>", "", "@<>+@error", "@<>+@exit", "@<>+@down", "@<>+@atom",
        "@<>+@atom+@atom+@str", "@<>+@atom+@strong_actor_ptr",
        "@<>+holdfast::dialled", "@<>+holdfast::batch", "holdfast::greeting"})
    CHECK(judge(guest, message_type::direct_message, message(type))
          == verdict::skip);
  for (std::size_t size = 0; size < 24; ++size)
    CHECK(judge(guest, message_type::direct_message, greets.substr(0, size))
          == verdict::skip);
  // With an actor on the way, or the number of a type.
  for (const auto at : {0, 1, 2}) {
    auto changed = greets;
    changed[static_cast<std::size_t>(at)] = 1;
    CHECK(judge(guest, message_type::direct_message, changed) == verdict::skip);
  }
  // A name whose length takes two bytes.
  auto longer = greets;
  longer.replace(3, 1, "\x80\x01");
  CHECK(judge(guest, message_type::direct_message, longer) == verdict::take);
}

TEST_CASE("nobody speaks for another node, or to one") {
  auto guest = named_guest();
  for (const auto is :
       {message_type::monitor_message, message_type::down_message}) {
    CHECK(judge(guest, is, name + other) == verdict::take);
    CHECK(judge(guest, is, other + name) == verdict::skip);
    CHECK(judge(guest, is, name.substr(1)) == verdict::skip);
    node_filter nameless{true};
    CHECK(judge(nameless, is, name + other) == verdict::skip);
    node_filter called{false};
    CHECK(judge(called, is, name + other) == verdict::take);
  }
  CHECK(judge(guest, message_type::routed_message, name + other + greets)
        == verdict::skip);
  node_filter nameless{true};
  CHECK(judge(nameless, message_type::direct_message, greets) == verdict::skip);
}

TEST_CASE("who was not introduced is heard on few senders") {
  auto guest = named_guest();
  std::size_t heard = 0;
  for (std::uint64_t sender = 1; sender <= 1'000; ++sender)
    heard += judge(guest, message_type::direct_message, greets, false, sender)
             == verdict::take;
  CHECK(heard == limits::node_stranger_senders_max);
  CHECK(judge(guest, message_type::direct_message, greets, false, 1)
        == verdict::take);
  CHECK(judge(guest, message_type::direct_message, greets, true, 1'000)
        == verdict::take);
}

TEST_CASE("what is not as long as announced is left to CAF, which closes") {
  auto guest = named_guest();
  const node_filter::header head{message_type::direct_message, 0, 100, 0, 1, 2};
  CHECK(guest.judge(head, std::string(32, '\0'), false) == verdict::take);
}
