// What histories are made of, read from the members of a line. Internal.
#pragma once

#include "holdfast/outcome.hpp"
#include "src/history/members.hpp"

namespace holdfast::history {

balances read_balances(members& from);
/// A reservation of `store` and `sku`, which its id must name too.
reservation read_reservation(members& from, const origin& of);
/// The reservation that the member `name` names, none if there is no such
/// member.
reservation_ref read_ref(members& from, const char* name, const origin& of);
outcome read_refusal(members& from);
etag_condition read_condition(members& from, const char* name);
digest read_fingerprint(members& from);

} // namespace holdfast::history
