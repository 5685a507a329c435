// A node that asks who calls.
#pragma once

#include <memory>

#include "tests/end_to_end/key_file.hpp"
#include "tests/end_to_end/live_node.hpp"

namespace holdfast::live {

/// A node with one key of each role.
struct guarded_node {
  /// `more` are flags of `holdfast serve`.
  explicit guarded_node(const std::vector<std::string>& more = {}) {
    file.hold({reader, writer, boss});
    auto all = flags();
    all.insert(all.end(), more.begin(), more.end());
    node = std::make_unique<live_node>(all);
  }

  std::vector<std::string> flags() const {
    auto all = file.flags();
    all.insert(all.end(), {"--log-level", "debug", "--metrics-reset-enabled"});
    return all;
  }

  key_file file;
  made_key reader = make_key("mon-1", "reader");
  made_key writer = make_key("till-1", "writer");
  made_key boss = make_key("boss", "operator");
  std::unique_ptr<live_node> node;
};

} // namespace holdfast::live
