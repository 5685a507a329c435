// The tables that say who may write what, and who wrote it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sku_key.hpp"
#include "sqlite.hpp"

namespace holdfast::storage {

/// One time that somebody had the lease of a SKU.
struct tenure {
  std::uint64_t token = 0;
  std::string store;
  std::string sku;
  std::string owner;
  /// Where the log ended when it began.
  std::uint64_t after_seq = 0;
};

/// An event and the token it was written under.
struct authorship {
  std::uint64_t seq = 0;
  std::uint64_t token = 0;
};

/// All that is known of a journal's leases, by rising token and seq.
struct lease_history {
  std::vector<tenure> tenures;
  std::vector<authorship> authors;
};

/// Empty for a journal that was never shared. Throws `journal_error`.
lease_history read_lease_history(const std::string& data_dir);
lease_history read_lease_history(database& in);

/// Throws `journal_error::corrupt` for an event whose token was not the newest
/// of its SKU, or was that of another, and for a SKU that goes by another token
/// than its newest.
void check_leases(database& in);

/// Grants and checks tokens, inside transactions of the caller.
class lease_table {
public:
  /// Makes the tables if there are none.
  static void create(database& in);

  /// The tables must exist.
  explicit lease_table(database& in);

  /// The newest token of the SKU, 0 if it never had one.
  std::uint64_t token_of(sku_view names);
  /// A new token, higher than any before.
  std::uint64_t grant(sku_view names, const std::string& owner,
                      std::uint64_t after_seq);
  void note_author(std::uint64_t seq, std::uint64_t token);

private:
  database& in_;
  statement find_;
  statement put_;
  statement add_tenure_;
  statement add_author_;
};

} // namespace holdfast::storage
