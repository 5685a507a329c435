// What may happen to the files of a journal behind its back.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "src/storage/schema.hpp"
#include "src/storage/verify.hpp"

namespace holdfast::storage::testing {

/// Names of the files of a journal, the shared index of its readers aside.
inline constexpr const char* journal_files[] = {"journal.db", "journal.db-wal",
                                                "redo", "high-water"};

/// True if `text` has that part.
bool contains(const std::string& text, const std::string& part);

/// Copies those files, as a crash would leave them.
void copy_journal(const std::string& from, const std::string& to);

/// Runs SQL on a closed journal.
void edit(const std::string& data_dir, const std::string& sql);
/// Has a closed journal say something else about itself, as if it were so.
void edit_meta(const std::string& data_dir,
               const std::function<void(journal_meta&)>& change);

/// What `verify` says first, or nothing.
std::string fault_of(const std::string& data_dir);

/// What opening the journal of node `n1` says, or nothing. Corruption is the
/// only error expected.
std::string refusal_of(const std::string& data_dir);

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& bytes);
/// Flips one bit of the byte at `offset`.
void flip(const std::string& path, std::uint64_t offset, unsigned bit);

} // namespace holdfast::storage::testing
