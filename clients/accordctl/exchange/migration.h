// `accordctl migrate import`: lines of a file that an agency's former system wrote, each one record with the
// id that it had there, and the journal of what became of them.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_MIGRATION_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_MIGRATION_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "clients/accordctl/core/body.h"

namespace accord::ctl {

// This is a record by its kind, the system that it comes from, and its id there.
using SourceKey = std::tuple<std::string, std::string, std::string>;

struct MigrationLine {
  // Counted from 1, with blank lines.
  int64_t number = 0;
  // `referral`, `case` or `partner`, and what it is called where it comes from.
  SourceKey key;
  // SHA-256 of the line, in hex digits.
  std::string digest;
  // The record as its Create RPC takes it.
  Json record;
};

// This tells what is wrong with one line; `status` names the rule.
struct MigrationFault {
  int64_t line = 0;
  absl::Status status;
};

struct MigrationFile {
  std::vector<MigrationLine> lines;
  std::vector<MigrationFault> faults;
};

// JSON lines: `{"kind": ..., "source_system": ..., "source_id": ..., "record": {...}}`. Faults have rule
// MIGRATION_LINE_MALFORMED, MIGRATION_SOURCE_TWICE, or FIELD_INVALID for a record that is none of its kind.
MigrationFile ReadMigration(const std::string& text);

// This is what was brought: the line that it came from, and its resource name.
struct Brought {
  std::string digest, name;
};
using Journal = std::map<SourceKey, Brought>;

// The journal is JSON lines, too. A last line that was cut off is left out: its record is found again by its
// request id. INVALID_ARGUMENT with rule MIGRATION_JOURNAL_MALFORMED for any other line that is none.
absl::StatusOr<Journal> ReadJournal(const std::string& text);
std::string JournalText(const Journal& journal);

// OK for a line that is to be brought. ALREADY_EXISTS, without a rule, if the journal has the same line; and
// FAILED_PRECONDITION with rule MIGRATION_LINE_CHANGED if it has another line of the same record.
absl::Status CheckLine(const MigrationLine& line, const Journal& journal);

// The same of the same line of the same agency, so that a line whose answer was lost runs once.
std::string RequestIdOf(const std::string& agency, const MigrationLine& line);

// Gives the noun by which `accordctl` calls the records of a kind, for example `crisis-partner`; empty if
// records of the kind cannot be brought.
std::string NounOfKind(const std::string& kind);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_MIGRATION_H_
