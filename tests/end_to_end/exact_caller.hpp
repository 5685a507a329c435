// A caller that holds every answer of a node against the document of the API.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/support/api_document.hpp"

namespace holdfast::live {

/// Field lines that say who calls.
struct caller_fields {
  std::string operator_ = {};
  std::string reader = {};
};

/// Not thread-safe.
class exact_caller {
public:
  /// Takes the document from the node on `port`.
  explicit exact_caller(std::uint16_t port, caller_fields as = {});

  const test::api_document& document() const noexcept {
    return *document_;
  }
  const caller_fields& fields() const noexcept {
    return as_;
  }

  /// Asks as an operator. The case fails if the answer is not as documented,
  /// or has another status. Returns its body.
  json ask(const request& what, int status);
  /// Three times under one key: the answer, the same once more, and 422 for
  /// `other_body`. Returns the first.
  json ask_again(request what, int status, std::string other_body);
  /// Sends a body to the example of an operation. Returns the status.
  int try_body(const test::api_operation& to, const std::string& body);
  /// Sends bytes to an operation, on a connection of their own. Returns the
  /// status.
  int send(const test::api_operation& to, const std::string& bytes);
  /// The answer to what is no operation is that to refusals as such.
  void check_default(request what, int status);

  /// Statuses and codes that the operation was seen to answer, and `replayed`.
  const std::set<std::string>& seen(const test::api_operation& of) {
    return seen_[of.name()];
  }

private:
  void judge(const test::api_operation& of, const raw_response& answer);
  void check_request(const test::api_operation& of, const request& what) const;

  std::uint16_t port_;
  caller_fields as_;
  caller client_{port_};
  std::unique_ptr<test::api_document> document_;
  std::map<std::string, std::set<std::string>> seen_;
};

} // namespace holdfast::live
