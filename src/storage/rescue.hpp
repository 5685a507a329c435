// What a sync that failed may have left behind.
#pragma once

#include <string>

#include "disk.hpp"

namespace holdfast::storage {

/// Writes the file again as it is seen, and syncs it; nothing if there is none.
/// After a failed sync a system may go on to show pages that it will never
/// write, because it takes them for written (https://wiki.postgresql.org/wiki/
/// Fsync_Errors): a process that starts on the same system and believes what
/// it sees must put it there first. Throws `journal_error`.
void write_again(disk& on, const std::string& path);

} // namespace holdfast::storage
