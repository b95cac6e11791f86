// `accordctl migrate export` and `verify` export all that an agency may read when it leaves, so that it can
// be checked against the log without Accord.
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/audit/v1/resources.pb.h"
#include "clients/accordctl/audit/audit_export.h"
#include "clients/accordctl/audit/audit_trust.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/name_form.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/exchange/exported_records.h"
#include "clients/accordctl/views/page.h"
#include "common/access/method.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/new_file.h"

namespace accord::ctl {
namespace {

struct RecordsOptions {
  std::string file, out, entries;
  bool history = false;
  Trust trust;
};

// This is the state of an export, which reads kind by kind.
struct Exporting {
  CommandSession* session;
  std::string agency;
  NewFile* file;
  int64_t records = 0;
  std::map<std::string, int64_t> kinds = {};
  std::map<std::string, std::string> not_read = {};
  std::set<std::string> masked = {};
  std::set<std::string> names = {};
};

absl::Status WriteExportLine(Exporting* exporting, const Json& line) {
  return exporting->file->Write(DumpJson(line) + "\n");
}

absl::Status ExportRecordsPage(Exporting* exporting, const ExportedList& list,
                               const google::protobuf::Message& page) {
  const auto* reflection = page.GetReflection();
  for (int i = 0; i < reflection->FieldSize(page, list.rows); ++i) {
    const Json line = ExportedRecordLine(list, reflection->GetRepeatedMessage(page, list.rows, i));
    const std::string name = JsonTextAt(line, "name");
    if (name.empty() || (list.open && OwnerOf(name) != exporting->agency)) continue;
    if (!exporting->names.insert(name).second) continue;
    ACCORD_RETURN_IF_ERROR(WriteExportLine(exporting, line));
    ++exporting->records;
    ++exporting->kinds[list.kind];
  }
  return absl::OkStatus();
}

absl::Status ExportRecordsBelow(Exporting* exporting, const ExportedList& list, const std::string& parent) {
  ACCORD_ASSIGN_OR_RETURN(const Client* client, exporting->session->client());
  Json request = {{"page_size", 500}};
  if (!parent.empty()) request["parent"] = parent;
  std::string token;
  do {
    if (!token.empty()) request["page_token"] = token;
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr page, Invoke(exporting->session, *list.command, request));
    ACCORD_RETURN_IF_ERROR(ExportRecordsPage(exporting, list, *page));
    exporting->masked.insert(client->masked().begin(), client->masked().end());
    const auto* field = page->GetDescriptor()->FindFieldByName("next_page_token");
    token = field == nullptr ? "" : page->GetReflection()->GetString(*page, field);
  } while (!token.empty());
  return absl::OkStatus();
}

absl::Status ExportRecordsOfKind(Exporting* exporting, const ExportedList& list) {
  std::vector<std::string> parents = {""};
  if (!list.parent_pattern.empty()) {
    parents.clear();
    if (list.parent_pattern == "agencies/{agency}") parents.push_back("agencies/" + exporting->agency);
    for (const std::string& name : exporting->names) {
      if (HasNameForm(name, list.parent_pattern)) parents.push_back(name);
    }
  }
  std::set<std::string> asked;
  for (const std::string& parent : parents) {
    if (!asked.insert(parent).second) continue;
    const absl::Status read = ExportRecordsBelow(exporting, list, parent);
    // A parent that was removed meanwhile has no records below it.
    if (read.ok() || absl::IsNotFound(read)) continue;
    // Records that this person may not read are exported by another person of the agency.
    if (!absl::IsPermissionDenied(read)) return read;
    exporting->not_read[list.kind] = accord::RuleOf(read);
    break;
  }
  return absl::OkStatus();
}

absl::Status ExportRecords(CommandSession* session, const RecordsOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  ACCORD_ASSIGN_OR_RETURN(const auto file, NewFile::Create(options.out, FileKind::kPrivate));
  Exporting exporting{session, client->agency(), file.get()};
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "checkpoint", Json::object()));
  const auto& checkpoint = dynamic_cast<const audit::v1::Checkpoint&>(*answer);
  ACCORD_RETURN_IF_ERROR(WriteExportLine(
      &exporting, {{"format", kRecordsFormat},
                   {"agency", exporting.agency},
                   {"person", context.actor},
                   {"purpose", context.purpose},
                   {"time", absl::FormatTime(absl::RFC3339_sec, absl::Now(), absl::UTCTimeZone())},
                   {"note", checkpoint.note()}}));
  for (const ExportedList& list : ExportedLists())
    ACCORD_RETURN_IF_ERROR(ExportRecordsOfKind(&exporting, list));
  Json end = {{"records", exporting.records}, {"kinds", exporting.kinds}, {"not_read", exporting.not_read}};
  end["masked"] = exporting.masked;
  ACCORD_RETURN_IF_ERROR(WriteExportLine(&exporting, end));
  ACCORD_RETURN_IF_ERROR(file->Commit());
  std::cout << Text("{{counted}} in {{file}}",
                    {{"counted", Counted(static_cast<std::size_t>(exporting.records), "record", "records")},
                     {"file", options.out}})
            << "\n";
  for (const auto& [kind, rule] : exporting.not_read) {
    std::cout << Text("not read: {{kind}}, {{why}}", {{"kind", kind}, {"why", rule}}) << "\n";
  }
  return absl::OkStatus();
}

