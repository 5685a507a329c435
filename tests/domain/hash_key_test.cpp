#include <doctest/doctest.h>

#include <set>
#include <string>
#include <utility>

#include "src/domain/siphash.hpp"

using namespace holdfast;

namespace {

/// Key 00 01 … 0f of the authors' test vectors.
siphash reference_hash() {
  return {0x0706050403020100, 0x0f0e0d0c0b0a0908};
}

origin asking(action what, std::string key) {
  origin from;
  from.what = what;
  from.key = std::move(key);
  return from;
}

} // namespace

TEST_CASE("SipHash gives the 128-bit vectors of its authors") {
  // Also what `openssl mac -macopt size:16 SIPHASH` prints.
  const std::string input = "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"
                            "\x0d\x0e\x0f\x10\x11\x12\x13";
  const auto zero = std::string(1, '\0') + input;
  CHECK(reference_hash().finish("")
        == key_hash{0x930255c71472f66d, 0xe6a825ba047f81a3});
  CHECK(reference_hash().finish(zero.substr(0, 1))
        == key_hash{0x45fc229b11597634, 0x44af996bd8c187da});
  CHECK(reference_hash().finish(zero.substr(0, 15))
        == key_hash{0xd9c3cf970fec087e, 0x11a8b03399e99354});
  CHECK(reference_hash().finish(zero)
        == key_hash{0xeb3938e8a544933e, 0x7390223f83fc259e});
}

TEST_CASE("words absorbed one by one count as bytes of the message") {
  auto hash = reference_hash();
  hash.absorb(0x0706050403020100);
  CHECK(hash.finish("\x08\x09\x0a\x0b\x0c\x0d\x0e")
        == key_hash{0xd9c3cf970fec087e, 0x11a8b03399e99354});
}

TEST_CASE("one key of two actions is two keys") {
  std::set<std::uint64_t> seen;
  for (const auto what : {action::adjust, action::count, action::reserve,
                          action::release, action::commit, action::extend})
    seen.insert(hash_key(asking(what, "k"), {}).low);
  CHECK(seen.size() == 6);
}

TEST_CASE("one key of two paths is two keys") {
  auto from = asking(action::commit, "k");
  const auto by_sku = hash_key(from, {2, 3});
  from.by_reservation = true;
  CHECK(hash_key(from, {2, 3}) != by_sku);
}

TEST_CASE("a reservation counts only where the path names it") {
  auto from = asking(action::commit, "k");
  CHECK(hash_key(from, {2, 3}) == hash_key(from, {4, 5}));
  from.by_reservation = true;
  CHECK(hash_key(from, {2, 3}) != hash_key(from, {4, 3}));
  CHECK(hash_key(from, {2, 3}) != hash_key(from, {2, 5}));
  CHECK(hash_key(from, {2, 3}) == hash_key(from, {2, 3}));
}

TEST_CASE("nothing but action, path and key reaches the hash") {
  auto from = asking(action::adjust, "k");
  const auto plain = hash_key(from, {});
  from.store = "store-1";
  from.sku = "85123A";
  from.reason = "reason";
  from.reference = "reference";
  from.actor = "actor";
  from.fingerprint[0] = 1;
  CHECK(hash_key(from, {}) == plain);
}

TEST_CASE("keys of every length have hashes of their own") {
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  for (std::size_t length = 1; length <= 255; ++length) {
    const auto hash =
        hash_key(asking(action::adjust, std::string(length, 'k')), {});
    CHECK(seen.emplace(hash.high, hash.low).second);
  }
}

TEST_CASE("the hash of a key is the same in every process") {
  const auto hash = hash_key(asking(action::reserve, "order-1"), {});
  CHECK(hash == key_hash{0xc0bce9469f3b0b07, 0x4779b5397d266bdc});
}
