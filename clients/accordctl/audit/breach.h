// `accordctl breach report`: which records an agency, a person or a certificate was shown or changed within a
// time, out of the log, as evidence for a commissioner and for notices to those concerned.
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

namespace accord::ctl {

// This is what somebody types: times as people write them, and who it was.
struct BreachWanted {
  std::string from, to, agency, person, certificate, csv_file, hold;
};

// The request of ListEntries, for a reader of the agency `reader`. INVALID_ARGUMENT with rule FIELD_INVALID
// if the time has no beginning or no end, ends before it begins or after `now`, or if nobody is named; so is
// a certificate that is neither a resource name nor 32 or 64 hex digits.
absl::StatusOr<Json> BreachRequest(const BreachWanted& wanted, const std::string& reader, absl::Time now);

// This is one record that one call touched. A record stands for whom it is about by its name alone: the log
// knows no reference to a person.
struct BreachLine {
  int64_t entry = 0;
  absl::Time at;
  std::string agency, person, certificate, method, purpose, record, owner;
  // `disclosed`, `changed`, or `changed_unseen` where the caller was not shown it.
  std::string touch;
  // Whether the answer went out is not known.
  bool effect_unknown = false;
};

// The oldest comes first. They tell what allowed calls touched, of the reader's own records and by the
// reader's own people, by the certificate if one is named (its name, or hex digits that its fingerprint
// begins with).
std::vector<BreachLine> BreachLines(const EntriesTold& told, const std::string& reader,
                                    const std::string& certificate);

// Gives the records that can be put under a legal hold, which are referrals: each once, by name.
std::vector<std::string> HoldableRecords(const std::vector<BreachLine>& lines);

// This is what the log was when it was read.
struct LogRead {
  int64_t size = 0;
  // Its root in hex digits.
  std::string root;
  // Entries below this index are in files elsewhere, and so not in the report; 0: none is.
  int64_t moved_before = 0;
};

// A table with the lines, and behind it how many records, calls and agencies there are and what is missing.
std::string BreachTable(const std::vector<BreachLine>& lines, const LogRead& log);
std::string BreachCsv(const std::vector<BreachLine>& lines);
Json BreachJson(const Json& request, const std::vector<BreachLine>& lines, const LogRead& log);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_BREACH_H_
