#include <doctest/doctest.h>

#include <sys/stat.h>

#include <fstream>
#include <set>

#include <rapidcheck.h>

#include "src/access/key_file.hpp"
#include "src/config/config_error.hpp"
#include "tests/storage/temp_dir.hpp"

using namespace holdfast;
using namespace holdfast::access;

namespace {

std::string hash_of(char digit) {
  return std::string(64, digit);
}

/// The message of the refusal, or `accepted`.
std::string refusal(const std::string& text) {
  try {
    parse_keys(text, "keys");
  } catch (const config::config_error& error) {
    return error.what();
  }
  return "accepted";
}

void write(const std::string& path, const std::string& text, mode_t mode) {
  std::ofstream{path} << text;
  REQUIRE(::chmod(path.c_str(), mode) == 0);
}

} // namespace

TEST_CASE("a line is a name, a role and a hash, apart by blanks") {
  const auto keys =
      parse_keys("# all keys\n\n  till-1 \t writer  " + hash_of('a')
                     + " # the left till\r\nboss operator " + hash_of('B'),
                 "keys");
  REQUIRE(keys.size() == 2);
  CHECK(keys[0].who == principal{"till-1", role::writer});
  CHECK(keys[0].hash.front() == 0xaa);
  CHECK(keys[1].who == principal{"boss", role::operator_});
  CHECK(keys[1].hash.back() == 0xbb);
}

TEST_CASE("a name may have two secrets") {
  const auto keys = parse_keys("till reader " + hash_of('1') + "\ntill reader "
                                   + hash_of('2') + "\n",
                               "keys");
  CHECK(keys.size() == 2);
}

TEST_CASE("what is wrong is named by its line, without its words") {
  const auto good = "till reader " + hash_of('1') + "\n";
  const std::pair<std::string, std::string> rows[] = {
      {"till", "must be a name, a role and a hash"},
      {"till reader", "must be a name, a role and a hash"},
      {"till reader " + hash_of('2') + " more",
       "must be a name, a role and a hash"},
      {"-till reader " + hash_of('2'), "the name must be of the form "
                                       "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"},
      {"till root " + hash_of('2'), "the role must be reader, writer or "
                                    "operator"},
      {"till reader " + hash_of('2').substr(1),
       "the hash must be 64 hexadecimal digits, as `holdfast key` prints it"},
      {"till reader " + hash_of('g'),
       "the hash must be 64 hexadecimal digits, as `holdfast key` prints it"},
      {"tall reader " + hash_of('1'), "the hash was there before"},
  };
  for (const auto& [line, why] : rows) {
    CHECK(refusal(good + line) == "keys, line 2: " + why);
    CHECK(refusal(good + line).find("till") == std::string::npos);
  }
}

TEST_CASE("a file of too many keys is refused") {
  std::string text;
  for (std::size_t i = 0; i <= keys_max; ++i) {
    const auto number = std::to_string(i);
    text += "k reader " + std::string(64 - number.size(), '0') + number + "\n";
  }
  CHECK(refusal(text)
        == "keys, line " + std::to_string(keys_max + 1)
               + ": there are too many keys");
}

TEST_CASE("any bytes are keys or a refusal, never more") {
  CHECK(rc::check("parse_keys", [](const std::string& text) {
    const auto said = refusal(text);
    RC_ASSERT(said == "accepted" || said.starts_with("keys, line "));
  }));
}

TEST_CASE("what is written is read back, and found by its hash alone") {
  CHECK(rc::check("format and find", [](const std::vector<digest>& hashes) {
    std::string text;
    const std::set<digest> different(hashes.begin(), hashes.end());
    for (const auto& hash : different)
      text +=
          format_key({{"n" + std::to_string(text.size()), role::writer}, hash})
          + "\n";
    const auto keys = parse_keys(text, "keys");
    const key_ring ring{keys};
    RC_ASSERT(ring.size() == different.size());
    for (const auto& key : keys) {
      RC_ASSERT(*ring.find(key.hash) == key.who);
      auto other = key.hash;
      other.back() ^= 1;
      RC_ASSERT(different.contains(other) || ring.find(other) == nullptr);
    }
  }));
}

TEST_CASE("a file that cannot be read or holds no key is refused") {
  const storage::testing::temp_dir dir;
  CHECK_THROWS_AS(load_keys(dir / "none"), config::config_error);
  CHECK_THROWS_AS(load_keys(dir.path()), config::config_error);
  CHECK(::mkfifo((dir / "pipe").c_str(), 0600) == 0);
  CHECK_THROWS_WITH_AS(load_keys(dir / "pipe"),
                       doctest::Contains("it is no regular file"),
                       config::config_error);
  write(dir / "keys", "# nobody\n", 0600);
  CHECK_THROWS_AS(load_keys(dir / "keys"), config::config_error);
}

TEST_CASE("a file that others may change, or all may read, is exposed") {
  const storage::testing::temp_dir dir;
  for (const auto& [mode, is_exposed] : {std::pair<mode_t, bool>{0600, false},
                                         {0400, false},
                                         {0640, false},
                                         {0660, true},
                                         {0644, true},
                                         {0602, true}}) {
    write(dir / "keys", "till reader " + hash_of('1') + "\n", mode);
    CHECK(load_keys(dir / "keys").is_exposed == is_exposed);
  }
}
