// What another process may say in the protocol of CAF (BASP), and what nodes
// never do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include <caf/io/basp/header.hpp>

namespace holdfast {

/// What comes over one connection, looked at before CAF does. BASP takes every
/// peer at its word: it hands on to any actor that it is to quit or that what
/// it watches is gone, in the name of any node, carries messages of third
/// parties, keeps a record of each sender that is named, and reads what a
/// handshake has to say without looking whether there is anything. Nodes say
/// who they are, once or twice the same, and send each other the few messages
/// of `wire.hpp`, directly. Not thread-safe.
class node_filter {
public:
  enum class verdict {
    take,
    /// CAF is not to hear of it.
    skip,
    /// Whoever says that is no node.
    close,
  };
  using header = caf::io::basp::header;

  /// `came_in`: the other side has called.
  explicit node_filter(bool came_in) : came_in_(came_in) {
    // nop
  }

  /// Of a head as it came.
  static verdict judge(std::string_view head) noexcept;
  /// Of what follows `head`: one of another size is left to CAF, which closes.
  /// Who was not introduced is heard on few senders.
  verdict judge(const header& head, std::string_view payload,
                bool is_introduced);

private:
  verdict judge_name(std::string_view payload);
  bool is_of_peer(std::string_view payload) const noexcept;
  bool is_known(std::uint64_t sender);

  bool came_in_;
  /// The node id of a peer that came in, as it said it.
  std::string name_;
  int times_named_ = 0;
  std::set<std::uint64_t> senders_;
};

} // namespace holdfast
