// What nodes say to each other: values only, many of a kind in one message.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "actors/wire_values.hpp"

namespace holdfast {

/// An operation on its way to the owner of its store.
struct wire_command {
  /// Of the sender, repeated in the outcome.
  std::uint64_t number = 0;
  /// What is left of its deadline, in milliseconds: clocks differ.
  std::uint32_t millis = 0;
  command ask;
};

/// None at all says who is there, and later, to a node that ends, that nothing
/// is on its way any more.
struct wire_commands {
  std::vector<wire_command> items;
};

/// What the owner made of it.
struct wire_outcome {
  std::uint64_t number = 0;
  /// See `operation::retry_after_s`.
  std::uint32_t retry_after_s = 0;
  outcome answer;
};

/// None at all: the node ends, and wants nothing more.
struct wire_outcomes {
  std::vector<wire_outcome> items;
};

/// A page of the feed of one node is wanted.
struct wire_page_request {
  std::uint64_t number = 0;
  std::uint32_t millis = 0;
  std::uint64_t after = 0;
  std::uint32_t limit = 0;
  std::string store;
  std::string sku;
};

struct wire_page {
  std::uint64_t number = 0;
  /// `none` if there is a page.
  error_code code = error_code::none;
  std::uint64_t last_seq = 0;
  /// See `event_page`.
  std::int64_t last_ms = 0;
  bool is_last = false;
  std::vector<event> events;
};

/// The greeting with this revision was accepted.
struct wire_welcome {
  std::uint64_t revision = 0;
};

/// It was not.
struct wire_refusal {
  greeting_refusal said;
};

/// What a member knows of all, in parts.
struct wire_news {
  std::vector<roster_entry> known;
  bool is_last = false;
};

/// Comes back with the same number.
struct wire_ping {
  std::uint64_t number = 0;
};

struct wire_pong {
  std::uint64_t number = 0;
};

/// An operator wants the receiver to have a store.
struct wire_wish {
  std::uint64_t number = 0;
  std::uint32_t millis = 0;
  std::string store;
};

/// What became of a wish.
struct wish_result {
  /// `none`, or why not; `why` in words then.
  error_code code = error_code::none;
  /// It was not there before.
  bool is_new = false;
  std::string why;
};

struct wire_wish_result {
  std::uint64_t number = 0;
  wish_result is;
};

// -- how these are taken apart -----------------------------------------------

template <class Inspector>
auto inspect(Inspector& f, wire_command& x) {
  return f(x.number, x.millis, x.ask);
}

template <class Inspector>
auto inspect(Inspector& f, wire_commands& x) {
  return f(x.items);
}

template <class Inspector>
auto inspect(Inspector& f, wire_outcome& x) {
  return f(x.number, x.retry_after_s, x.answer);
}

template <class Inspector>
auto inspect(Inspector& f, wire_outcomes& x) {
  return f(x.items);
}

template <class Inspector>
auto inspect(Inspector& f, wire_page_request& x) {
  return f(x.number, x.millis, x.after, x.limit, x.store, x.sku);
}

template <class Inspector>
auto inspect(Inspector& f, wire_page& x) {
  return f(x.number, x.code, x.last_seq, x.last_ms, x.is_last, x.events);
}

template <class Inspector>
auto inspect(Inspector& f, wire_welcome& x) {
  return f(x.revision);
}

template <class Inspector>
auto inspect(Inspector& f, wire_refusal& x) {
  return f(x.said);
}

template <class Inspector>
auto inspect(Inspector& f, wire_news& x) {
  return f(x.known, x.is_last);
}

template <class Inspector>
auto inspect(Inspector& f, wire_ping& x) {
  return f(x.number);
}

template <class Inspector>
auto inspect(Inspector& f, wire_pong& x) {
  return f(x.number);
}

template <class Inspector>
auto inspect(Inspector& f, wire_wish& x) {
  return f(x.number, x.millis, x.store);
}

template <class Inspector>
auto inspect(Inspector& f, wish_result& x) {
  return f(x.code, x.is_new, x.why);
}

template <class Inspector>
auto inspect(Inspector& f, wire_wish_result& x) {
  return f(x.number, x.is);
}

} // namespace holdfast
