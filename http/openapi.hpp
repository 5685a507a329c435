// The contract for machines: OpenAPI 3.1.
#pragma once

#include <string_view>

namespace holdfast::http {

/// The whole document, JSON in UTF-8, made of the fragments in `http/openapi/`
/// when this program was built. Lives as long as the program.
std::string_view openapi_document() noexcept;

} // namespace holdfast::http
