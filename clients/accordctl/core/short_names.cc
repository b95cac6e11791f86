#include "clients/accordctl/core/short_names.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// These are the pages of a list that are read to complete a name; a page has as many rows as the
// service permits.
constexpr int kMostPages = 20;
constexpr int kPageSize = 500;
// An error names at most so many candidates.
constexpr std::size_t kMostCandidates = 8;

using Parts = std::vector<std::string>;

bool IsPatternVariable(const std::string& part) { return absl::StartsWith(part, "{"); }

// This is a list with a field that holds names of the resource: the resource's own list, or another view of
// it, such as the board of accused.
struct NameList {
  const Command* command = nullptr;
  const FieldDescriptor* rows = nullptr;
  const FieldDescriptor* name = nullptr;
};

const FieldDescriptor* TextFieldOf(const Descriptor* type, const std::string& name) {
  const FieldDescriptor* field = type->FindFieldByName(name);
  const bool fits =
      field != nullptr && field->type() == FieldDescriptor::TYPE_STRING && !field->is_repeated();
  return fits ? field : nullptr;
}

// This says whether the list requires another record first, which a short name does not give.
bool RequiresParentRecord(const Command& command) {
  const Descriptor* request = command.request();
  for (int i = 0; i < request->field_count(); ++i) {
    const FieldDescriptor* field = request->field(i);
    if (FieldRuleOf(field).required() && field->name() != "parent") return true;
  }
  return command.takes_name();
}

NameList NameListOf(const ResourceType& resource) {
  NameList other;
  for (const Command& command : Commands()) {
    if (command.request()->FindFieldByName("page_token") == nullptr ||
        !absl::StartsWith(command.verb, "list"))
      continue;
    if (RequiresParentRecord(command)) continue;
    const FieldDescriptor* rows = ListedField(command.response());
    if (rows == nullptr) continue;
    if (rows->message_type() == resource.message) {
      return {&command, rows, TextFieldOf(rows->message_type(), "name")};
    }
    const FieldDescriptor* reference = TextFieldOf(rows->message_type(), resource.option.singular());
    if (reference != nullptr &&
        rows->message_type()->file()->package() == resource.message->file()->package()) {
      other = {&command, rows, reference};
    }
  }
  return other;
}

absl::StatusOr<std::string> OwnAgency(CommandSession* session) {
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  return client->agency();
}

// This gives `agencies/OWN/referrals/PART`, the name if the caller's agency owns the record; it is empty for
// longer patterns.
std::string NameInOwnAgency(const std::string& pattern, const std::string& agency, const std::string& part) {
  Parts parts = absl::StrSplit(pattern, '/');
  if (parts.size() != 4 || parts[1] != "{agency}") return "";
  return absl::StrCat("agencies/", agency, "/", parts[2], "/", part);
}

