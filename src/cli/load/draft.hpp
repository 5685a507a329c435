// A question in its shortest form: what workloads make up and records keep.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "holdfast/command.hpp"

namespace holdfast::cli {

struct draft {
  action what = action::read;
  std::uint16_t store = 0;
  std::uint32_t sku = 0;
  /// 0 where there is none: all of it.
  std::int32_t amount = 0;
  /// 0 where there is none.
  std::int32_t ttl_s = 0;
  reservation_ref hold;
  /// The client that asked first and how many writes it had asked before:
  /// together the key of a write.
  std::uint32_t author = 0;
  std::uint32_t number = 0;
};

/// How stores, SKUs and keys of one run are called: nothing that was there
/// before has such a name.
class name_book {
public:
  /// Bytes of a tag: so many that no two runs have the same one.
  static constexpr std::size_t tag_size = 8;

  /// SKUs are numbered.
  name_book(std::string tag, std::vector<std::string> stores);
  /// SKUs have names of their own.
  name_book(std::string tag, std::vector<std::string> stores,
            std::vector<std::string> skus);

  const std::vector<std::string>& stores() const noexcept {
    return stores_;
  }
  /// What all its SKUs begin with.
  const std::string& tag() const noexcept {
    return tag_;
  }
  std::string sku(std::uint32_t index) const;
  /// Nothing for a name that is none of these.
  std::optional<std::uint32_t> index_of(const std::string& sku) const;

  /// The whole question. Writes have a key and, if `with_fingerprint`, a
  /// fingerprint that tells their body.
  command spell(const draft& from, bool with_fingerprint) const;

private:
  std::string tag_;
  std::vector<std::string> stores_;
  std::vector<std::string> skus_;
  std::unordered_map<std::string, std::uint32_t> indexes_;
};

} // namespace holdfast::cli
