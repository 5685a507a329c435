// Fields of a head that RESTinio has not seen.
#pragma once

#include <string_view>

namespace holdfast::http {

/// The value of the only field `name`, which is in lower case, of a head that
/// may be cut or wrong anywhere. Null if there is none or more than one, and
/// for a line that is cut. A view into `head`.
std::string_view sole_field_in(std::string_view head,
                               std::string_view name) noexcept;

} // namespace holdfast::http
