#include "clients/accordctl/core/body.h"

#include <google/protobuf/util/json_util.h>

#include <iostream>
#include <iterator>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/screen.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

absl::Status FaultAt(const std::string& path, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(path.empty() ? "the document" : path, ": ", what));
}

absl::StatusOr<Json> EnumValue(const FieldDescriptor* field, const Json& value, const std::string& path) {
  if (value.is_number()) return value;
  const auto* type = field->enum_type();
  if (value.is_string()) {
    const auto number = FromShortName(type, value.get<std::string>());
    if (number) return Json(type->FindValueByNumber(*number)->name());
  }
  std::vector<std::string> known;
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() != 0) known.push_back(ShortName(type, type->value(i)->number()));
  }
  return FaultAt(path, absl::StrCat("is not one of ", absl::StrJoin(known, ", ")));
}

absl::StatusOr<Json> Normal(const Descriptor* type, const Json& json, const std::string& path);

absl::StatusOr<Json> NormalValue(const FieldDescriptor* field, const Json& value, const std::string& path) {
  if (field->enum_type() != nullptr && field->enum_type()->full_name() != "google.protobuf.NullValue") {
    return EnumValue(field, value, path);
  }
  if (value.is_string() && FirstFault(value.get_ref<const std::string&>()) != std::string::npos) {
    return FaultAt(path, "holds bytes that are no UTF-8: save it as UTF-8");
  }
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && !value.is_string() && !value.is_number()) {
    return FaultAt(path, "is text: write it in quotes");
  }
  // Well-known types have a JSON form of their own.
  if (field->message_type() != nullptr && field->message_type()->file()->package() != "google.protobuf") {
    return Normal(field->message_type(), value, path);
  }
  return value;
}

// Enum values in full, unknown fields refused by path.
absl::StatusOr<Json> Normal(const Descriptor* type, const Json& json, const std::string& path) {
  if (!json.is_object()) return FaultAt(path, "must be a mapping of fields");
  Json normal = Json::object();
  std::set<const FieldDescriptor*> seen;
  for (const auto& [key, value] : json.items()) {
    const std::string here = path.empty() ? key : absl::StrCat(path, ".", key);
    const FieldDescriptor* field = type->FindFieldByName(key);
    if (field == nullptr) field = type->FindFieldByCamelcaseName(key);
    if (field == nullptr) return FaultAt(here, absl::StrCat("there is no such field in ", type->name()));
    if (!seen.insert(field).second) return FaultAt(here, "stands here twice, under two spellings");
    if (value.is_null()) continue;
    if (!field->is_repeated() || field->is_map()) {
      auto one = NormalValue(field, value, here);
      if (!one.ok()) return one.status();
      normal[field->name()] = *std::move(one);
      continue;
    }
    Json list = Json::array();
    for (const Json& item : value.is_array() ? value : Json::array({value})) {
      auto one = NormalValue(field, item, absl::StrCat(here, ".", list.size()));
      if (!one.ok()) return one.status();
      list.push_back(*std::move(one));
    }
    normal[field->name()] = std::move(list);
  }
  return normal;
}

}  // namespace

absl::StatusOr<Json> ReadDocument(const std::string& path) {
  std::string text;
  if (path == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    auto read = ReadInput(path);
    if (!read.ok()) return read.status();
    text = *std::move(read);
  }
  return ParseYaml(text, path);
}

absl::Status FromJson(const Json& json, google::protobuf::Message* message) {
  const auto normal = Normal(message->GetDescriptor(), json, "");
  if (!normal.ok()) return normal.status();
  std::string text;
  try {
    text = normal->dump();
  } catch (const Json::exception&) {
    return absl::InvalidArgumentError("the request holds bytes that are no UTF-8");
  }
  const auto status = google::protobuf::util::JsonStringToMessage(text, message);
  if (!status.ok()) return absl::InvalidArgumentError(std::string(status.message()));
  return absl::OkStatus();
}

Json ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(message, &text, options).ok()) return nullptr;
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace accord::ctl
