#include "clients/accordctl/core/named_fields.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/listed_names.h"
#include "clients/accordctl/core/name_form.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "common/access/record_names.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

constexpr char kAgencyPattern[] = "agencies/{agency}";

// This says whether the field takes records of any kind and so has no form, like those in which the log
// names records.
bool NamesRecordsOfAnyKind(const FieldDescriptor& field) {
  const auto rule = FieldRuleOf(&field);
  return field.name() == "resource" && rule.form() == annotations::v1::STRING_FORM_UNSPECIFIED;
}

bool HoldsRecordNames(const FieldDescriptor& field) {
  const auto rule = FieldRuleOf(&field);
  if (field.type() != FieldDescriptor::TYPE_STRING || field.is_map() || rule.output_only()) return false;
  return rule.form() == annotations::v1::STRING_FORM_RESOURCE_NAME || NamesRecordsOfAnyKind(field) ||
         !NamePatterns(field).empty();
}

std::string ShownPatterns(const std::vector<std::string>& patterns) {
  std::vector<std::string> shown;
  for (const std::string& pattern : patterns) shown.push_back(ShownPattern(pattern));
  return absl::StrJoin(shown, absl::StrCat(" ", Text("or"), " "));
}

std::optional<ResourceType> ResourceOfPattern(const std::string& pattern) {
  for (const ResourceType& resource : Resources()) {
    if (resource.option.pattern() == pattern) return resource;
  }
  return std::nullopt;
}

// This says whether the pattern has only one id, such as `agencies/{agency}`, so that it can be completed
// without a look-up.
bool HasOneId(const std::string& pattern) { return std::count(pattern.begin(), pattern.end(), '{') == 1; }

// All names of these kinds that the caller may list.
struct ListedNamesFound {
  std::vector<std::string> names;
  // Why the list is not complete: it was refused, or there is none.
  absl::Status unknown;
};

ListedNamesFound ListNamesOfKinds(CommandSession* session, const std::vector<std::string>& patterns) {
  ListedNamesFound listed;
  for (const std::string& pattern : patterns) {
    const auto resource = ResourceOfPattern(pattern);
    const auto names =
        resource
            ? ListedNames(session, *resource)
            : absl::StatusOr<std::vector<std::string>>(absl::NotFoundError(Text("there is no list of them")));
    if (names.ok()) {
      listed.names.insert(listed.names.end(), names->begin(), names->end());
    } else {
      listed.unknown.Update(names.status());
    }
  }
  return listed;
}

absl::Status NoRecordOfThisName(const std::string& place, const std::string& typed,
                                const std::vector<std::string>& patterns, const ListedNamesFound& listed) {
  if (!listed.unknown.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        place, ": ",
        Text("the short name `{{name}}` cannot be looked up here: {{why}}; write the whole name, {{pattern}}",
             {{"name", Shown(typed)},
              {"why", ReasonText(listed.unknown)},
              {"pattern", ShownPatterns(patterns)}})));
  }
  std::vector<std::string> known;
  for (const std::string& name : listed.names) known.push_back(LastPartOfName(name));
  const std::string meant = NearestInSessionLanguage(typed, known);
  return absl::NotFoundError(absl::StrCat(
      place, ": ",
      Text("nothing that you may list is called `{{name}}`; a name is {{pattern}}, or the last part of it",
           {{"name", Shown(typed)}, {"pattern", ShownPatterns(patterns)}}),
      meant.empty() ? "" : "; ", meant));
}

