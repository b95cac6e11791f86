// `accordctl migrate export` writes every record that the caller may read as JSON lines, each with the digest
// by which the log knows its version, and checks that the log has it.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_EXPORTED_RECORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_EXPORTED_RECORDS_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <istream>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"

namespace accord::ctl {

inline constexpr char kRecordsFormat[] = "accord-records-export/v1";

// This is a list of one kind of resource.
struct ExportedList {
  const Command* command = nullptr;
  const FieldDescriptor* rows = nullptr;
  annotations::v1::Resource resource;
  // This is the kind, for example `protocols.referral`.
  std::string kind;
  // This is the form of the parent that the list requires, for example `agencies/{agency}/courses/{course}`;
  // it is empty if it requires none.
  std::string parent_pattern;
  // Everybody may read records of this kind. Those that other agencies own are not exported.
  bool open = false;
};

// This gives one list for each kind that has one; kinds whose names are parents of others come first.
const std::vector<ExportedList>& ExportedLists();

// This gives the line of a record; its revision is empty if the record has no version.
Json ExportedRecordLine(const ExportedList& list, const google::protobuf::Message& record);

// This is a record of the agency whose version no entry of the log has.
struct UnprovenRecord {
  std::string kind, name, revision;
};

struct RecordsChecked {
  // This is the number of records of the agency that the first line names.
  int64_t own = 0;
  std::vector<UnprovenRecord> unproven;
  int64_t others = 0;
};

// `revisions` are digests of changes in hex, from an export of the log. It returns DATA_LOSS, naming the
// line, if the file is not an export, has no end, or has another number of records than its last line says.
absl::StatusOr<RecordsChecked> CheckExportedRecords(std::istream& records,
                                                    const std::set<std::string>& revisions);

// This gives the digests of changes, in hex, in the entries of an export of the log, whose proofs
// VerifyExport checks. It returns DATA_LOSS for a malformed line.
absl::StatusOr<std::set<std::string>> ExportedRevisions(std::istream& entries);

// This is a version of a record from its history, with the agency that stored it: `platform` if the service
// did so by itself.
struct ToldVersion {
  int64_t version = 0;
  std::string agency;
};

// This says whether the platform itself made this version. It is true if the history has the version and all
// earlier ones back to one that the log has, or back to the first, and all of these are the platform's.
bool ExportedRecordMadeByPlatform(const UnprovenRecord& record, const std::vector<ToldVersion>& history,
                                  const std::set<std::string>& revisions);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_EXPORTED_RECORDS_H_
