#include "holdfast/dead_letter.hpp"

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"

namespace holdfast {

namespace {

std::string made_key(std::uint64_t id) {
  return "dead-letter-" + std::to_string(id);
}

constexpr bool continues_character(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

} // namespace

command retry_of(const dead_letter& letter) {
  auto ask = letter.ask;
  // Whoever else uses this key has another fingerprint: a digest is not zero.
  if (ask.from.key.empty())
    ask.from.key = made_key(letter.id);
  return ask;
}

bool is_made_key(std::uint64_t letter_id, std::string_view key) {
  return key == made_key(letter_id);
}

std::string to_cause(std::string_view what) {
  auto size = what.size();
  if (size > limits::cause_bytes_max) {
    size = limits::cause_bytes_max;
    while (size > 0 && continues_character(what[size]))
      --size;
  }
  std::string cause{what.substr(0, size)};
  if (!is_utf8(cause))
    for (auto& each : cause)
      if (static_cast<unsigned char>(each) >= 0x80)
        each = '?';
  return cause;
}

} // namespace holdfast
