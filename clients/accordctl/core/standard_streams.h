// This file is about the standard streams: no output is lost without an error.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_STANDARD_STREAMS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_STANDARD_STREAMS_H_

#include <ostream>
#include <string>

#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/screened_stream.h"
#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {

// This occupies closed standard streams before anything is opened. Otherwise the next file or connection
// would get the number of the closed stream, and with it all that is printed. Writing to an occupied
// stream fails.
void OccupyStandardStreams();

// This gives the exit code of the process: `exit`, unless that is kDone and `out` lost something (a full
// disk, a closed pipe): then kOther, and `err` gets a message.
ExitCode ExitAfterOutput(ScreenedStream* out, std::ostream* err, ExitCode exit);

// This shows a person at a terminal how far a long command is, in place of the previous message. A file or a
// log gets nothing.
void TellProgress(const std::string& line);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_STANDARD_STREAMS_H_
