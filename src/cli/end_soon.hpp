// The end of a process that still has something to say.
#pragma once

namespace holdfast::cli {

/// Ends the process with `code` half a second from now: time for the last lines
/// of the log. Whoever reads standard error may be stuck.
void end_soon(int code);

} // namespace holdfast::cli
