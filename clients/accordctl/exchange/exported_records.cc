#include "clients/accordctl/exchange/exported_records.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "accord/audit/v1/resources.pb.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/resource_types.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

// For `accord.protocols.v1.Referral` this gives `protocols`.
std::string ServiceOfExportedType(const Descriptor* type) {
  return std::vector<std::string>(absl::StrSplit(type->full_name(), '.'))[1];
}

// For `agencies/{agency}/courses/{course}/offerings/{offering}` this
// gives `agencies/{agency}/courses/{course}`.
std::string ExportedParentPattern(const std::string& pattern) {
  std::vector<std::string> parts = absl::StrSplit(pattern, '/');
  if (parts.size() <= 2) return "";
  parts.resize(parts.size() - 2);
  return absl::StrJoin(parts, "/");
}

// This says whether the request requires nothing but the parent.
bool ListsExportedByParent(const Descriptor* request) {
  if (request->FindFieldByName("page_token") == nullptr) return false;
  for (int i = 0; i < request->field_count(); ++i) {
    const FieldDescriptor* field = request->field(i);
    if (FieldRuleOf(field).required() && field->name() != "parent") return false;
  }
  return true;
}

std::vector<ExportedList> BuildExportedLists() {
  std::vector<ExportedList> lists;
  std::set<const Descriptor*> known;
  for (const Command& command : Commands()) {
    const FieldDescriptor* rows = ListedField(command.response());
    if (command.verb != "list" || rows == nullptr || rows->message_type() == nullptr) continue;
    const auto& options = rows->message_type()->options();
    if (!options.HasExtension(annotations::v1::resource) || !ListsExportedByParent(command.request()))
      continue;
    // Entries of the log are exported with their proofs by `accordctl audit export`.
    if (ServiceOfExportedType(rows->message_type()) == "audit") continue;
    // A record's owner is an agency; the registry's own records have none.
    const auto& resource = options.GetExtension(annotations::v1::resource);
    if (ExportedParentPattern(resource.pattern()).empty()) continue;
    if (!known.insert(rows->message_type()).second) continue;
    ExportedList list;
    list.command = &command;
    list.rows = rows;
    list.resource = resource;
    list.kind = absl::StrCat(ServiceOfExportedType(rows->message_type()), ".", list.resource.singular());
    if (command.request()->FindFieldByName("parent") != nullptr) {
      list.parent_pattern = ExportedParentPattern(list.resource.pattern());
    }
    const auto& grants = command.method.grants;
    list.open =
        std::any_of(grants.begin(), grants.end(), [](const auto& grant) { return grant.roles_size() == 0; });
    lists.push_back(std::move(list));
  }
  const auto depth = [](const ExportedList& list) {
    return std::count(list.resource.pattern().begin(), list.resource.pattern().end(), '/');
  };
  std::stable_sort(lists.begin(), lists.end(),
                   [&](const ExportedList& a, const ExportedList& b) { return depth(a) < depth(b); });
  return lists;
}

absl::Status BrokenExportLine(int64_t number, const std::string& what) {
  return absl::DataLossError(absl::StrCat("line ", number, " ", what));
}

std::string TextOfExportedField(const google::protobuf::Message& record, const std::string& name) {
  const FieldDescriptor* field = record.GetDescriptor()->FindFieldByName(name);
  const bool is_text =
      field != nullptr && field->type() == FieldDescriptor::TYPE_STRING && !field->is_repeated();
  return is_text ? record.GetReflection()->GetString(record, field) : "";
}

}  // namespace

const std::vector<ExportedList>& ExportedLists() {
  static const auto* lists = new std::vector<ExportedList>(BuildExportedLists());
  return *lists;
}

Json ExportedRecordLine(const ExportedList& list, const google::protobuf::Message& record) {
  const std::string name = TextOfExportedField(record, "name"), etag = TextOfExportedField(record, "etag");
  // The etag of a version is `v` and its number.
  int64_t version = 0;
  std::string revision;
  if (absl::StartsWith(etag, "v") && absl::SimpleAtoi(etag.substr(1), &version)) {
    revision = Hex(RevisionDigest(ServiceOfExportedType(record.GetDescriptor()), name, version));
  }
  return {{"kind", list.kind}, {"name", name}, {"revision", revision}, {"record", ToJson(record)}};
}

absl::StatusOr<RecordsChecked> CheckExportedRecords(std::istream& records,
                                                    const std::set<std::string>& revisions) {
  RecordsChecked checked;
  std::string text, agency;
  int64_t number = 0, counted = -1;
  while (std::getline(records, text)) {
    ++number;
    const auto line = ParseJson(text);
    if (!line.ok() || !line->is_object())
      return BrokenExportLine(number, "is no line of an export of records");
    if (counted >= 0) return BrokenExportLine(number, "comes after the end");
    if (number == 1) {
      agency = JsonTextAt(*line, "agency");
      if (JsonTextAt(*line, "format") != kRecordsFormat || agency.empty()) {
        return BrokenExportLine(1, "does not begin an export of records");
      }
      continue;
    }
    if (const auto end = line->find("records"); end != line->end()) {
      if (!end->is_number_integer()) return BrokenExportLine(number, "says no number of records");
      counted = end->get<int64_t>();
      continue;
    }
    const std::string name = JsonTextAt(*line, "name");
    if (name.empty()) return BrokenExportLine(number, "names no record");
    if (OwnerOf(name) != agency) {
      ++checked.others;
      continue;
    }
    ++checked.own;
    const std::string revision = JsonTextAt(*line, "revision");
    if (!revisions.contains(revision))
      checked.unproven.push_back({JsonTextAt(*line, "kind"), name, revision});
  }
  if (counted < 0) return BrokenExportLine(number, "is the last one, and the end is missing");
  if (counted != checked.own + checked.others)
    return BrokenExportLine(number, "counts other records than there are");
  return checked;
}

absl::StatusOr<std::set<std::string>> ExportedRevisions(std::istream& entries) {
  std::set<std::string> revisions;
  std::string text;
  for (int64_t number = 1; std::getline(entries, text); ++number) {
    const auto line = ParseJson(text);
    if (!line.ok() || !line->is_object())
      return BrokenExportLine(number, "is no line of an export of the log");
    if (number == 1) continue;
    audit::v1::AuditRecord record;
    const auto bytes = Unbase64(JsonTextAt(*line, "record"));
    if (!bytes || !record.ParseFromString(*bytes)) return BrokenExportLine(number, "holds no record");
    for (const std::string& digest : record.revisions()) revisions.insert(Hex(digest));
  }
  return revisions;
}

bool ExportedRecordMadeByPlatform(const UnprovenRecord& record, const std::vector<ToldVersion>& history,
                                  const std::set<std::string>& revisions) {
  std::map<int64_t, std::string> agencies;
  for (const ToldVersion& each : history) agencies[each.version] = each.agency;
  const std::string service = record.kind.substr(0, record.kind.find('.'));
  const auto digest_of = [&](int64_t version) { return Hex(RevisionDigest(service, record.name, version)); };
  const auto exported = std::find_if(agencies.begin(), agencies.end(), [&](const auto& each) {
    return digest_of(each.first) == record.revision;
  });
  if (exported == agencies.end()) return false;
  for (int64_t version = exported->first; version > 0; --version) {
    if (revisions.contains(digest_of(version))) return true;
    const auto stored = agencies.find(version);
    if (stored == agencies.end() || stored->second != "platform") return false;
  }
  return true;
}

}  // namespace accord::ctl
