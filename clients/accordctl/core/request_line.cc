#include "clients/accordctl/core/request_line.h"

#include <google/protobuf/field_mask.pb.h>

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/assignment.h"
#include "clients/accordctl/core/enum_meanings.h"
#include "clients/accordctl/core/field_paths.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/lookup_words.h"
#include "clients/accordctl/core/named_fields.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/update_mask.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/access/names.h"
#include "common/access/vocabulary.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// This refuses what is no word of an enum where the request takes one, also as text, which the service would
// look at after much else. A value of the enum that this field does not take is for the service to refuse.
absl::Status CheckEnumWords(const Descriptor* type, const Json& request) {
  for (const auto& [key, value] : request.items()) {
    const FieldDescriptor* field = type->FindFieldByName(key);
    const auto* words = field == nullptr ? nullptr : EnumWordsOf(*field);
    if (words == nullptr || !value.is_string() || JsonTextAt(request, key.c_str()).empty()) continue;
    const std::string word = value.get<std::string>();
    if (FromShortName(words, word)) continue;
    std::vector<std::string> known;
    for (const EnumMeaning& each : MeaningsOfField(field, words)) known.push_back(each.value);
    const std::string meant = NearestInSessionLanguage(word, known);
    return absl::InvalidArgumentError(
        absl::StrCat(key, ": ", Text("is not one of {{values}}", {{"values", absl::StrJoin(known, ", ")}}),
                     meant.empty() ? "" : "; ", meant));
  }
  return absl::OkStatus();
}

// This gives the names of the fields that a request may set.
std::vector<std::string> SettableFields(const Descriptor* type) {
  std::vector<std::string> names;
  for (int i = 0; i < type->field_count(); ++i) {
    if (!FieldRuleOf(type->field(i)).output_only()) names.push_back(type->field(i)->name());
  }
  return names;
}

// This gives the text of an option of a nested field.
absl::StatusOr<Json> NestedFieldValue(const FieldDescriptor* field, const std::string& text) {
  const std::string flag = "--" + KebabCase(field->name());
  ACCORD_ASSIGN_OR_RETURN(Json value, ParseYaml(text, flag));
  if (value.is_object() || (field->is_repeated() && value.is_array())) return value;
  const std::vector<std::string> fields = SettableFields(field->message_type());
  return absl::InvalidArgumentError(
      absl::StrCat(flag, ": write it as '{\"", fields.empty() ? "field" : fields.front(),
                   "\": ...}' or with --set ", field->name(), ".", fields.empty() ? "field" : fields.front(),
                   "=...; it has the fields ", absl::StrJoin(fields, ", ")));
}

const FieldDescriptor* FieldOfName(const Descriptor* type, const std::string& name) {
  const FieldDescriptor* field = type->FindFieldByName(name);
  return field != nullptr ? field : type->FindFieldByCamelcaseName(name);
}

absl::Status UnknownFieldOf(const Descriptor* type, const std::string& word, const std::string& noun) {
  const std::string meant = NearestInSessionLanguage(word, SettableFields(type));
  const std::string what = Text("there is no such field in {{type}}", {{"type", type->name()}});
  const std::string all = Text("`{{command}}` tells all", {{"command", "accordctl explain " + noun}});
  return absl::InvalidArgumentError(absl::StrCat("--set ", word, ": ", what, BracketHint(word), "; ", meant,
                                                 meant.empty() ? "" : " ", all));
}

// This refuses a word where a message of fields is wanted, and says how each of its fields is given. An
// object, a list and null are for ApplyAssignment. What the service writes is not given at all.
absl::Status CheckNestedField(const Descriptor* request, const FieldDescriptor* field,
                              const std::string& path, const std::string& text) {
  if (field == nullptr || !IsNestedField(field) || field->is_map()) return absl::OkStatus();
  const auto read = ParseJson(text);
  if (read.ok() && (read->is_object() || read->is_array() || read->is_null())) return absl::OkStatus();
  const std::string given = absl::StrCat("--set ", path, "=", Shown(text), ": ");
  const FieldDescriptor* parent = request->FindFieldByName("parent");
  if (FieldRuleOf(field).output_only()) {
    return absl::InvalidArgumentError(absl::StrCat(
        given, "the service writes ", path, " itself: leave it out",
        parent == nullptr ? ""
                          : absl::StrCat("; --parent ", ShownNameForms(*parent), " says what this is of")));
  }
  const std::vector<std::string> fields = SettableFields(field->message_type());
  return absl::InvalidArgumentError(absl::StrCat(
      given, path, " has fields of its own: write --set ", path, field->is_repeated() ? ".0." : ".",
      fields.empty() ? "FIELD" : fields.front(),
      "=..., or all of it in a file with -f FILE; it has the fields ", absl::StrJoin(fields, ", ")));
}

// This applies one `--set`. What the resource has goes into the resource, what the request has beside it into
// the request.
absl::Status ApplySetOption(const Command& command, const std::string& assignment,
                            std::set<std::string>* seen, Json* request) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    return absl::InvalidArgumentError(absl::StrCat("--set ", assignment, ": write it as FIELD=VALUE"));
  }
  std::string path = assignment.substr(0, equals);
  const std::string text = assignment.substr(equals + 1);
  const std::string first = path.substr(0, path.find('.'));
  if (!seen->insert(path).second) {
    return absl::InvalidArgumentError(absl::StrCat("--set ", path, " stands on the line twice"));
  }
  const FieldDescriptor* body = command.body();
  if (FieldOfName(RequestFileType(command), first) != nullptr) {
    if (body != nullptr) path = absl::StrCat(body->name(), ".", path);
  } else if (FieldOfName(command.request(), first) == nullptr) {
    return UnknownFieldOf(RequestFileType(command), first, NounOf(command).word);
  }
  ACCORD_RETURN_IF_ERROR(CheckNestedField(command.request(), FieldAtPath(command.request(), path),
                                          assignment.substr(0, equals), text));
  return ApplyAssignment(request, absl::StrCat(path, "=", text), command.request());
}

