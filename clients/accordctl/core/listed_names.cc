#include "clients/accordctl/core/listed_names.h"

#include <functional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/name_form.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// These are the pages of a list that are read to complete a name; a page has as many rows as the
// service permits.
constexpr int kMostListedPages = 20;
constexpr int kListedPageSize = 500;

// This is a list with a field that holds names of the resource: the resource's own list, or another view of
// it, such as the board of accused.
struct NameList {
  const Command* command = nullptr;
  const FieldDescriptor* rows = nullptr;
  const FieldDescriptor* name = nullptr;
};

const FieldDescriptor* TextFieldInListedRow(const Descriptor* type, const std::string& name) {
  const FieldDescriptor* field = type->FindFieldByName(name);
  const bool fits =
      field != nullptr && field->type() == FieldDescriptor::TYPE_STRING && !field->is_repeated();
  return fits ? field : nullptr;
}

// This says whether the list requires another record first, which a short name does not give.
bool ListRequiresParent(const Command& command) {
  const Descriptor* request = command.request();
  for (int i = 0; i < request->field_count(); ++i) {
    const FieldDescriptor* field = request->field(i);
    if (FieldRuleOf(field).required() && field->name() != "parent") return true;
  }
  return command.takes_name();
}

NameList ListWithNamesOf(const ResourceType& resource) {
  NameList other;
  for (const Command& command : Commands()) {
    if (command.request()->FindFieldByName("page_token") == nullptr ||
        !absl::StartsWith(command.verb, "list"))
      continue;
    if (ListRequiresParent(command)) continue;
    const FieldDescriptor* rows = ListedField(command.response());
    if (rows == nullptr) continue;
    if (rows->message_type() == resource.message) {
      return {&command, rows, TextFieldInListedRow(rows->message_type(), "name")};
    }
    const FieldDescriptor* reference = TextFieldInListedRow(rows->message_type(), resource.option.singular());
    if (reference != nullptr &&
        rows->message_type()->file()->package() == resource.message->file()->package()) {
      other = {&command, rows, reference};
    }
  }
  return other;
}

// This passes the rows of a list's first pages to `take` until it returns false.
absl::Status ReadListedRows(CommandSession* session, const NameList& list,
                            const std::function<bool(const google::protobuf::Message&)>& take) {
  Json request = {{"page_size", kListedPageSize}};
  if (list.command->request()->FindFieldByName("parent") != nullptr) {
    ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
    request["parent"] = absl::StrCat("agencies/", client->agency());
  }
  for (int page = 0; page < kMostListedPages; ++page) {
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, *list.command, request));
    const auto* access = answer->GetReflection();
    for (int i = 0; i < access->FieldSize(*answer, list.rows); ++i) {
      if (!take(access->GetRepeatedMessage(*answer, list.rows, i))) return absl::OkStatus();
    }
    const FieldDescriptor* token = answer->GetDescriptor()->FindFieldByName("next_page_token");
    request["page_token"] = token == nullptr ? "" : access->GetString(*answer, token);
    if (request["page_token"].get<std::string>().empty()) break;
  }
  return absl::OkStatus();
}

}  // namespace

const Command* ListForNames(const Command& command) {
  const auto resource = ResourceOf(command);
  return resource ? ListWithNamesOf(*resource).command : nullptr;
}

absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const Command& command) {
  const auto resource = ResourceOf(command);
  if (!resource) return absl::NotFoundError(Text("there is no list of them"));
  return ListedNames(session, *resource);
}

absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const ResourceType& resource) {
  const NameList list = ListWithNamesOf(resource);
  if (list.command == nullptr || list.name == nullptr) {
    return absl::NotFoundError(Text("there is no list of them"));
  }
  std::vector<std::string> names;
  ACCORD_RETURN_IF_ERROR(ReadListedRows(session, list, [&](const google::protobuf::Message& row) {
    std::string name = row.GetReflection()->GetString(row, list.name);
    if (HasNameForm(name, resource.option.pattern())) names.push_back(std::move(name));
    return true;
  }));
  return names;
}

absl::StatusOr<std::string> ListedEtag(CommandSession* session, const Command& command,
                                       const std::string& name) {
  const auto resource = ResourceOf(command);
  const NameList list = resource ? ListWithNamesOf(*resource) : NameList();
  const FieldDescriptor* etag = resource ? TextFieldInListedRow(resource->message, "etag") : nullptr;
  const bool listed = list.command != nullptr && list.name != nullptr && etag != nullptr &&
                      list.rows->message_type() == resource->message;
  if (!listed) return absl::InvalidArgumentError("give --etag");
  std::string found;
  ACCORD_RETURN_IF_ERROR(ReadListedRows(session, list, [&](const google::protobuf::Message& row) {
    if (row.GetReflection()->GetString(row, list.name) != name) return true;
    found = row.GetReflection()->GetString(row, etag);
    return false;
  }));
  if (!found.empty()) return found;
  return absl::NotFoundError(absl::StrCat(name, " is in no list that you read: give --etag"));
}

}  // namespace accord::ctl
