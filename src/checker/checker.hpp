// Holds what callers saw against what the journal says: is there one order of
// everything that explains it all?
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/outcome.hpp"

namespace holdfast::checker {

/// One request as its caller saw it. Retries are entries of their own.
struct entry {
  /// Sequential: calls again once it has an answer, or has given up.
  std::uint32_t client = 0;
  /// What was asked; `from.key` makes retries one request. Requests without a
  /// key are told apart best by a `from.reference` of their own.
  command ask;
  /// Monotonic time of call and answer.
  std::int64_t called_ns = 0;
  std::int64_t returned_ns = std::numeric_limits<std::int64_t>::max();
  /// The answer is known. Unknown is a timeout, a reset, and every refusal
  /// that `leaves_doubt`, unless the recorder knows that nothing happened.
  bool known = false;
  /// Of a refusal, numbers that are `absent` are not compared. Beside a record
  /// `available` is what it says is available, if it says so.
  outcome answer;
};

using history = std::vector<entry>;

/// What a SKU's record is once everything is at rest. Version 0: there is none.
struct final_record {
  std::string store;
  std::string sku;
  balances record;
  /// What it says is available, `absent` if it does not.
  std::int64_t available = absent;
};

/// What a central view shows of a SKU: sums, and the records they are of.
struct central_entry {
  std::string sku;
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  std::int64_t available = 0;
  std::vector<final_record> records;
};

/// Settings that the answers depend on.
struct terms {
  std::int64_t default_ttl_s = 900;
  std::int64_t key_ttl_ms = 300'000;
  /// Requests are those of HTTP: a count has to say what it replaces, and an
  /// extension for how long. All are to nodes that know all stores by then.
  bool is_http = false;
  /// Whoever reads one SKU in the end reads all of them.
  bool reads_all = false;
  /// How far from its time a hold may end. `absent`: it may be counted until
  /// somebody changes the record.
  std::int64_t expiry_tolerance_ms = absent;
  /// The time of callers passes as that of nodes does. If not, dates of events
  /// alone tell how late it was.
  bool is_real_time = false;
};

/// What its callers know of when an event was numbered.
struct numbered {
  std::uint64_t seq = 0;
  /// Where in its journal it is.
  std::size_t index = 0;
  /// Not before it was asked for; the least number if nobody did.
  std::int64_t asked_ns = std::numeric_limits<std::int64_t>::min();
  /// Before somebody was first told of it, or of a later version.
  std::int64_t known_ns = std::numeric_limits<std::int64_t>::max();
};

/// Who wrote an event, where a lease or an epoch says who may.
struct authority {
  /// Of the event.
  std::uint64_t seq = 0;
  std::string owner;
  /// Fencing token or epoch: grows whenever the SKU changes hands.
  std::uint64_t token = 0;
};

/// One time that somebody had a SKU, whether anything was written then or not.
struct tenure {
  std::string store;
  std::string sku;
  std::string owner;
  /// As of `authority`.
  std::uint64_t token = 0;
  /// `seq` of the last event of the node when it began, 0 for none.
  std::uint64_t granted_after_seq = 0;
};

struct violation {
  /// 1 acknowledged, but not in the journal
  /// 2 in the journal, but not asked for, or refused
  /// 3 a key with two events, or with two different answers
  /// 4 a gap in the versions of a record or in `seq`
  /// 5 an answer, or an event, other than that of a single-threaded model
  /// 6 an answer from the past or from the future
  /// 7 the sums do not lead to what is there in the end
  /// 8 an event of an owner that had lost its lease or epoch
  int item = 0;
  std::string text;
};

/// True for refusals after which the request may yet have taken effect.
bool leaves_doubt(error_code code) noexcept;

/// Everything that is wrong, in a fixed order; nothing if all is well. The
/// journal is all of it, from its first event. O(n log n) in the number of
/// entries and events, times the number of requests in flight at once.
std::vector<violation> check(const history& calls,
                             const std::vector<event>& journal,
                             const std::vector<final_record>& finals,
                             const terms& with = {});

/// Item 5: what a teller of `change` says is available after it, against its
/// balances. Nothing if that is right, or `absent`.
std::optional<violation> check_available(const event& change,
                                         std::int64_t told);
/// The same of a record.
std::optional<violation> check_available(const final_record& shown);

/// The part of it that is about `seq`: one after the other, or just rising
/// where events were left out.
std::vector<violation> check_numbers(const std::vector<event>& journal,
                                     bool has_gaps = false);

/// Item 4: events of one node have `seq` in the order of the versions of each
/// SKU. Part of it, and all that can be said where some SKUs are left out.
std::vector<violation> check_order(const std::vector<event>& journal);

/// The rest of it, for some SKUs: with all calls and all events of each. An
/// event that tells of its hold no more than its name, as the feed does, is
/// completed by the rules. Adds to `when`, unless it is null, what is known of
/// events of SKUs whose versions have no gaps.
std::vector<violation> check_skus(const history& calls,
                                  const std::vector<event>& journal,
                                  const std::vector<final_record>& finals,
                                  const terms& with = {},
                                  std::vector<numbered>* when = nullptr);

/// Item 4 for events of one node: what was asked for after another event was
/// known has a higher `seq`, whatever their SKUs.
std::vector<violation> check_feed(std::vector<numbered> when);

/// Item 7 for a central view that is complete and was made at rest: what
/// differs from the sum of all deltas of the journal. Holds may have expired
/// since. Records of others than `of`, stores and SKUs, are taken on trust if
/// that is not null: the journal need not have their events.
std::vector<violation> check_central(
    const std::vector<event>& journal, const std::vector<central_entry>& shown,
    const std::set<std::pair<std::string, std::string>>* of = nullptr);

/// Item 8 for events of one node: tokens never fall from version to version of
/// a SKU, and one token has one owner. Events without an authority are taken on
/// trust. `tenures` are all there were, or none: then it is taken on trust,
/// too, that nobody wrote after a grant that was never used.
std::vector<violation> check_owners(const std::vector<event>& journal,
                                    const std::vector<authority>& owners,
                                    const std::vector<tenure>& tenures = {});

/// One line for each violation, for a failed assertion.
std::string describe(const std::vector<violation>& found);

} // namespace holdfast::checker