// This passes the rows of a list's first pages to `take` until it returns false.
absl::Status ReadListedRows(CommandSession* session, const NameList& list,
                            const std::function<bool(const google::protobuf::Message&)>& take) {
  Json request = {{"page_size", kPageSize}};
  if (list.command->request()->FindFieldByName("parent") != nullptr) {
    ACCORD_ASSIGN_OR_RETURN(const std::string agency, OwnAgency(session));
    request["parent"] = absl::StrCat("agencies/", agency);
  }
  for (int page = 0; page < kMostPages; ++page) {
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

std::string LastPartOfName(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::vector<std::string> ShortNames(const std::vector<std::string>& names) {
  std::map<std::string, int> count;
  for (const std::string& name : std::set<std::string>(names.begin(), names.end()))
    ++count[LastPartOfName(name)];
  std::vector<std::string> shorts;
  for (const std::string& name : names) {
    const std::string last = LastPartOfName(name);
    shorts.push_back(count[last] == 1 ? last : name);
  }
  return shorts;
}

std::vector<std::string> MatchingNames(const std::vector<std::string>& names, const std::string& part) {
  std::set<std::string> whole, begun;
  for (const std::string& name : names) {
    const std::string last = LastPartOfName(name);
    if (last == part) whole.insert(name);
    if (absl::StartsWith(last, part)) begun.insert(name);
  }
  const std::set<std::string>& best = whole.empty() ? begun : whole;
  return {best.begin(), best.end()};
}

bool IsTypableName(const std::string& name) {
  return !name.empty() && name.front() != '-' && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("-._/:@", c);
  });
}

absl::StatusOr<std::string> NormalizedName(const std::string& typed, const std::string& pattern) {
  const std::string name(absl::StripAsciiWhitespace(typed));
  const bool is_whole = std::all_of(
      name.begin(), name.end(), [](char c) { return absl::ascii_isgraph(static_cast<unsigned char>(c)); });
  if (!is_whole || name.empty()) {
    return absl::InvalidArgumentError(
        Text("`{{name}}` is no name: names have no blanks, and no other characters than letters, digits and "
             "signs such as - and /. Copy it from a list, with `-o name`",
             {{"name", Shown(name)}}));
  }
  Parts names = absl::StrSplit(name, '/');
  if (names.size() == 1) return absl::AsciiStrToLower(name);
  const Parts patterns = absl::StrSplit(pattern, '/');
  if (names.size() != patterns.size()) return name;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (IsPatternVariable(patterns[i])) {
      absl::AsciiStrToLower(&names[i]);
    } else if (absl::EqualsIgnoreCase(names[i], patterns[i])) {
      names[i] = patterns[i];
    } else {
      return name;
    }
  }
  return absl::StrJoin(names, "/");
}

bool HasNameForm(const std::string& name, const std::string& pattern) {
  const Parts names = absl::StrSplit(name, '/'), patterns = absl::StrSplit(pattern, '/');
  if (names.size() != patterns.size()) return false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || (!IsPatternVariable(patterns[i]) && names[i] != patterns[i])) return false;
  }
  return true;
}

const Command* ListForNames(const Command& command) {
  const auto resource = ResourceOf(command);
  return resource ? NameListOf(*resource).command : nullptr;
}

absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const Command& command) {
  const auto resource = ResourceOf(command);
  if (!resource) return absl::NotFoundError(Text("there is no list of them"));
  return ListedNames(session, *resource);
}

absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const ResourceType& resource) {
  const NameList list = NameListOf(resource);
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
  const NameList list = resource ? NameListOf(*resource) : NameList();
  const FieldDescriptor* etag = resource ? TextFieldOf(resource->message, "etag") : nullptr;
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

absl::Status SeveralNames(const std::string& name, std::vector<std::string> fitting) {
  const std::size_t all = fitting.size();
  if (all > kMostCandidates) fitting.resize(kMostCandidates);
  return absl::InvalidArgumentError(absl::StrCat(
      name, " fits ", all, " names: ", absl::StrJoin(fitting, ", "), all > kMostCandidates ? ", ..." : ""));
}

absl::StatusOr<std::string> WholeName(CommandSession* session, const Command& command,
                                      const std::string& typed) {
  const auto resource = ResourceOf(command);
  if (!resource) return typed;
  const std::string& pattern = resource->option.pattern();
  ACCORD_ASSIGN_OR_RETURN(const std::string name, NormalizedName(typed, pattern));
  if (absl::StrContains(name, '/')) return name;
  const std::size_t open = pattern.find('{');
  if (std::count(pattern.begin(), pattern.end(), '{') == 1) return pattern.substr(0, open) + name;
  const auto names = ListedNames(session, command);
  const std::vector<std::string> fitting =
      names.ok() ? MatchingNames(*names, name) : std::vector<std::string>();
  if (fitting.size() == 1) return fitting.front();
  if (fitting.size() > 1) return SeveralNames(name, fitting);
  // A caller who may not list, or whose list is longer than what was read, may still mean a record
  // of their own agency.
  ACCORD_ASSIGN_OR_RETURN(const std::string agency, OwnAgency(session));
  const std::string own = NameInOwnAgency(pattern, agency, name);
  if (!own.empty()) return own;
  return absl::InvalidArgumentError(
      absl::StrCat(name, " is the end of no name that can be listed here: write the whole name, ", pattern));
}

}  // namespace accord::ctl
