// What a log may say about the subject of a request.
#pragma once

#include <string>
#include <string_view>

namespace holdfast::http {

/// Store, SKU and key of a request, as far as it names them in a valid form.
struct request_subject {
  std::string store;
  std::string sku;
  /// The first half of a hash of the Idempotency-Key, in hex.
  std::string key_print;
};

/// Reads it from the request once more: the way of an operation is not to be
/// burdened with what only a log asks for.
request_subject subject_of(std::string_view method, std::string_view target,
                           std::string_view idempotency_key);

} // namespace holdfast::http
