#include "clients/accordctl/core/update_mask.h"

#include <google/protobuf/field_mask.pb.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/output_only_fields.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/error.h"

namespace accord::ctl {

UpdateFields FieldsToUpdate(const Descriptor* type, const Json& json) {
  UpdateFields fields;
  for (const auto& [key, value] : json.items()) {
    const FieldDescriptor* field = type->FindFieldByName(key);
    if (field == nullptr) field = type->FindFieldByCamelcaseName(key);
    if (key == "name" || key == "etag" || (field != nullptr && FieldRuleOf(field).output_only())) continue;
    // An unknown field is kept by its name, and is refused when the document is parsed as
    // a message.
    const std::string name = field == nullptr ? key : field->name();
    (field != nullptr && FieldRuleOf(field).immutable() ? fields.fixed : fields.mask).push_back(name);
  }
  return fields;
}

absl::Status CheckImmutableFields(const Json& json, const google::protobuf::Message& present) {
  const MessagePtr given = NewMessage(present.GetDescriptor());
  ACCORD_RETURN_IF_ERROR(FromJson(json, given.get()));
  const Json wanted = ToJson(*given), has = ToJson(present);
  for (const std::string& field : FieldsToUpdate(present.GetDescriptor(), json).fixed) {
    if (wanted.value(field, Json()) == has.value(field, Json())) continue;
    return Refuse(rules::kFieldImmutable,
                  absl::StrCat(field, " is what it was made as and cannot be changed: leave it out"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> DifferingFields(const Json& json,
                                                         const google::protobuf::Message& present) {
  const MessagePtr given = NewMessage(present.GetDescriptor());
  ACCORD_RETURN_IF_ERROR(FromJson(json, given.get()));
  const Json wanted = ToJson(*given), has = ToJson(present);
  std::vector<std::string> differing;
  for (std::string& field : FieldsToUpdate(present.GetDescriptor(), json).mask) {
    if (wanted.value(field, Json()) != has.value(field, Json())) differing.push_back(std::move(field));
  }
  return differing;
}

absl::Status CompareWithPresent(CommandSession* session, const Command& command, const std::string& name,
                                Json* request) {
  const Json& given = request->at(command.body()->name());
  const Command* get = FindCommand("get", command.noun);
  const bool printed = given.contains("etag");
  if (get == nullptr || (!printed && FieldsToUpdate(command.body()->message_type(), given).fixed.empty())) {
    WarnOfOutputOnlyFields(command, *request, nullptr);
    return absl::OkStatus();
  }
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr present, Invoke(session, *get, {{"name", name}}));
  WarnOfOutputOnlyFields(command, *request, present.get());
  ACCORD_RETURN_IF_ERROR(CheckImmutableFields(given, *present));
  ACCORD_ASSIGN_OR_RETURN(const auto differing, DifferingFields(given, *present));
  if (differing.empty()) {
    // The output of `get` can be given back unchanged.
    if (command.verb == "update") return absl::OkStatus();
    return absl::InvalidArgumentError(
        Text("nothing in it is other than in {{name}}: change something", {{"name", name}}));
  }
  google::protobuf::FieldMask paths;
  for (const std::string& path : differing) paths.add_paths(path);
  (*request)["update_mask"] = ToJson(paths);
  return absl::OkStatus();
}

}  // namespace accord::ctl
