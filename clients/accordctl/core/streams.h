// The standard streams: nothing that was to be shown is lost without a word.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_STREAMS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_STREAMS_H_

#include <ostream>
#include <string>

#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/screen.h"

namespace accord::ctl {

// Runs before anything is opened: a standard stream that is closed would otherwise give its number, and all
// that is printed, to the next file or connection. What is written to one of these fails.
void OccupyStandardStreams();

// Gives what the process exits with: `exit`, or, where that is kDone and `out` lost something (a full disk, a
// closed pipe), kOther, after `err` was told.
Exit Printed(Screened* out, std::ostream* err, Exit exit);

// Tells a person at a terminal how far a long command is, in the place of what was told last. A file or a log
// gets nothing of it.
void TellProgress(const std::string& line);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_STREAMS_H_
