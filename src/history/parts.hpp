// What histories are made of, read from the members of a line. Internal.
#pragma once

#include "holdfast/outcome.hpp"
#include "src/checker/checker.hpp"
#include "src/history/members.hpp"

namespace holdfast::history {

/// `storeId` and `sku`.
void read_names(members& from, origin& into);
balances read_balances(members& from);
/// A whole record, and what it says is available, `absent` if it does not.
balances read_record(members& from, std::int64_t& available);
/// What a central view shows of a SKU.
checker::central_entry read_central(members& from);
/// Who had a SKU, and since when.
checker::tenure read_tenure(members& from);
/// A whole reservation, told of the SKU of `of`.
reservation read_reservation(members& from, const origin& of);
/// The reservation that the member `name` names, none if there is no such
/// member. One of another SKU than that of `of` has a name that none there has.
reservation_ref read_ref(members& from, const char* name, const origin& of);
/// What who asked `ask` was told of its success.
void read_success(members& from, const command& ask, outcome& into);
outcome read_refusal(members& from);
/// Versions that a header field names; those of weak ETags where it takes them.
etag_condition read_condition(members& from, const char* name, bool takes_weak);
digest read_fingerprint(members& from);
/// One try, and what came of it.
checker::entry read_call(members& from);
/// An event of that type, as the feed or a history tells it, and what it says
/// is available after it, `absent` if it does not.
event read_event(members& from, event_type type, std::int64_t& available);

} // namespace holdfast::history
