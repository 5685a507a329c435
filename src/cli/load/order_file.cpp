#include "src/cli/load/order_file.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "src/cli/load/draft.hpp"
#include "src/config/config_error.hpp"

namespace holdfast::cli {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Takes a cell in quotes off the head of `rest`: in it two quotes are one.
/// Nothing if it does not end with a quote.
std::optional<std::string> take_quoted(std::string_view& rest) {
  std::string cell;
  for (std::size_t at = 1;;) {
    const auto quote = rest.find('"', at);
    if (quote == std::string_view::npos)
      return std::nullopt;
    cell += rest.substr(at, quote - at);
    rest.remove_prefix(quote + 1);
    if (!rest.starts_with('"'))
      return cell;
    cell += '"';
    at = 1;
  }
}

/// As RFC 4180 has them, but for line breaks in quotes. Nothing for a line
/// that is none.
std::optional<std::vector<std::string>> cells_of(std::string_view rest) {
  std::vector<std::string> cells;
  for (;; rest.remove_prefix(1)) {
    if (rest.starts_with('"')) {
      auto cell = take_quoted(rest);
      if (!cell || !(rest.empty() || rest.front() == ','))
        return std::nullopt;
      cells.push_back(std::move(*cell));
    } else {
      cells.emplace_back(rest.substr(0, rest.find(',')));
      rest.remove_prefix(cells.back().size());
    }
    if (rest.empty())
      return cells;
  }
}

/// False at the end.
bool next_line(std::istream& from, std::string& line) {
  if (!std::getline(from, line))
    return false;
  if (line.ends_with('\r'))
    line.pop_back();
  return true;
}

class order_reader {
public:
  explicit order_reader(const std::string& path) : path_(path), from_(path) {
    std::string line;
    if (!next_line(from_, line))
      throw config::config_error{from_.is_open() && !from_.bad()
                                     ? path + " has no columns"
                                     : "cannot read " + path};
    if (line.starts_with(byte_order_mark))
      line.erase(0, byte_order_mark.size());
    const auto head = cells_in(line);
    code_ = column_of(head, "StockCode");
    quantity_ = column_of(head, "Quantity");
  }

  order_list read() {
    std::string line;
    for (number_ = 2; next_line(from_, line); ++number_)
      if (!line.empty())
        add(cells_in(line));
    if (made_.lines.empty())
      throw config::config_error{path_ + " has no order lines"};
    return std::move(made_);
  }

private:
  std::vector<std::string> cells_in(const std::string& line) const {
    auto cells = cells_of(line);
    if (!cells)
      fail("a quoted cell must end with a quote, in its line");
    return std::move(*cells);
  }

  std::size_t column_of(const std::vector<std::string>& head,
                        const char* name) const {
    const auto found = std::find(head.begin(), head.end(), name);
    if (found == head.end())
      throw config::config_error{path_ + " has no column " + name};
    return static_cast<std::size_t>(found - head.begin());
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw config::config_error{path_ + ", line " + std::to_string(number_)
                               + ": " + why};
  }

  std::int32_t units_in(const std::string& cell) const {
    std::int64_t units = 0;
    const auto* const end = cell.data() + cell.size();
    const auto read = std::from_chars(cell.data(), end, units);
    if (read.ec != std::errc{} || read.ptr != end || units > limits::amount_max
        || units < -limits::amount_max)
      fail("Quantity must be an integer from "
           + std::to_string(-limits::amount_max) + " to "
           + std::to_string(limits::amount_max));
    return static_cast<std::int32_t>(units);
  }

  void add(const std::vector<std::string>& cells) {
    if (cells.size() <= std::max(code_, quantity_) || cells[quantity_].empty())
      fail("there is no StockCode, or no Quantity");
    const auto units = units_in(cells[quantity_]);
    if (units == 0)
      return;
    const auto& code = cells[code_];
    if (!is_utf8(code))
      fail("StockCode is not UTF-8");
    if (!is_sku(code))
      fail("StockCode is no SKU");
    if (!is_sku(std::string(name_book::tag_size, 'x') + '-' + code))
      fail("StockCode is too long with the name of the run before it");
    const auto [at, is_new] =
        known_.emplace(code, static_cast<std::uint32_t>(made_.skus.size()));
    if (is_new)
      made_.skus.push_back(code);
    made_.lines.push_back({at->second, units});
  }

  const std::string& path_;
  std::ifstream from_;
  std::size_t number_ = 1;
  std::size_t code_ = 0;
  std::size_t quantity_ = 0;
  std::map<std::string, std::uint32_t> known_;
  order_list made_;
};

} // namespace

order_list read_orders(const std::string& path) {
  return order_reader{path}.read();
}

} // namespace holdfast::cli
