// The resources of the contract as JSON objects.
#pragma once

#include <string_view>

#include "holdfast/event.hpp"
#include "http/json_writer.hpp"

namespace holdfast::http {

/// The record of `sku` in `store`.
void write_record(json_writer& out, std::string_view store,
                  std::string_view sku, const balances& record);

/// A reservation of `sku` in `store`.
void write_reservation(json_writer& out, std::string_view store,
                       std::string_view sku, const reservation& hold);

/// One event of the feed; `node` is who recorded it.
void write_event(json_writer& out, std::string_view node, const event& change);

} // namespace holdfast::http
