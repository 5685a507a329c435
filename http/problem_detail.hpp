// What a problem says beyond its title.
#pragma once

#include <string_view>

#include "holdfast/error_code.hpp"

namespace holdfast::http {

/// One sentence for people: what the refusal means for them and what to do
/// next. It depends on `code` alone, so a replayed problem repeats it.
std::string_view detail_of(error_code code) noexcept;

} // namespace holdfast::http
