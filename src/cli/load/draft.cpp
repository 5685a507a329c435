#include "src/cli/load/draft.hpp"

#include <charconv>

namespace holdfast::cli {

namespace {

template <class Integer>
void append(std::string& to, Integer value) {
  char digits[20];
  to.append(digits, std::to_chars(digits, digits + 20, value).ptr);
}

} // namespace

name_book::name_book(std::string tag, std::vector<std::string> stores)
    : name_book(std::move(tag), std::move(stores), {}) {
  // nop
}

name_book::name_book(std::string tag, std::vector<std::string> stores,
                     std::vector<std::string> skus)
    : tag_(std::move(tag)), stores_(std::move(stores)), skus_(std::move(skus)) {
  for (std::uint32_t i = 0; i < skus_.size(); ++i)
    indexes_.emplace(skus_[i], i);
}

std::string name_book::sku(std::uint32_t index) const {
  auto name = tag_ + '-';
  if (skus_.empty())
    append(name, index);
  else
    name += skus_[index];
  return name;
}

std::optional<std::uint32_t> name_book::index_of(const std::string& sku) const {
  if (sku.size() <= tag_.size() + 1 || !sku.starts_with(tag_)
      || sku[tag_.size()] != '-')
    return std::nullopt;
  const auto* const begin = sku.data() + tag_.size() + 1;
  if (!skus_.empty()) {
    const auto found = indexes_.find(begin);
    return found == indexes_.end() ? std::nullopt
                                   : std::optional{found->second};
  }
  std::uint32_t index = 0;
  const auto* const end = sku.data() + sku.size();
  const auto read = std::from_chars(begin, end, index);
  return read.ec == std::errc{} && read.ptr == end ? std::optional{index}
                                                   : std::nullopt;
}

command name_book::spell(const draft& from, bool with_fingerprint) const {
  command made;
  made.from.what = from.what;
  made.from.store = stores_[from.store];
  made.from.sku = sku(from.sku);
  if (from.amount != 0)
    made.amount = from.amount;
  if (from.ttl_s != 0)
    made.ttl_s = from.ttl_s;
  made.reservation = from.hold;
  // Holds are extended by their id alone.
  made.from.by_reservation = from.what == action::extend;
  if (!is_write(from.what))
    return made;
  auto& key = made.from.key;
  key = tag_;
  append(key += '-', from.author);
  append(key += '-', from.number);
  if (with_fingerprint) {
    auto& print = made.from.fingerprint;
    for (std::size_t i = 0; i < 4; ++i)
      print[i] = static_cast<std::uint8_t>(from.amount >> 8 * i);
    print[4] = static_cast<std::uint8_t>(from.ttl_s);
    print[5] = 1;
  }
  return made;
}

} // namespace holdfast::cli
