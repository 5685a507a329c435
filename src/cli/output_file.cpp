#include "src/cli/output_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "src/config/config_error.hpp"

namespace holdfast::cli {

namespace {

namespace fs = std::filesystem;

/// Of a file that may not be there yet.
fs::path place_of(const std::string& path) {
  std::error_code none;
  const auto whole = fs::absolute(path, none);
  const auto place = fs::weakly_canonical(whole, none);
  return none ? whole : place;
}

bool is_one_file(const std::string& one, const std::string& other) {
  std::error_code none;
  if (const auto is = fs::status(one, none);
      fs::exists(is) && !fs::is_regular_file(is))
    return false;
  return fs::equivalent(one, other, none) || place_of(one) == place_of(other);
}

void check_two(const named_file& one, const named_file& other) {
  if (!one.path.empty() && !other.path.empty()
      && is_one_file(one.path, other.path))
    throw config::config_error{one.option + " and " + other.option
                               + " are one file: " + other.path};
}

} // namespace

void output_buffer::open_as_it_is(const std::string& path) {
  path_ = path;
  open(path, std::ios::out | std::ios::app);
}

void output_buffer::begin() {
  if (has_begun_ || !is_open())
    return;
  has_begun_ = true;
  std::error_code none;
  // What goes to standard output as well comes after what is there.
  if (!fs::is_regular_file(path_, none)
      || fs::equivalent(path_, "/dev/stdout", none))
    return;
  close();
  open(path_, std::ios::out | std::ios::trunc);
}

std::streamsize output_buffer::xsputn(const char* text, std::streamsize size) {
  if (size > 0)
    begin();
  return std::filebuf::xsputn(text, size);
}

output_buffer::int_type output_buffer::overflow(int_type next) {
  begin();
  return std::filebuf::overflow(next);
}

output_file::output_file(const std::string& option, const std::string& path)
    : std::ostream(nullptr) {
  rdbuf(&buffer_);
  if (path.empty())
    return;
  buffer_.open_as_it_is(path);
  if (!is_open())
    throw config::config_error{option + ": cannot write " + path + ": "
                               + std::strerror(errno)};
}

void check_apart(const std::vector<named_file>& inputs,
                 const std::vector<named_file>& outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (const auto& each : inputs)
      check_two(outputs[i], each);
    for (std::size_t j = 0; j < i; ++j)
      check_two(outputs[j], outputs[i]);
  }
}

} // namespace holdfast::cli
