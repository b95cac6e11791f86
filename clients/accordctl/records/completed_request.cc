#include "clients/accordctl/records/completed_request.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/command_example.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/filter_times.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/listed_names.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/named_fields.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/output_only_fields.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/update_mask.h"
#include "clients/accordctl/core/visible_text.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// This gives the present etag of a resource, for callers who did not give one.
absl::StatusOr<std::string> PresentEtag(CommandSession* session, const Command& command,
                                        const std::string& name) {
  const Command* get = GetCommandOf(command);
  if (get == nullptr) return ListedEtag(session, command, name);
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr present, Invoke(session, *get, {{"name", name}}));
  return JsonTextAt(ToJson(*present), "etag");
}

// This refuses a document about another record than the line names: one would overwrite the other, and the
// etag, which counts versions of each record, would not reveal that.
absl::Status CheckSameName(CommandSession* session, const Command& command, const std::string& name,
                           const std::string& within) {
  if (within.empty()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const std::string other, WholeName(session, command, within));
  if (other == name) return absl::OkStatus();
  return absl::InvalidArgumentError(
      Text("what is given is of {{other}}, and the line names {{name}}: name one of the two",
           {{"other", other}, {"name", name}}));
}

// This sets the name and, if the request needs one, the etag.
absl::Status SetRequestName(CommandSession* session, const Command& command, const RequestLine& line,
                            Json* request) {
  Json* holder = NamesBody(command) ? &(*request)[command.body()->name()] : request;
  const std::string given = line.name.empty() ? JsonTextAt(*holder, "name") : line.name;
  if (given.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("say which one, for example: ", ExampleOfCommand(command)));
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string name, WholeName(session, command, given));
  ACCORD_RETURN_IF_ERROR(CheckSameName(session, command, name, JsonTextAt(*holder, "name")));
  (*holder)["name"] = name;
  if (command.updates()) ACCORD_RETURN_IF_ERROR(CompareWithPresent(session, command, name, request));
  const auto etag = line.one.find("etag");
  if (etag != line.one.end() && !etag->second.empty()) (*holder)["etag"] = etag->second;
  const bool wants = NamesBody(command) || command.request()->FindFieldByName("etag") != nullptr;
  if (!wants || holder->contains("etag")) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN((*holder)["etag"], PresentEtag(session, command, name));
  return absl::OkStatus();
}

// This gives the noun of the listed records: the board is a list of accused.
std::string NounOfListedRows(const Command& command, const Descriptor* rows) {
  const std::string own = KebabCase(rows->options().GetExtension(annotations::v1::resource).singular());
  return FindNoun(own) != nullptr ? own : NounOf(command).word;
}

// This gives what is wrong with one path of a mask; it is empty if it leads to a field.
std::string ReadMaskFault(const Descriptor* rows, const std::string& path) {
  const Descriptor* type = rows;
  const FieldDescriptor* above = nullptr;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (const std::string& part : parts) {
    if (above != nullptr && (above->is_repeated() || above->message_type() == nullptr)) {
      return Text("show {{field}} whole or not at all: write it alone", {{"field", above->name()}});
    }
    if (above != nullptr) type = above->message_type();
    above = type->FindFieldByName(part);
    if (above == nullptr) above = type->FindFieldByCamelcaseName(part);
    if (above != nullptr) continue;
    std::vector<std::string> known;
    for (int i = 0; i < type->field_count(); ++i) known.push_back(type->field(i)->name());
    const std::string meant = NearestInSessionLanguage(part, known);
    return absl::StrCat(Text("there is no such field in {{type}}", {{"type", type->name()}}),
                        meant.empty() ? "" : "; ", meant);
  }
  return "";
}

