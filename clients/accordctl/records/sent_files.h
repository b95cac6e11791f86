// What was made out of a file today, so that the same file sent twice does not make two records by a slip.
// The digest of what was sent is kept beside the contexts file, and nothing of what the file holds.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_SENT_FILES_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_SENT_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/document.h"
#include "clients/accordctl/core/request_line.h"

namespace accord::ctl {

// How long a file is remembered.
inline constexpr absl::Duration kSentFor = absl::Hours(24);

// Whether a line of this command makes a new record out of a file, which takes `--again`.
bool MakesRecord(const Command& command);

// ALREADY_EXISTS, with the record's name and what sends it all the same, if the same person made a record out
// of the same request at the same gateway within kSentFor. Not asked of a request whose id the line gives,
// which runs once whatever happens, of a dry run, of what an editor wrote, and with `--again`.
absl::Status CheckNotSent(CommandSession* session, const Command& command, const Line& line,
                          const Json& request, absl::Time now);
// Remembers what was made. What cannot be kept is not told: the record is made.
void KeepSent(CommandSession* session, const Command& command, const Line& line, const Json& request,
              const std::string& name, absl::Time now);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_SENT_FILES_H_
