// A connection's bytes on their way through an inbox into RESTinio's parser.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "http/edge_inbox.hpp"
#include "tests/http/parser_oracle.hpp"

namespace holdfast::http {

/// What became of them.
struct inbox_run {
  unsigned messages = 0;
  /// The parser found in each piece what the inbox found.
  bool agreed = true;
  error_code code = error_code::none;
};

/// Sends `raw` through an inbox in pieces of up to `read_max`, into a buffer
/// of `read_max` bytes.
template <class Random>
inbox_run pass(std::string_view raw, std::size_t read_max, Random& random) {
  using step = edge_inbox::step;
  edge_inbox inbox;
  parser_oracle reader;
  inbox_run seen;
  std::string buffer(read_max, '\0');
  std::uniform_int_distribution<std::size_t> size{1, read_max};
  auto next = step::read;
  while (next != step::read || !raw.empty()) {
    if (next == step::read) {
      const auto count = raw.copy(buffer.data(), size(random));
      raw.remove_prefix(count);
      next = inbox.take(buffer.data(), buffer.size(), count);
    } else if (next == step::refuse) {
      seen.code = inbox.refusal().code;
      break;
    } else {
      seen.agreed = seen.agreed && reader.read(buffer.data(), inbox.ready());
      next = inbox.next(buffer.data(), buffer.size());
    }
  }
  seen.messages = reader.messages();
  return seen;
}

/// Requests that the scanner finds in `raw`.
inline unsigned count_requests(std::string_view raw) {
  edge_scanner scanner;
  unsigned count = 0;
  while (!raw.empty()) {
    const auto result = scanner.feed(raw.data(), raw.size());
    if (result.is != edge_scanner::verdict::complete)
      break;
    ++count;
    raw.remove_prefix(result.consumed);
    scanner.reset();
  }
  return count;
}

} // namespace holdfast::http