absl::StatusOr<std::string> WholeNameIn(CommandSession* session, const FieldDescriptor& field,
                                        const std::string& place, const std::string& typed) {
  if (typed.empty() || absl::StrContains(typed, '/')) return typed;
  const std::vector<std::string>& patterns = NamePatterns(field);
  if (patterns.empty() && field.name() == "parent") return absl::StrCat("agencies/", typed);
  if (patterns.empty()) {
    ACCORD_RETURN_IF_ERROR(CheckIsWholeName(place, typed));
    return typed;
  }
  const auto named = NormalizedName(typed, patterns.front());
  if (!named.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(place, ": ", std::string(named.status().message())));
  }
  std::vector<std::string> to_look_up;
  std::copy_if(patterns.begin(), patterns.end(), std::back_inserter(to_look_up),
               [](const std::string& pattern) { return !HasOneId(pattern); });
  const ListedNamesFound listed = ListNamesOfKinds(session, to_look_up);
  const std::vector<std::string> fitting = MatchingNames(listed.names, *named);
  if (fitting.size() == 1) return fitting.front();
  if (fitting.size() > 1) {
    const absl::Status several = SeveralNames(*named, fitting);
    return absl::InvalidArgumentError(absl::StrCat(place, ": ", std::string(several.message())));
  }
  const auto simple = std::find_if(patterns.begin(), patterns.end(), HasOneId);
  if (simple != patterns.end()) return simple->substr(0, simple->find('{')) + *named;
  return NoRecordOfThisName(place, typed, patterns, listed);
}

// This walks through a request, whose fields may be spelt in either of two ways.
class NameWalk {
 public:
  NameWalk(CommandSession* session, const Command& command) : session_(session), command_(command) {}

  absl::Status Message(const Descriptor* type, const std::string& path, Json* json) {
    if (!json->is_object()) return absl::OkStatus();
    for (auto& [key, value] : json->items()) {
      const FieldDescriptor* field = type->FindFieldByName(key);
      if (field == nullptr) field = type->FindFieldByCamelcaseName(key);
      if (field == nullptr || IsOwnName(*field)) continue;
      const std::string here = path.empty() ? field->name() : absl::StrCat(path, ".", field->name());
      if (!value.is_array()) {
        ACCORD_RETURN_IF_ERROR(Value(*field, here, &value));
        continue;
      }
      for (std::size_t i = 0; i < value.size(); ++i) {
        ACCORD_RETURN_IF_ERROR(Value(*field, absl::StrCat(here, ".", i), &value[i]));
      }
    }
    return absl::OkStatus();
  }

 private:
  // This says whether this is the `name` of the request or of its record.
  bool IsOwnName(const FieldDescriptor& field) const {
    const Descriptor* in = field.containing_type();
    return field.name() == "name" && (in == command_.request() || in == RequestFileType(command_));
  }
  absl::Status Value(const FieldDescriptor& field, const std::string& path, Json* value) {
    if (IsNestedField(&field)) return Message(field.message_type(), path, value);
    if (!value->is_string() || !HoldsRecordNames(field)) return absl::OkStatus();
    const bool is_option = field.containing_type() == command_.request();
    ACCORD_ASSIGN_OR_RETURN(
        *value, WholeNameIn(session_, field, is_option ? absl::StrCat("--", KebabCase(field.name())) : path,
                            value->get<std::string>()));
    return absl::OkStatus();
  }

  CommandSession* const session_;
  const Command& command_;
};

}  // namespace

absl::Status CompleteNames(CommandSession* session, const Command& command, Json* request) {
  return NameWalk(session, command).Message(command.request(), "", request);
}

bool IsBelowAgencies(const FieldDescriptor& parent) {
  const std::vector<std::string>& patterns = NamePatterns(parent);
  return patterns.empty() || std::find(patterns.begin(), patterns.end(), kAgencyPattern) != patterns.end();
}

std::string ShownNameForms(const FieldDescriptor& field) { return ShownPatterns(NamePatterns(field)); }

absl::Status CheckIsWholeName(const std::string& place, const std::string& typed) {
  if (absl::StrContains(typed, '/')) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      place, ": ",
      Text(
          "`{{name}}` is a short name, and a record of any kind may be meant here: write the whole name, for "
          "example agencies/cas-york/referrals/01m8a5dx, as `-o name` prints it",
          {{"name", Shown(typed)}})));
}

}  // namespace accord::ctl
