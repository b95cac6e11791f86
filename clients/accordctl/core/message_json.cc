#include "clients/accordctl/core/message_json.h"

#include <google/protobuf/util/json_util.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <set>

#include "absl/strings/cord.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// This is the key under which a refusal keeps the path of its field.
constexpr char kFieldAtFault[] = "accordctl/field";

absl::Status JsonFaultAt(const std::string& path, const std::string& what) {
  absl::Status status =
      absl::InvalidArgumentError(absl::StrCat(path.empty() ? "the document" : path, ": ", what));
  status.SetPayload(kFieldAtFault, absl::Cord(path));
  return status;
}

// This gives the error for a value that is not a number of the field's kind; it is empty if it is one.
template <class Number>
std::string JsonNumberFault(const std::string& text) {
  Number number = 0;
  if (text.find_first_of(" \t\r\n") == std::string::npos && absl::SimpleAtoi(text, &number)) return "";
  return absl::StrCat("must be a whole number from ", std::numeric_limits<Number>::min(), " to ",
                      std::numeric_limits<Number>::max());
}

bool IsJsonInstant(const std::string& text) {
  absl::Time at;
  std::string error;
  // Abseil also accepts years of five digits and words such as `infinite-future`.
  return text.size() > 4 && text[4] == '-' && text.find_first_of(" \t\r\n") == std::string::npos &&
         absl::ParseTime("%Y-%m-%dT%H:%M:%E*S%Ez", text, &at, &error);
}

// This says whether protobuf can parse the value, alone in its message. It accepts fewer instants than other
// parsers, for example no leap second, and its errors do not name a field that a reader would find.
bool ParsesAsField(const FieldDescriptor* field, const Json& value) {
  const std::unique_ptr<google::protobuf::Message> probe(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(field->containing_type())->New());
  Json alone = Json::object();
  alone[field->name()] = field->is_repeated() ? Json::array({value}) : value;
  return google::protobuf::util::JsonStringToMessage(DumpJson(alone), probe.get()).ok();
}

// This gives the error of every field whose value is neither text nor enum nor a message of Accord.
// protobuf's own message would say less: it does not name the field of a scalar.
std::string JsonValueFault(const FieldDescriptor* field, const Json& value) {
  const std::string text = value.is_string() ? value.get<std::string>() : DumpJson(value);
  if (field->message_type() != nullptr) {
    const std::string& type = field->message_type()->full_name();
    if (type == "google.protobuf.Timestamp" && (!IsJsonInstant(text) || !ParsesAsField(field, value))) {
      return "must be a time with its zone: write 2026-11-24T22:00:00-05:00, or 2026-11-25T03:00:00Z";
    }
    double seconds = 0;
    const bool is_length =
        absl::EndsWith(text, "s") && absl::SimpleAtod(text.substr(0, text.size() - 1), &seconds);
    if (type == "google.protobuf.Duration" && (!is_length || !ParsesAsField(field, value))) {
      return "must be a number of seconds: write 90s";
    }
    return "";
  }
  if (absl::EndsWith(field->name(), "_cents") && !JsonNumberFault<int64_t>(text).empty()) {
    return Text("is an amount in cents, in digits alone: write 1234 for 12.34 dollars");
  }
  double number = 0;
  std::string bytes;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return text == "true" || text == "false" ? "" : "must be true or false";
    case FieldDescriptor::CPPTYPE_INT32:
      return JsonNumberFault<int32_t>(text);
    case FieldDescriptor::CPPTYPE_INT64:
      return JsonNumberFault<int64_t>(text);
    case FieldDescriptor::CPPTYPE_UINT32:
      return JsonNumberFault<uint32_t>(text);
    case FieldDescriptor::CPPTYPE_UINT64:
      return JsonNumberFault<uint64_t>(text);
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return absl::SimpleAtod(text, &number) ? "" : "must be a number";
    case FieldDescriptor::CPPTYPE_STRING:
      if (field->type() != FieldDescriptor::TYPE_BYTES) return "";
      return absl::Base64Unescape(text, &bytes) || absl::WebSafeBase64Unescape(text, &bytes)
                 ? ""
                 : "must be bytes in base 64";
    default:
      return "";
  }
}

// This gives a suggestion to append to an error; it is empty if nothing is similar.
std::string JsonSuggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::string meant = NearestInSessionLanguage(word, known);
  return meant.empty() ? "" : "; " + meant;
}