// This gives `accordctl case list` for `agencies/AGENCY_ID/cases/CASE_ID`; it is empty if there are several
// forms, or no list.
std::string ListCommandOfForm(const std::string& form) {
  if (form.empty() || absl::StrContains(form, ' ')) return "";
  const std::string last = form.substr(form.rfind('/') + 1);
  const std::string word =
      absl::StrReplaceAll(absl::AsciiStrToLower(last.substr(0, last.rfind("_ID"))), {{"_", "-"}});
  const Noun* noun = FindNoun(word);
  return noun == nullptr || FindVerb(*noun, "list") == nullptr ? ""
                                                               : absl::StrCat("accordctl ", word, " list");
}

// This refuses a request that does not say of which record it is: its parent, or what a list is of.
absl::Status CheckParentGiven(const Command& command, const Json& request) {
  const bool lists = absl::StartsWith(command.method.descriptor->name(), "List");
  for (int i = 0; i < command.request()->field_count(); ++i) {
    const FieldDescriptor* field = command.request()->field(i);
    const annotations::v1::FieldRule rule = FieldRuleOf(field);
    const bool names = rule.form() == annotations::v1::STRING_FORM_RESOURCE_NAME && field->name() != "name";
    if (!rule.required() || (field->name() != "parent" && !(lists && names))) continue;
    if (request.contains(field->name()) || request.contains(field->json_name())) continue;
    const std::string form = ShownNameForms(*field), list = ListCommandOfForm(form);
    const std::string which = Text("say of which one: {{option}} {{pattern}}, or the last part of it",
                                   {{"option", "--" + KebabCase(field->name())}, {"pattern", form}});
    const std::string all = list.empty() ? "" : "; " + Text("`{{command}}` lists them", {{"command", list}});
    return absl::InvalidArgumentError(absl::StrCat(which, all));
  }
  return absl::OkStatus();
}

}  // namespace

const Command* GetCommandOf(const Command& command) {
  const auto resource = ResourceOf(command);
  return resource ? FindCommand("get", KebabCase(resource->option.singular())) : nullptr;
}

absl::Status CheckReadMask(const Command& command, const Json& request) {
  const FieldDescriptor* listed = ListedField(command.response());
  if (listed == nullptr || command.request()->FindFieldByName("read_mask") == nullptr) {
    return absl::OkStatus();
  }
  const Descriptor* rows = listed->message_type();
  const std::string given = JsonTextAt(request, request.contains("read_mask") ? "read_mask" : "readMask");
  const std::vector<std::string> paths = absl::StrSplit(given, ',', absl::SkipEmpty());
  for (const std::string& path : paths) {
    const std::string fault = ReadMaskFault(rows, path);
    if (fault.empty()) continue;
    const std::string all = Text("`{{command}}` tells all",
                                 {{"command", "accordctl explain " + NounOfListedRows(command, rows)}});
    return absl::InvalidArgumentError(absl::StrCat("--read-mask ", Shown(path), ": ", fault, "; ", all));
  }
  return absl::OkStatus();
}

absl::StatusOr<Json> CompletedRequest(CommandSession* session, const Command& command,
                                      const RequestLine& line) {
  ACCORD_ASSIGN_OR_RETURN(Json request, AssembleRequest(command, line));
  ACCORD_RETURN_IF_ERROR(CheckReadMask(command, request));
  ACCORD_RETURN_IF_ERROR(WriteFilterTimes(command, &request));
  const auto wants = [&](const char* field) {
    return command.request()->FindFieldByName(field) != nullptr && !request.contains(field);
  };
  if (wants("request_id")) request["request_id"] = NewRequestId();
  const FieldDescriptor* parent = command.request()->FindFieldByName("parent");
  if (wants("parent") && IsBelowAgencies(*parent)) {
    ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
    request["parent"] = absl::StrCat("agencies/", client->agency());
  }
  ACCORD_RETURN_IF_ERROR(CheckParentGiven(command, request));
  ACCORD_RETURN_IF_ERROR(CompleteNames(session, command, &request));
  if (!command.updates()) WarnOfOutputOnlyFields(command, request, nullptr);
  if (TakesName(command)) ACCORD_RETURN_IF_ERROR(SetRequestName(session, command, line, &request));
  return request;
}

}  // namespace accord::ctl
