// This remembers which files made records today, so that a file that is sent twice by mistake does not make
// two records. Only the digest of the request is stored, beside the contexts file. Each such file of digests
// has a random salt of its own, so that nobody can look a guessed request up in digests that were made
// beforehand, or find the same request in two of them. It is read and written under a lock, so that commands
// that run at the same time lose nothing of each other.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_SENT_FILES_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_SENT_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/yaml_parser.h"

namespace accord::ctl {

// This says how long a file is remembered.
inline constexpr absl::Duration kSentFor = absl::Hours(24);

// This says whether a command line makes a new record from a file, and so takes `--again`.
bool MakesRecord(const Command& command);

// This returns ALREADY_EXISTS, with the record's name and how to send it anyway, if the same person made
// a record from the same request at the same gateway within kSentFor. It is not checked if the line
// gives the request id, since such a request runs once in any case, nor in a dry run, after an editor,
// or with `--again`.
absl::Status CheckNotSent(CommandSession* session, const Command& command, const RequestLine& line,
                          const Json& request, absl::Time now);
// This remembers the record that was made. A failure to store this is ignored, because the record is made.
void RememberSentFile(CommandSession* session, const Command& command, const RequestLine& line,
                      const Json& request, const std::string& name, absl::Time now);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_SENT_FILES_H_
