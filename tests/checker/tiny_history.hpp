// Histories so small that every order of them can be tried.
#pragma once

#include <random>
#include <tuple>

#include "src/checker/checker.hpp"

namespace holdfast::test {

/// Two SKUs of one store, a few clients, a few seconds.
struct tiny_history {
  checker::history calls;
  std::vector<event> journal;
  std::vector<checker::final_record> finals;
};

/// What `calls_max` calls of up to three clients see of an honest server, or of
/// one that `forgets` that it refused a key.
tiny_history make_tiny_history(std::mt19937_64& random, std::size_t calls_max,
                               bool forgets);

/// Changes something that somebody was told, or that was written.
void tamper(tiny_history& with, std::mt19937_64& random);

/// The bodies say the same, so that one may be a retry of the other.
inline bool is_same_body(const command& one, const command& other) {
  const auto all = [](const command& of) {
    return std::tie(of.amount, of.on_hand, of.safety_stock, of.ttl_s,
                    of.expected_version, of.reservation, of.from.reference);
  };
  return all(one) == all(other);
}

/// How a history is read where calls do not tell everything: `strict` takes
/// only what a server can have done, `lenient` whatever nobody can disprove
/// who sees one request at a time:
/// - a try with another body was there before a mismatch (strict: and had used
///   the key by then);
/// - questions are answered between expiries of one moment;
/// - a hold stays past its time while its grant is not acknowledged.
enum class reading { strict, lenient };

/// True if there is for each SKU an order of the requests that explains all
/// answers, the journal and the end, and in which nothing comes before what had
/// returned when it was called, and the numbers of all events are in such an
/// order. Tries all of them.
bool is_explained(const tiny_history& seen, reading as);

} // namespace holdfast::test
