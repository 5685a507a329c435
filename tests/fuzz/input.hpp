// What a fuzzer's bytes are made of, and what ends its run.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

namespace holdfast::fuzz {

/// Takes an input apart from its beginning.
class input {
public:
  input(const std::uint8_t* data, std::size_t size)
      : left_(reinterpret_cast<const char*>(data), size) {
    // nop
  }

  /// The next byte, 0 at the end.
  std::uint8_t byte() {
    if (left_.empty())
      return 0;
    const auto first = static_cast<std::uint8_t>(left_.front());
    left_.remove_prefix(1);
    return first;
  }
  /// What comes before the next line feed, which is passed over too.
  std::string_view line() {
    const auto size = left_.find('\n');
    const auto found = left_.substr(0, size);
    left_.remove_prefix(size == left_.npos ? left_.size() : size + 1);
    return found;
  }
  std::string_view rest() const {
    return left_;
  }

private:
  std::string_view left_;
};

/// Ends the run with this input as a finding unless `holds`.
inline void require(bool holds, const char* what) {
  if (holds)
    return;
  std::cerr << "broken: " << what << std::endl;
  std::abort();
}

} // namespace holdfast::fuzz