absl::Status TakeRequestFile(const Command& command, const RequestLine& line, Json* request) {
  if (line.file.empty() && line.json.empty()) return absl::OkStatus();
  if (!line.file.empty() && !line.json.empty()) {
    return absl::InvalidArgumentError("-f and --json both say the whole of it: give one of them");
  }
  const std::string place = line.file.empty() ? "--json" : InputFileName(line.file);
  std::string text = line.text.value_or(line.json);
  if (!line.file.empty() && !line.text) {
    ACCORD_ASSIGN_OR_RETURN(text, ReadInputText(line.file));
  }
  ACCORD_ASSIGN_OR_RETURN(Json document, ParseYaml(text, place));
  if (!document.is_object()) {
    return absl::InvalidArgumentError(
        absl::StrCat(place, document.is_null() ? ": is empty" : ": must be a mapping of fields", "; `",
                     TypedCommand(command), " --template` prints one to fill in"));
  }
  // Here the place in the file is still known.
  std::string field;
  if (const absl::Status fault = CheckJsonFields(document, RequestFileType(command), &field); !fault.ok()) {
    const std::string at = PlaceInYaml(field, text, place);
    return absl::InvalidArgumentError(
        absl::StrCat(at.empty() ? place : at, ": ", std::string(fault.message())));
  }
  if (command.body() != nullptr) {
    (*request)[command.body()->name()] = std::move(document);
  } else {
    *request = std::move(document);
  }
  return absl::OkStatus();
}

absl::Status TakeLineOptions(const Command& command, const RequestLine& line, Json* request) {
  for (const auto& [name, text] : line.one) {
    const FieldDescriptor* field = command.request()->FindFieldByName(name);
    if (text.empty() || field == nullptr) continue;
    if (!IsNestedField(field)) {
      (*request)[name] = text;
      continue;
    }
    ACCORD_ASSIGN_OR_RETURN((*request)[name], NestedFieldValue(field, text));
  }
  for (const auto& [name, texts] : line.many) {
    const FieldDescriptor* field = command.request()->FindFieldByName(name);
    if (texts.empty() || field == nullptr) continue;
    Json list = Json::array();
    for (const std::string& text : texts) {
      if (!IsNestedField(field)) {
        list.push_back(text);
        continue;
      }
      ACCORD_ASSIGN_OR_RETURN(const Json value, NestedFieldValue(field, text));
      if (value.is_object())
        list.push_back(value);
      else
        list.insert(list.end(), value.begin(), value.end());
    }
    (*request)[name] = std::move(list);
  }
  for (const auto& [name, value] : line.flags) {
    if (value) (*request)[name] = true;
  }
  return absl::OkStatus();
}

// What an update changes is what was given.
void AddUpdateMask(const Command& command, Json* request) {
  google::protobuf::FieldMask paths;
  const Json& given = request->at(command.body()->name());
  for (const auto& path : FieldsToUpdate(command.body()->message_type(), given).mask) paths.add_paths(path);
  // The JSON form of a mask is in camel case.
  (*request)["update_mask"] = ToJson(paths);
}

}  // namespace

bool IsNestedField(const FieldDescriptor* field) {
  return field->message_type() != nullptr && field->message_type()->file()->package() != "google.protobuf";
}

const Descriptor* RequestFileType(const Command& command) {
  return command.body() != nullptr ? command.body()->message_type() : command.request();
}

bool NamesBody(const Command& command) {
  if (command.updates()) return true;
  // These verbs give a whole new text of a record that exists, such as a draft's.
  const bool replaces = absl::StartsWith(command.verb, "update") || absl::StartsWith(command.verb, "revise");
  return command.body() != nullptr && command.request()->FindFieldByName("name") == nullptr && replaces;
}

bool TakesName(const Command& command) { return command.takes_name() || NamesBody(command); }

absl::StatusOr<Json> AssembleRequest(const Command& command, const RequestLine& line) {
  Json request = Json::object();
  ACCORD_RETURN_IF_ERROR(TakeRequestFile(command, line, &request));
  std::set<std::string> seen;
  for (const std::string& set : line.sets)
    ACCORD_RETURN_IF_ERROR(ApplySetOption(command, set, &seen, &request));
  ACCORD_RETURN_IF_ERROR(TakeLineOptions(command, line, &request));
  // What can be refused here is refused before anything is asked of the gateway.
  ACCORD_RETURN_IF_ERROR(CheckEnumWords(command.request(), request));
  ACCORD_RETURN_IF_ERROR(CheckJsonFields(request, command.request()));
  const FieldDescriptor* body = command.body();
  if (body == nullptr) return request;
  if (!request.contains(body->name()) || request[body->name()].empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "say what the ", NounOf(command).word, " is: -f FILE, --json, --set FIELD=VALUE or --edit; `",
        TypedCommand(command), " --template` prints a file to fill in"));
  }
  if (command.updates()) AddUpdateMask(command, &request);
  return request;
}

}  // namespace accord::ctl
