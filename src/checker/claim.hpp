// Which of several requests an event is of. Internal to the checker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

/// True if it says who asked, or how.
bool names_somebody(const origin& from);

/// True for the key of what had none and was a dead letter: it is made of that.
bool is_of_letter(const std::string& key);

/// When somebody was first told of each version, or of a later one. The last is
/// for all beyond.
std::vector<std::int64_t> first_told(const sku_case& of);

/// Whose event it is, of several requests that it may be of.
class choice {
public:
  /// Somebody knew of `change` at `known_ns`.
  choice(const sku_case& of, const event& change, std::int64_t known_ns)
      : of_(of), change_(change), known_ns_(known_ns) {
    // nop
  }

  /// One more, by its place. Who was told of the event made it, or else who
  /// asked for just that, or else who asked first.
  void offer(std::size_t which);

  /// `nobody` if it fits none.
  std::size_t likeliest() const noexcept {
    return likeliest_;
  }

private:
  /// How well a request goes with the event, from nothing to certainty.
  /// `again` is one event more of a key, `odd` what its caller or the rules say
  /// did not come of it, `exact` what only such a question leads to.
  enum class claim : std::uint8_t { none, again, odd, open, exact, told };

  claim claim_of(const entry& call) const;
  claim claim_of(const request& of) const;

  const sku_case& of_;
  const event& change_;
  std::int64_t known_ns_;
  claim most_ = claim::none;
  std::size_t likeliest_ = nobody;
};

} // namespace holdfast::checker
