#include "clients/accordctl/core/update_mask.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::ctl {

UpdateFields FieldsToUpdate(const Descriptor* type, const Json& json) {
  UpdateFields fields;
  for (const auto& [key, value] : json.items()) {
    const FieldDescriptor* field = type->FindFieldByName(key);
    if (field == nullptr) field = type->FindFieldByCamelcaseName(key);
    if (key == "name" || key == "etag" || (field != nullptr && FieldRuleOf(field).output_only())) continue;
    // A field that does not exist is kept by its name, and refused when the document is read as a message.
    const std::string name = field == nullptr ? key : field->name();
    (field != nullptr && FieldRuleOf(field).immutable() ? fields.fixed : fields.mask).push_back(name);
  }
  return fields;
}

absl::Status CheckFixed(const Json& json, const google::protobuf::Message& present) {
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

absl::Status CheckFixed(CommandSession* session, const Command& command, const std::string& name,
                        const Json& json) {
  const Command* get = FindCommand("get", command.noun);
  if (get == nullptr || FieldsToUpdate(command.body()->message_type(), json).fixed.empty())
    return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr present, Invoke(session, *get, {{"name", name}}));
  return CheckFixed(json, *present);
}

}  // namespace accord::ctl
