// `accordctl migrate export`: every record that somebody of an agency reads, as JSON lines, each with what
// the log knows its version by; and the check that the log holds it.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_WHOLE_EXPORT_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_WHOLE_EXPORT_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <istream>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/body.h"
#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

inline constexpr char kRecordsFormat[] = "accord-records-export/v1";

// This is a list of one kind of resource.
struct WholeList {
  const Command* command = nullptr;
  const FieldDescriptor* rows = nullptr;
  annotations::v1::Resource resource;
  // It is, for example, `protocols.referral`.
  std::string kind;
  // The form of the parent that the list asks for, for example `agencies/{agency}/courses/{course}`; empty if
  // it asks for none.
  std::string parent_pattern;
  // Everybody may read it: what others own of this kind is theirs, and stays out.
  bool open = false;
};

// One for each kind that has a list, those first whose names are the parents of others.
const std::vector<WholeList>& WholeLists();

// Gives the line of a record; its revision is empty if the record has no version.
Json RecordLine(const WholeList& list, const google::protobuf::Message& record);

// An own record whose version no entry of the log tells.
struct UnprovenRecord {
  std::string kind, name, revision;
};

struct RecordsChecked {
  // It counts the records of the agency that the first line names.
  int64_t own = 0;
  std::vector<UnprovenRecord> unproven;
  int64_t others = 0;
};

// `revisions` are digests of changes in hex, out of an export of the log. DATA_LOSS that names the line for a
// file that is none, has no end, or has another number of records than its end says.
absl::StatusOr<RecordsChecked> CheckRecords(std::istream& records, const std::set<std::string>& revisions);

// The digests of changes, in hex, that the entries of an export of the log tell; the proofs are
// VerifyExport's to check. DATA_LOSS for a line that is none.
absl::StatusOr<std::set<std::string>> RevisionsIn(std::istream& entries);

// A version of a record as its history tells it, with the agency that stored it: `platform` if the service
// did so by itself.
struct ToldVersion {
  int64_t version = 0;
  std::string agency;
};

// Whether the platform itself made the version of the record: the history tells that version, and each one
// before it back to one that the log tells, or to the first, and all of them are the platform's.
bool MadeByPlatform(const UnprovenRecord& record, const std::vector<ToldVersion>& history,
                    const std::set<std::string>& revisions);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_WHOLE_EXPORT_H_
