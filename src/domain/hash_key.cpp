#include "siphash.hpp"

namespace holdfast {

namespace {

/// Fixed, so that every node and every start computes the same hash. Floods of
/// one bucket are kept off by the secret of the tables of remembered keys, not
/// by this key.
constexpr std::uint64_t request_key_high = 0x6964656d706f7465;

} // namespace

key_hash hash_key(const origin& from, const reservation_ref& ref) {
  siphash hash(fixed_key_low, request_key_high);
  hash.absorb(static_cast<std::uint64_t>(from.what)
              | static_cast<std::uint64_t>(from.by_reservation) << 8);
  if (from.by_reservation) {
    hash.absorb(ref.grant_version);
    hash.absorb(ref.grant_seq);
  }
  return hash.finish(from.key);
}

} // namespace holdfast
