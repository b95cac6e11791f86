#include "clients/accordctl/audit/disclosures.h"

#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/core/asked_words.h"
#include "clients/accordctl/core/csv_cell.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/instant.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/named_fields.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

constexpr int kEntriesOfACall = 500;

struct DisclosuresWanted {
  std::vector<std::string> resources;
  std::string resources_file, from, until, agency, person, method, out;
  bool own = false, for_the_person = false;
};

void AddDisclosuresCsvLine(const std::vector<std::string>& cells, std::string* csv) {
  absl::StrAppend(
      csv,
      absl::StrJoin(cells, ",", [](std::string* out, const std::string& cell) { *out += CsvCell(cell); }),
      "\r\n");
}

absl::StatusOr<Json> DisclosuresRequest(const DisclosuresWanted& wanted) {
  Json request = {{"page_size", kEntriesOfACall}, {"newest_first", true}};
  if (!wanted.own) request["disclosures_only"] = true;
  for (const auto& [field, text] : {std::pair<const char*, const std::string&>{"by_agency", wanted.agency},
                                    {"by_actor", wanted.person},
                                    {"method", wanted.method}}) {
    if (!text.empty()) request[field] = text;
  }
  if (!wanted.from.empty()) {
    ACCORD_ASSIGN_OR_RETURN(request["from"], InstantOf(wanted.from, "--from"));
  }
  if (!wanted.until.empty()) {
    ACCORD_ASSIGN_OR_RETURN(request["until"], InstantOf(wanted.until, "--until"));
  }
  return request;
}

absl::Status CollectDisclosures(CommandSession* session, Json request, EntriesTold* told) {
  std::string token;
  do {
    if (!token.empty()) request["page_token"] = token;
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "list", "entries", request));
    const auto& page = dynamic_cast<const audit::v1::ListEntriesResponse&>(*answer);
    for (const auto& entry : page.entries()) told->emplace(entry.index(), entry);
    token = page.next_page_token();
  } while (!token.empty());
  return absl::OkStatus();
}

absl::Status WriteDisclosures(CommandSession* session, const DisclosuresWanted& wanted) {
  std::vector<std::string> names = wanted.resources;
  if (!wanted.resources_file.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string text, ReadInputFile(wanted.resources_file, "", kMostFileBytes));
    for (const auto line : absl::StrSplit(text, absl::ByAnyChar("\r\n"), absl::SkipWhitespace())) {
      names.emplace_back(line);
    }
  }
  for (const std::string& name : names) ACCORD_RETURN_IF_ERROR(CheckIsWholeName("--resource", name));
  ACCORD_ASSIGN_OR_RETURN(Json request, DisclosuresRequest(wanted));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  EntriesTold told;
  if (names.empty()) ACCORD_RETURN_IF_ERROR(CollectDisclosures(session, request, &told));
  for (const std::string& name : names) {
    request["resource"] = name;
    ACCORD_RETURN_IF_ERROR(CollectDisclosures(session, request, &told));
  }
  const Command* list = FindCommand("list", "entries");
  if (told.empty() && list != nullptr) ACCORD_RETURN_IF_ERROR(CheckAskedWords(session, *list, request));
  const std::string csv = DisclosuresCsv(told, client->agency(), wanted.for_the_person);
  if (wanted.out.empty()) {
    std::cout << csv;
    return absl::OkStatus();
  }
  ACCORD_RETURN_IF_ERROR(WriteFile(wanted.out, csv, FileKind::kPrivate));
  std::cout << CountedText(static_cast<int64_t>(told.size()), "entry was", "entries were")
            << " looked at for " << wanted.out << "\n";
  return absl::OkStatus();
}

}  // namespace

std::string DisclosuresCsv(const EntriesTold& told, const std::string& owner, bool for_the_person) {
  std::string csv;
  std::vector<std::string> header = {"time", "agency", "person", "method", "purpose", "records"};
  if (for_the_person) header.erase(header.begin() + 2);
  AddDisclosuresCsvLine(header, &csv);
  for (auto each = told.rbegin(); each != told.rend(); ++each) {
    const audit::v1::AuditRecord& record = each->second.record();
    // A refused call has shown nothing.
    if (record.decision() == audit::v1::DECISION_DENY) continue;
    std::vector<std::string> records;
    for (const auto& resource : record.resources()) {
      if (resource.owner() == owner) records.push_back(resource.name());
    }
    const std::string& path = record.method();
    std::vector<std::string> line = {TimeText(FromProto(record.time())),
                                     record.agency().empty() ? record.service() : record.agency()};
    if (!for_the_person) line.push_back(record.actor());
    line.push_back(path.substr(path.rfind('/') + 1));
    line.push_back(record.purpose() == annotations::v1::PURPOSE_UNSPECIFIED ? ""
                                                                            : PurposeName(record.purpose()));
    line.push_back(absl::StrJoin(records, " "));
    AddDisclosuresCsvLine(line, &csv);
  }
  return csv;
}

void AddDisclosuresCommand(CLI::App* audit, CommandSession* session) {
  auto wanted = std::make_shared<DisclosuresWanted>();
  CLI::App* command =
      AddCommand(audit, session, "disclosures",
                 "Write as CSV who has seen this agency's records, newest first, for example for an access "
                 "request",
                 [=] { return WriteDisclosures(session, *wanted); });
  command->add_option("--resource", wanted->resources,
                      "Only what concerns the record of this name; may be repeated");
  command->add_option("--resources", wanted->resources_file,
                      "Only of the records named in this file, one a line, as `list -o name` prints them");
  command->add_option("--from", wanted->from, "Only what happened at this time or later");
  command->add_option("--until", wanted->until, "Only what happened before this time");
  command->add_option("--agency", wanted->agency, "Only calls of this agency");
  command->add_option("--person", wanted->person, "Only calls of the person of this id");
  command->add_option("--method", wanted->method, "Only calls of this method, for example GetReferral");
  command->add_flag("--own", wanted->own, "Tell also what this agency did itself");
  command->add_flag("--for-the-person", wanted->for_the_person,
                    "Leave out who did it, for the person whom the records are about");
  command->add_option("--out", wanted->out, "File to write [standard output]")->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
