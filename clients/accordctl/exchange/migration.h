// `accordctl migrate import` reads lines of a file that an agency's former system wrote, each one record with
// the id that it had there, and keeps a journal of the results.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_MIGRATION_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_MIGRATION_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"

namespace accord::ctl {

// This identifies a record: its kind, the system that it comes from, and its id there.
using SourceKey = std::tuple<std::string, std::string, std::string>;

struct MigrationLine {
  // This is counted from 1, including blank lines.
  int64_t number = 0;
  // These are the kind (`referral`, `case` or `partner`), the former system and the id there.
  SourceKey key;
  // This is the SHA-256 of the line, in hex digits.
  std::string digest;
  // This is the record in the form that its Create RPC takes.
  Json record;
};

// This is what is wrong with one line; `status` names the rule.
struct MigrationFault {
  int64_t line = 0;
  absl::Status status;
};

struct MigrationFile {
  std::vector<MigrationLine> lines;
  std::vector<MigrationFault> faults;
};

// This reads JSON lines: `{"kind": ..., "source_system": ..., "source_id": ..., "record": {...}}`. Faults
// have rule MIGRATION_LINE_MALFORMED, MIGRATION_SOURCE_TWICE, or FIELD_INVALID for a record that is not valid
// for its kind.
MigrationFile ReadMigration(const std::string& text);

// This is an imported record: the line that it came from, and its resource name.
struct ImportedRecord {
  std::string digest, name;
};
using Journal = std::map<SourceKey, ImportedRecord>;

// This reads the journal, which also consists of JSON lines. An incomplete last line is ignored: its record
// is found again by its request id. It returns INVALID_ARGUMENT with rule MIGRATION_JOURNAL_MALFORMED for any
// other malformed line.
absl::StatusOr<Journal> ReadJournal(const std::string& text);
std::string JournalText(const Journal& journal);

// This returns OK for a line that should be imported. It returns ALREADY_EXISTS, without a rule, if the
// journal has the same line; FAILED_PRECONDITION with rule MIGRATION_LINE_CHANGED if it has another line for
// the same record.
absl::Status CheckMigrationLine(const MigrationLine& line, const Journal& journal);

// This gives the same id for the same line of the same agency, so that a line whose answer was lost
// runs once.
std::string MigrationRequestId(const std::string& agency, const MigrationLine& line);

// This gives the noun by which `accordctl` calls the records of a kind, for example `crisis-partner`; it is
// empty if records of the kind cannot be imported.
std::string MigrationNoun(const std::string& kind);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_MIGRATION_H_
