// `accordctl breach report` lists from the log which records an agency, a person or a certificate saw or
// changed in a period, as evidence for a commissioner and for notices to those concerned.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_BREACH_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_BREACH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/accordctl/audit/disclosures.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// This is what the user types: the times as people write them, and who it was.
struct BreachWanted {
  std::string from, to, agency, person, certificate, csv_file, hold;
};

// This gives the request of ListEntries for a reader of the agency `reader`. It returns INVALID_ARGUMENT with
// rule FIELD_INVALID if the period has no beginning or no end, ends before it begins or after `now`, if
// nobody is named, or if the certificate is neither a resource name nor 32 or 64 hex digits.
absl::StatusOr<Json> BreachRequest(const BreachWanted& wanted, const std::string& reader, absl::Time now);

// This is one record that one call touched. The person whom a record is about is identified only by the
// record's name, because the log has no references to people.
struct BreachLine {
  int64_t entry = 0;
  absl::Time at;
  std::string agency, person, certificate, method, purpose, record, owner;
  // This is `disclosed`, `changed`, or `changed_unseen` if the caller changed the record without seeing it.
  std::string touch;
  // It is not known whether the answer was sent.
  bool effect_unknown = false;
};

// This gives the lines, oldest first: what permitted calls touched of the reader's own records, and what the
// reader's own people touched. If a certificate is named (by name, or by hex digits with which its
// fingerprint begins), only calls with it are included.
std::vector<BreachLine> BreachLines(const EntriesTold& told, const std::string& reader,
                                    const std::string& certificate);

// This gives the records that can be put under a legal hold, which are the referrals, each once, ordered
// by name.
std::vector<std::string> HoldableRecords(const std::vector<BreachLine>& lines);

// This is the state of the log when it was read.
struct LogRead {
  int64_t size = 0;
  // This is the root in hex digits.
  std::string root;
  // Entries below this index were moved to files and are not in the report; it is 0 if none were.
  int64_t moved_before = 0;
};

// This gives a table of the lines, followed by the number of records, calls and agencies, and by what
// is missing.
std::string BreachTable(const std::vector<BreachLine>& lines, const LogRead& log);
std::string BreachCsv(const std::vector<BreachLine>& lines);
Json BreachJson(const Json& request, const std::vector<BreachLine>& lines, const LogRead& log);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_BREACH_H_
