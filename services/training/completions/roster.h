// This reads a line of a roster, which is CSV as learning systems export it, or an xAPI 1.0.3 statement.
#ifndef ACCORD_SERVICES_TRAINING_COMPLETIONS_ROSTER_H_
#define ACCORD_SERVICES_TRAINING_COMPLETIONS_ROSTER_H_

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/training/completions/completion_store.h"

namespace accord::training {

// This splits a line into cells (RFC 4180, without line feeds inside of quotes). It fails with
// INVALID_ARGUMENT and rule QUOTES_UNBALANCED.
absl::StatusOr<std::vector<std::string>> SplitRosterCsv(std::string_view line);

class Roster {
 public:
  // This makes a roster from a header line, which names course, learner_agency, learner and completed_on,
  // each once and in any order. It fails with INVALID_ARGUMENT and rule ENCODING (UTF-16), SEPARATOR_UNKNOWN
  // (semicolons, tabs), COLUMN_UNKNOWN, COLUMN_REPEATED or COLUMN_MISSING.
  static absl::StatusOr<Roster> FromHeader(std::string_view header);
  // This makes a roster of statements, which have no header.
  static Roster OfStatements();

  // This refuses a row for what the caller knows, such as which courses exist. A row may come whose cells are
  // no ids, which are refused without it.
  using RowCheck = std::function<absl::Status(const CompletionRow&)>;
  // This reads a line, and checks it and then the row by `others`. It fails with INVALID_ARGUMENT and rule
  // ENCODING, COLUMN_COUNT, VALUE_INVALID, DATE_INVALID, EVENT_IN_FUTURE, STATEMENT_INVALID or VERB_UNKNOWN.
  // The message names every cell that is wrong, and the rule is that of the first one.
  absl::StatusOr<CompletionRow> Read(std::string_view line, absl::CivilDay today,
                                     const std::vector<RowCheck>& others = {}) const;

 private:
  // These are the positions of the four values. There are none for statements.
  std::vector<std::size_t> columns_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COMPLETIONS_ROSTER_H_
