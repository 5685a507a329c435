#include "src/telemetry/metric_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

namespace holdfast::telemetry {

namespace {

using ordered = nlohmann::ordered_json;

/// Up to here every whole number has a double of its own.
constexpr double exact_max = 9e15;

bool is_whole(double value) {
  return std::trunc(value) == value && std::abs(value) <= exact_max;
}

std::string_view name_of(metric_kind kind) {
  switch (kind) {
  case metric_kind::counter:
    return "counter";
  case metric_kind::gauge:
    return "gauge";
  case metric_kind::histogram:
    return "histogram";
  }
  return "untyped";
}

std::string show(double value) {
  std::array<char, 400> text{};
  const auto end =
      std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed);
  return {text.begin(), end.ptr};
}

void append_escaped(std::string& out, std::string_view text, bool quotes) {
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || (quotes && c == '"'))
      out += '\\';
    out += c;
  }
}

/// Lines of one metric.
class text_lines {
public:
  text_lines(const metric& of, std::string& out) : of_(of), out_(out) {
    // nop
  }

  void head();
  void sample(const metric_sample& one);

private:
  void line(std::string_view suffix, const std::vector<std::string>& labels,
            std::string_view le, double value);
  void label(std::string_view name, std::string_view value);

  const metric& of_;
  std::string& out_;
};

void text_lines::head() {
  out_.append("# HELP ").append(of_.name).append(" ");
  append_escaped(out_, of_.help, false);
  out_.append("\n# TYPE ").append(of_.name).append(" ");
  out_.append(name_of(of_.kind)).append("\n");
}

void text_lines::sample(const metric_sample& one) {
  if (of_.kind != metric_kind::histogram) {
    line("", one.labels, "", one.value);
    return;
  }
  const auto& spread = one.spread;
  double below = 0;
  for (std::size_t i = 0; i < spread.bounds.size(); ++i) {
    below += static_cast<double>(spread.counts[i]);
    const auto bound = static_cast<double>(spread.bounds[i]) / of_.per_unit;
    line("_bucket", one.labels, show(bound), below);
  }
  const auto all = static_cast<double>(spread.count());
  line("_bucket", one.labels, "+Inf", all);
  line("_sum", one.labels, "", static_cast<double>(spread.sum) / of_.per_unit);
  line("_count", one.labels, "", all);
}

void text_lines::line(std::string_view suffix,
                      const std::vector<std::string>& labels,
                      std::string_view le, double value) {
  out_.append(of_.name).append(suffix);
  const auto before = out_.size();
  for (std::size_t i = 0; i < labels.size(); ++i)
    label(of_.labels[i], labels[i]);
  if (!le.empty())
    label("le", le);
  if (out_.size() > before) {
    out_[before] = '{';
    out_ += '}';
  }
  out_.append(" ").append(show(value)).append("\n");
}

/// The first comma becomes the brace.
void text_lines::label(std::string_view name, std::string_view value) {
  out_.append(",").append(name).append("=\"");
  append_escaped(out_, value, true);
  out_ += '"';
}

ordered number(double value) {
  return is_whole(value) ? ordered(static_cast<std::int64_t>(value))
                         : ordered(value);
}

ordered as_json(const metric& of, const metric_sample& one) {
  ordered result;
  result["labels"] = ordered::object();
  for (std::size_t i = 0; i < one.labels.size(); ++i)
    result["labels"][of.labels[i]] = one.labels[i];
  if (of.kind != metric_kind::histogram) {
    result["value"] = number(one.value);
    return result;
  }
  const auto& spread = one.spread;
  result["count"] = spread.count();
  result["sum"] = number(static_cast<double>(spread.sum) / of.per_unit);
  auto& buckets = result["buckets"] = ordered::array();
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < spread.bounds.size(); ++i) {
    below += spread.counts[i];
    const auto bound = static_cast<double>(spread.bounds[i]) / of.per_unit;
    buckets.push_back({{"le", number(bound)}, {"count", below}});
  }
  return result;
}

} // namespace

std::string to_prometheus(std::span<const metric_reading> readings) {
  std::string out;
  for (const auto& [of, samples] : readings) {
    if (samples.empty())
      continue;
    text_lines lines{*of, out};
    lines.head();
    for (const auto& one : samples)
      lines.sample(one);
  }
  return out;
}

std::string to_json(std::span<const metric_reading> readings) {
  ordered all = ordered::array();
  for (const auto& [of, samples] : readings) {
    ordered one;
    one["name"] = of->name;
    one["type"] = name_of(of->kind);
    one["help"] = of->help;
    one["samples"] = ordered::array();
    for (const auto& each : samples)
      one["samples"].push_back(as_json(*of, each));
    all.push_back(std::move(one));
  }
  return ordered{{"metrics", std::move(all)}}.dump();
}

} // namespace holdfast::telemetry
