#include "clients/accordctl/body.h"

#include <google/protobuf/util/json_util.h>
#include <yaml-cpp/yaml.h>

#include <iostream>
#include <iterator>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/screen.h"
#include "common/access/names.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Whether a block of lines is read back as this text, wherever it stands. yaml-cpp says nothing of a block's
// indentation or its last line feeds, so leading blanks, trailing lines and carriage returns would not come
// back.
bool SurvivesAsBlock(const std::string& text) {
  const bool lines = text.find('\n') != std::string::npos && text.front() != ' ' && text.front() != '\t' &&
                     text.front() != '\n';
  if (!lines || text.find('\r') != std::string::npos) return false;
  for (const bool last : {false, true}) {
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << "a" << YAML::Value << YAML::Literal << text;
    if (!last) out << YAML::Key << "b" << YAML::Value << "c";
    out << YAML::EndMap;
    const auto read = ParseYaml(out.c_str(), "");
    if (!read.ok() || TextAt(*read, "a") != text) return false;
  }
  return true;
}

void Emit(YAML::Emitter& out, const Json& json) {
  if (json.is_object()) {
    out << YAML::BeginMap;
    for (const auto& [key, value] : json.items()) {
      out << YAML::Key << key << YAML::Value;
      Emit(out, value);
    }
    out << YAML::EndMap;
  } else if (json.is_array()) {
    out << YAML::BeginSeq;
    for (const auto& value : json) Emit(out, value);
    out << YAML::EndSeq;
  } else if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    // What would be read back as something else keeps its quotes.
    if (SurvivesAsBlock(text) && !IsOdd(text)) {
      out << YAML::Literal;
    } else if (text.empty() || text == "true" || text == "false" || text == "null" || text == "~" ||
               text.find('\n') != std::string::npos || IsOdd(text)) {
      out << YAML::DoubleQuoted;
    }
    out << text;
  } else if (json.is_null()) {
    // The emitter would quote the word.
    out << YAML::Null;
  } else {
    out << Dump(json);
  }
}

absl::Status Fault(const std::string& path, const std::string& what) {
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
  return Fault(path, absl::StrCat("is not one of ", absl::StrJoin(known, ", ")));
}

absl::StatusOr<Json> Normal(const Descriptor* type, const Json& json, const std::string& path);

absl::StatusOr<Json> NormalValue(const FieldDescriptor* field, const Json& value, const std::string& path) {
  if (field->enum_type() != nullptr && field->enum_type()->full_name() != "google.protobuf.NullValue") {
    return EnumValue(field, value, path);
  }
  // Well-known types have a JSON form of their own.
  if (field->message_type() != nullptr && field->message_type()->file()->package() != "google.protobuf") {
    return Normal(field->message_type(), value, path);
  }
  return value;
}

// Enum values in full, unknown fields refused by path.
absl::StatusOr<Json> Normal(const Descriptor* type, const Json& json, const std::string& path) {
  if (!json.is_object()) return Fault(path, "must be a mapping of fields");
  Json normal = Json::object();
  for (const auto& [key, value] : json.items()) {
    const std::string here = path.empty() ? key : absl::StrCat(path, ".", key);
    const FieldDescriptor* field = type->FindFieldByName(key);
    if (field == nullptr) field = type->FindFieldByCamelcaseName(key);
    if (field == nullptr) return Fault(here, absl::StrCat("there is no such field in ", type->name()));
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
    auto read = ReadFile(path);
    if (!read.ok()) return read.status();
    text = *std::move(read);
  }
  return ParseYaml(text, path);
}

std::string ToYaml(const Json& json) {
  YAML::Emitter out;
  Emit(out, json);
  return out.c_str();
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

absl::Status SetPath(Json* json, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    return absl::InvalidArgumentError(absl::StrCat(assignment, ": write it as FIELD=VALUE"));
  }
  const std::string text = assignment.substr(equals + 1);
  const auto read = ParseJson(text);
  Json value = read.ok() && !read->is_number() ? *read : Json(text);
  const std::vector<std::string> parts = absl::StrSplit(assignment.substr(0, equals), '.');
  const auto fault = [&](const char* what) {
    return absl::InvalidArgumentError(absl::StrCat(assignment.substr(0, equals), ": ", what));
  };
  if (parts.size() > kMaxDocumentDepth) return fault("is too deep");
  Json* place = json;
  for (const std::string& part : parts) {
    std::size_t index = 0;
    if (absl::SimpleAtoi(part, &index)) {
      if (index > 255) return fault("index too large");
      if (!place->is_null() && !place->is_array()) return fault("a number is for a list, and this is none");
      while (!place->is_array() || place->size() <= index) place->push_back(nullptr);
      place = &(*place)[index];
    } else {
      if (!place->is_null() && !place->is_object()) return fault("a word is for a mapping, and this is none");
      place = &(*place)[part];
    }
  }
  *place = std::move(value);
  return absl::OkStatus();
}

}  // namespace accord::ctl
