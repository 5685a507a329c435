// Somebody at the node port who is no node.
#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "tests/cluster/nodes.hpp"
#include "tests/support/raw_client.hpp"

namespace holdfast::cluster_test {

inline std::size_t resident_bytes(pid_t pid) {
  std::ifstream in{"/proc/" + std::to_string(pid) + "/statm"};
  std::size_t total = 0;
  std::size_t resident = 0;
  in >> total >> resident;
  return resident * 4'096;
}

/// The head of a message of the protocol between nodes: operation, padding,
/// flags, length, three words.
inline std::string head_of(char operation, std::uint32_t length) {
  std::string head(8 + 3 * 8, '\0');
  head[0] = operation;
  for (int i = 0; i < 4; ++i)
    head[4 + i] = static_cast<char>(length >> (24 - 8 * i));
  return head;
}

inline std::string word(std::uint64_t value) {
  std::string made(8, '\0');
  for (int i = 0; i < 8; ++i)
    made[i] = static_cast<char>(value >> (56 - 8 * i));
  return made;
}

/// Somebody who speaks the protocol of CAF as a node of any name does, and who
/// is no member.
class impostor {
public:
  /// Another `number`, another name.
  impostor(const cluster_node& node, std::size_t number)
      : to_(node.node_port(), std::chrono::seconds{5}) {
    const auto head = to_.take(head_bytes);
    const auto said = to_.take(static_cast<unsigned char>(head.at(7)));
    // It begins with an id, and the number of an actor comes last but one byte.
    actor_ = said.substr(said.size() - 9, 8);
    name_ = said.substr(0, id_bytes - 8) + word(number);
    is_open_ = to_.send(head_of(1, id_bytes) + name_);
  }

  /// A message to the member from an actor of that number, which nobody made.
  bool say(std::uint64_t from, std::string_view message = {"\0", 1}) {
    auto head = head_of(2, static_cast<std::uint32_t>(message.size()));
    head.replace(16, 16, word(from) + actor_);
    is_open_ = is_open_ && to_.send(head.append(message));
    return is_open_;
  }
  /// The same, far longer.
  void say_much(std::size_t bytes) {
    (void)say(1, std::string(bytes, '\0'));
  }
  /// One from each of so many, at once. Returns when they were heard.
  void say_as_many(std::uint64_t senders) {
    std::string all;
    for (std::uint64_t from = 1; from <= senders; ++from) {
      auto head = head_of(2, 1);
      head.replace(16, 16, word(from) + actor_);
      all += head + '\0';
    }
    is_open_ = to_.send(all);
    to_.close_sending();
    is_open_ = !to_.is_ended_by_peer();
  }
  /// A message of CAF itself with a part of that type, about an actor of this
  /// name, and why.
  bool say_of_system(const std::string& type, bool names_actor) {
    const auto name = "@<>+" + type;
    auto message = std::string(3, '\0') + static_cast<char>(name.size()) + name;
    if (names_actor)
      message += word(5) + name_;
    // An error with a number, a category and no context.
    message += '\7' + word(0x123456) + std::string(2, '\0') + "\3@<>";
    return say(1, message);
  }
  bool beat() {
    is_open_ = is_open_ && to_.send(head_of(6, 0));
    return is_open_;
  }

private:
  static constexpr std::size_t head_bytes = 32;
  static constexpr std::size_t id_bytes = 32;

  raw_client to_;
  /// The member, and who this says it is.
  std::string actor_;
  std::string name_;
  bool is_open_ = true;
};

} // namespace holdfast::cluster_test