absl::StatusOr<Json> EnumFromJson(const FieldDescriptor* field, const Json& value, const std::string& path) {
  if (value.is_number_integer()) return value;
  const auto* type = field->enum_type();
  if (value.is_string()) {
    const auto number = FromShortName(type, value.get<std::string>());
    if (number) return Json(type->FindValueByNumber(*number)->name());
  }
  std::vector<std::string> known;
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() != 0) known.push_back(ShortName(type, type->value(i)->number()));
  }
  return JsonFaultAt(path,
                     absl::StrCat(Text("is not one of {{values}}", {{"values", absl::StrJoin(known, ", ")}}),
                                  value.is_string() ? JsonSuggestion(value.get<std::string>(), known) : ""));
}

absl::StatusOr<Json> NormalizedJson(const Descriptor* type, const Json& json, const std::string& path);

absl::StatusOr<Json> NormalizedValue(const FieldDescriptor* field, const Json& value,
                                     const std::string& path) {
  if (field->enum_type() != nullptr && field->enum_type()->full_name() != "google.protobuf.NullValue") {
    return EnumFromJson(field, value, path);
  }
  if (value.is_string() && FirstNonUtf8(value.get_ref<const std::string&>()) != std::string::npos) {
    return JsonFaultAt(path, "holds bytes that are no UTF-8: save it as UTF-8");
  }
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && !value.is_string() && !value.is_number()) {
    return JsonFaultAt(path, "is text: write it in quotes");
  }
  // Well-known types have a JSON form of their own.
  if (field->message_type() != nullptr && field->message_type()->file()->package() != "google.protobuf") {
    return NormalizedJson(field->message_type(), value, path);
  }
  if (const std::string fault = JsonValueFault(field, value); !fault.empty()) return JsonFaultAt(path, fault);
  return value;
}

absl::Status UnknownJsonField(const Descriptor* type, const std::string& word, const std::string& path) {
  std::vector<std::string> known;
  for (int i = 0; i < type->field_count(); ++i) known.push_back(type->field(i)->name());
  return JsonFaultAt(path, absl::StrCat(Text("there is no such field in {{type}}", {{"type", type->name()}}),
                                        JsonSuggestion(word, known), BracketHint(word)));
}

absl::Status NotJsonObject(const Descriptor* type, const std::string& path) {
  std::vector<std::string> known;
  for (int i = 0; i < type->field_count(); ++i) known.push_back(type->field(i)->name());
  return JsonFaultAt(path, absl::StrCat("must be a mapping of fields: ", absl::StrJoin(known, ", ")));
}

// This gives the JSON with enum values in full; an unknown field is refused with its path.
absl::StatusOr<Json> NormalizedJson(const Descriptor* type, const Json& json, const std::string& path) {
  if (json.is_object() && json.contains("")) {
    return JsonFaultAt(path, Text("an empty word stands where the name of a field should"));
  }
  if (!json.is_object()) return NotJsonObject(type, path);
  Json normal = Json::object();
  std::set<const FieldDescriptor*> seen;
  for (const auto& [key, value] : json.items()) {
    const std::string here = path.empty() ? key : absl::StrCat(path, ".", key);
    const FieldDescriptor* field = type->FindFieldByName(key);
    if (field == nullptr) field = type->FindFieldByCamelcaseName(key);
    if (field == nullptr) return UnknownJsonField(type, key, here);
    if (!seen.insert(field).second) return JsonFaultAt(here, "stands here twice, under two spellings");
    if (value.is_null()) continue;
    if (!field->is_repeated() || field->is_map()) {
      auto one = NormalizedValue(field, value, here);
      if (!one.ok()) return one.status();
      normal[field->name()] = *std::move(one);
      continue;
    }
    Json list = Json::array();
    for (const Json& item : value.is_array() ? value : Json::array({value})) {
      const std::string place = absl::StrCat(here, ".", list.size());
      if (item.is_null()) {
        return JsonFaultAt(place, "is empty: give it a value or take it away, for a list has no gaps");
      }
      auto one = NormalizedValue(field, item, place);
      if (!one.ok()) return one.status();
      list.push_back(*std::move(one));
    }
    normal[field->name()] = std::move(list);
  }
  return normal;
}

}  // namespace

std::string BracketHint(const std::string& word) {
  const std::size_t bracket = word.find('[');
  if (bracket == std::string::npos || bracket == 0) return "";
  return absl::StrCat("; ", Text("an element of a list is written with a point, as {{element}}",
                                 {{"element", word.substr(0, bracket) + ".0"}}));
}

absl::Status CheckJsonFields(const Json& json, const Descriptor* type, std::string* field) {
  const absl::Status status = NormalizedJson(type, json, "").status();
  const auto at = status.GetPayload(kFieldAtFault);
  if (field != nullptr && at) *field = std::string(*at);
  return status;
}

absl::Status FromJson(const Json& json, google::protobuf::Message* message) {
  const auto normal = NormalizedJson(message->GetDescriptor(), json, "");
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
