// A node whose every answer is held against its own document.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/guarded_node.hpp"
#include "tests/support/api_document.hpp"

namespace holdfast::live {

/// Not thread-safe.
class documented_node {
public:
  /// Takes the document from the node, whose first answer that is.
  documented_node();

  const test::api_document& document() const noexcept {
    return *document_;
  }

  /// Asks as an operator. The case fails if the answer is not as documented,
  /// or is none of `status`.
  json ask(const request& what, int status);
  /// Three times under one key: the answer, the same once more, and 422 for
  /// `other_body`. Returns the first.
  json ask_again(request what, int status, std::string other_body);
  /// Sends bytes to an operation on a connection of their own.
  void send(const test::api_operation& to, const std::string& bytes,
            int status);

  /// Field lines of the callers there are.
  std::string operator_field() const {
    return bearer(given_.boss);
  }
  std::string reader_field() const {
    return bearer(given_.reader);
  }

  /// Statuses and codes that each operation was seen to answer.
  const std::set<std::string>& seen(const test::api_operation& of) {
    return seen_[of.name()];
  }

  /// An answer to what is no operation.
  void check_default(const request& what, int status);

private:
  void judge(const test::api_operation& of, const raw_response& answer,
             int status);
  void check_request(const test::api_operation& of, const request& what) const;

  guarded_node given_;
  caller client_{given_.node->port()};
  std::unique_ptr<test::api_document> document_;
  std::map<std::string, std::set<std::string>> seen_;
};

// What drives it, by resource. Each leaves no code of the document unseen that
// a sound node with one client can answer.

void drive_records(documented_node& node);
void drive_reservations(documented_node& node);
void drive_pages(documented_node& node);
/// What the edge and the door refuse, of every operation.
void drive_edge(documented_node& node);

} // namespace holdfast::live