// This gives the RPC that lists the versions of a kind such as `protocols.referral`; it is null if there
// is none.
const Command* HistoryCommandForRecordsExport(const std::string& kind) {
  const std::size_t dot = kind.find('.');
  if (dot == std::string::npos) return nullptr;
  const Command* command = FindCommand("list-revisions", KebabCase(kind.substr(dot + 1)));
  const bool of_service = command != nullptr && ServiceInPath(command->method.path) == kind.substr(0, dot);
  return of_service ? command : nullptr;
}

// This gives the versions of a record that the service reports now; it is none if it keeps no history of the
// kind, or if the caller cannot see the record.
absl::StatusOr<std::vector<ToldVersion>> HistoryForRecordsExport(CommandSession* session,
                                                                 const UnprovenRecord& record) {
  std::vector<ToldVersion> history;
  const Command* command = HistoryCommandForRecordsExport(record.kind);
  const FieldDescriptor* rows = command == nullptr ? nullptr : ListedField(command->response());
  if (rows == nullptr) return history;
  Json request = {{"name", record.name}, {"page_size", 500}};
  std::string token;
  do {
    if (!token.empty()) request["page_token"] = token;
    const auto page = Invoke(session, *command, request);
    if (absl::IsNotFound(page.status())) return std::vector<ToldVersion>();
    if (!page.ok()) return page.status();
    const Json told = ToJson(**page);
    const auto listed = told.find(rows->name());
    const Json versions = listed == told.end() ? Json::array() : *listed;
    for (const Json& each : versions) {
      ToldVersion version{0, JsonTextAt(each, "agency")};
      if (absl::SimpleAtoi(JsonTextAt(each, "version"), &version.version)) history.push_back(version);
    }
    token = JsonTextAt(told, "next_page_token");
  } while (!token.empty());
  return history;
}

// This removes those records that the platform itself changed last, and gives their number.
absl::StatusOr<int64_t> RemovePlatformsOwn(CommandSession* session, const std::set<std::string>& revisions,
                                           std::vector<UnprovenRecord>* unproven) {
  std::vector<UnprovenRecord> left;
  int64_t taken = 0;
  for (UnprovenRecord& record : *unproven) {
    ACCORD_ASSIGN_OR_RETURN(const std::vector<ToldVersion> history, HistoryForRecordsExport(session, record));
    if (!ExportedRecordMadeByPlatform(record, history, revisions)) {
      left.push_back(std::move(record));
      continue;
    }
    ++taken;
    std::cout << "changed by the platform, as its history tells: " << record.name << "\n";
  }
  *unproven = std::move(left);
  return taken;
}

absl::Status VerifyRecords(CommandSession* session, const RecordsOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadSeen(options.trust, session->contexts_file));
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(nullptr, options.trust, &seen));
  ACCORD_RETURN_IF_ERROR(VerifyExport(options.entries, options.trust, key));
  std::ifstream entries(options.entries), records(options.file);
  if (!entries || !records) return Refuse(rules::kFileMissing, "a file cannot be read");
  ACCORD_ASSIGN_OR_RETURN(const std::set<std::string> revisions, ExportedRevisions(entries));
  ACCORD_ASSIGN_OR_RETURN(RecordsChecked checked, CheckExportedRecords(records, revisions));
  const int64_t told = checked.own - static_cast<int64_t>(checked.unproven.size());
  int64_t platforms = 0;
  if (options.history) {
    ACCORD_ASSIGN_OR_RETURN(platforms, RemovePlatformsOwn(session, revisions, &checked.unproven));
  }
  for (const UnprovenRecord& each : checked.unproven) {
    std::cout << "no entry of the log tells " << each.name << "\n";
  }
  std::cout << CountedText(told, "record", "records") << " of the agency, as the log tells; ";
  if (options.history)
    std::cout << CountedText(platforms, "record", "records") << " changed by the platform; ";
  std::cout << CountedText(checked.others, "record", "records") << " of others\n";
  if (checked.unproven.empty()) return absl::OkStatus();
  if (!options.history) {
    std::cout << "the platform itself may have changed them, which the log does not tell: `--history` asks "
                 "for their histories\n";
  }
  return absl::DataLossError("records of the agency are not as the log tells");
}

}  // namespace

void AddRecordsExportCommands(CLI::App* migrate, CommandSession* session) {
  auto of_export = std::make_shared<RecordsOptions>();
  CLI::App* out = AddCommand(migrate, session, "export",
                             "Write every record that you may read for the purpose as JSON lines",
                             [=] { return ExportRecords(session, *of_export); });
  out->add_option("--out", of_export->out, "The file")->check(FaultOfFileToWrite)->required();
  auto of_check = std::make_shared<RecordsOptions>();
  CLI::App* check = AddCommand(migrate, session, "verify",
                               "Hold an export of records against one of the log; no gateway is asked "
                               "without --history",
                               [=] { return VerifyRecords(session, *of_check); });
  check->add_option("FILE", of_check->file, "The export of records")->required();
  check->add_option("--entries", of_check->entries, "What `accordctl audit export` wrote")->required();
  check->add_flag("--history", of_check->history,
                  "Ask for the history of each record that no entry tells: the platform itself may have "
                  "changed it, as when a time limit passed");
  AddTrustOptions(check, &of_check->trust);
}

}  // namespace accord::ctl
