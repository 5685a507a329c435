// Trace Context (W3C Recommendation, 2021-11-23).
#pragma once

#include <string_view>

namespace holdfast::http {

/// The trace id, 32 hex digits, of a `traceparent` field (section 3.2), empty
/// unless the whole value is valid. Later versions may go on after the part
/// that this one knows. A view into `field`.
std::string_view trace_id_of(std::string_view field) noexcept;

} // namespace holdfast::http
