#include "lease_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "holdfast/hex.hpp"
#include "holdfast/journal.hpp"
#include "line_codec.hpp"
#include "src/crypto/sha256.hpp"

namespace holdfast::storage {

namespace {

namespace fs = std::filesystem;

/// More than any lease takes.
constexpr std::size_t file_bytes_max = 1'024;
constexpr std::size_t name_bytes = 16;

/// A SKU may be named by any text, a file may not.
std::string file_name(sku_view of) {
  thread_local crypto::sha256 hash;
  std::string names(of.store);
  names.append(1, '\0').append(of.sku);
  const auto sum = hash(names);
  return to_hex(std::span{sum}.first<name_bytes>());
}

std::string text_of(const std::string& path) {
  const int in = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (in < 0)
    return {};
  std::array<char, file_bytes_max> bytes{};
  const auto count = ::read(in, bytes.data(), bytes.size());
  ::close(in);
  return {bytes.data(), count < 0 ? 0 : static_cast<std::size_t>(count)};
}

/// A wish and whose it is about.
std::optional<std::pair<leased_name, lease_wish>>
read_wish(const std::string& path) {
  const auto text = text_of(path);
  lines_reader in(text);
  std::pair<leased_name, lease_wish> found;
  found.first.first = in.line("store");
  found.first.second = in.line("sku");
  found.second.who = in.number<std::uint64_t>("who");
  found.second.until_ms = in.number<std::int64_t>("until");
  return in.is_whole() ? std::optional{found} : std::nullopt;
}

} // namespace

std::string lease_files::directory(const std::string& data_dir) {
  return (fs::path(data_dir) / "leases").string();
}

lease_files::lease_files(const std::string& data_dir, std::uint64_t self)
    : held_(directory(data_dir) + "/held/"),
      wanted_(directory(data_dir) + "/wanted/"),
      unfinished_(directory(data_dir) + "/" + std::to_string(self)) {
  std::error_code error;
  for (const auto* path : {&held_, &wanted_})
    if (fs::create_directories(*path, error); error)
      throw journal_error(journal_error::kind::failed,
                          "cannot make " + *path + ": " + error.message());
}

std::string lease_files::held_path(sku_view of) const {
  return held_ + file_name(of);
}

std::string lease_files::wanted_path(sku_view of) const {
  return wanted_ + file_name(of);
}

std::optional<lease> lease_files::read(sku_view of) const {
  const auto text = text_of(held_path(of));
  lines_reader in(text);
  lease found;
  const auto store = in.line("store");
  const auto sku = in.line("sku");
  found.token = in.number<std::uint64_t>("token");
  found.holder = in.number<std::uint64_t>("holder");
  found.owner = in.line("owner");
  found.since_ms = in.number<std::int64_t>("since");
  found.expires_ms = in.number<std::int64_t>("expires");
  found.next = in.number<std::uint64_t>("next");
  found.kept_until_ms = in.number<std::int64_t>("kept");
  const auto is_its_own = store == of.store && sku == of.sku;
  return in.is_whole() && is_its_own ? std::optional{found} : std::nullopt;
}

bool lease_files::write(sku_view of, const lease& is) const {
  lines_writer out;
  out.line("store", of.store).line("sku", of.sku).number("token", is.token);
  out.number("holder", is.holder).line("owner", is.owner);
  out.number("since", is.since_ms).number("expires", is.expires_ms);
  out.number("next", is.next).number("kept", is.kept_until_ms);
  return replace(held_path(of), out.take());
}

void lease_files::remove(sku_view of) const {
  ::unlink(held_path(of).c_str());
}

std::optional<lease_wish> lease_files::wish(sku_view of) const {
  const auto found = read_wish(wanted_path(of));
  return found ? std::optional{found->second} : std::nullopt;
}

bool lease_files::put_wish(sku_view of, const lease_wish& is) const {
  lines_writer out;
  out.line("store", of.store).line("sku", of.sku).number("who", is.who);
  return replace(wanted_path(of), out.number("until", is.until_ms).take());
}

void lease_files::remove_wish(sku_view of) const {
  ::unlink(wanted_path(of).c_str());
}

std::vector<std::pair<leased_name, lease_wish>> lease_files::wishes() const {
  std::vector<std::pair<leased_name, lease_wish>> all;
  std::error_code error;
  for (auto each = fs::directory_iterator(wanted_, error);
       !error && each != fs::directory_iterator(); each.increment(error))
    if (auto found = read_wish(each->path().string()))
      all.push_back(std::move(*found));
  return all;
}

void lease_files::clear() const {
  std::error_code ignored;
  for (const auto* path : {&held_, &wanted_})
    for (const auto& each : fs::directory_iterator(*path, ignored))
      fs::remove(each.path(), ignored);
}

bool lease_files::replace(const std::string& path,
                          const std::string& text) const {
  const std::lock_guard guard{making_};
  const int out = ::open(unfinished_.c_str(),
                         O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (out < 0)
    return false;
  const auto count = ::write(out, text.data(), text.size());
  ::close(out);
  if (count == static_cast<ssize_t>(text.size())
      && std::rename(unfinished_.c_str(), path.c_str()) == 0)
    return true;
  ::unlink(unfinished_.c_str());
  return false;
}

} // namespace holdfast::storage
