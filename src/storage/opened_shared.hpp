// What opening a shared journal finds.
#pragma once

#include <memory>

#include "holdfast/lease_policy.hpp"
#include "lease_files.hpp"
#include "schema.hpp"

namespace holdfast::storage {

/// A journal that may be used, and the terms of its leases.
struct opened_shared {
  std::unique_ptr<database> content;
  journal_meta meta;
  std::shared_ptr<lease_files> files;
  lease_policy::settings with;
};

} // namespace holdfast::storage
