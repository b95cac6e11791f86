#include "common/access/field_changes.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/access/names.h"
#include "common/access/sensitive.h"
#include "common/base/clock.h"

namespace accord {
namespace {

using annotations::v1::SensitiveClass;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kInstant[] = "%Y-%m-%dT%H:%M:%E*SZ";

bool IsInstant(const FieldDescriptor* field) {
  return field->message_type() != nullptr &&
         field->message_type()->full_name() == google::protobuf::Timestamp::descriptor()->full_name();
}

// Bookkeeping fields change with every version or never.
bool IsBookkeepingField(const FieldDescriptor* field) {
  return field->name() == "name" || field->name() == "etag" || field->name() == "update_time";
}

// This gives one value as text: the element `at`, or a field that is not repeated, which is empty if it is
// not set. A message other than an instant has no text.
std::string ChangedValueText(const Message& message, const FieldDescriptor* field, std::optional<int> at) {
  const auto* reflection = message.GetReflection();
  if (!at && !reflection->HasField(message, field)) return "";
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text =
          at ? reflection->GetRepeatedString(message, field, *at) : reflection->GetString(message, field);
      return field->type() == FieldDescriptor::TYPE_BYTES ? absl::Base64Escape(text) : text;
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return ShortName(field->enum_type(), at ? reflection->GetRepeatedEnumValue(message, field, *at)
                                              : reflection->GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_BOOL: {
      const bool holds =
          at ? reflection->GetRepeatedBool(message, field, *at) : reflection->GetBool(message, field);
      return holds ? "true" : "false";
    }
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(at ? reflection->GetRepeatedInt32(message, field, *at)
                             : reflection->GetInt32(message, field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(at ? reflection->GetRepeatedUInt32(message, field, *at)
                             : reflection->GetUInt32(message, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(at ? reflection->GetRepeatedInt64(message, field, *at)
                             : reflection->GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(at ? reflection->GetRepeatedUInt64(message, field, *at)
                             : reflection->GetUInt64(message, field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(at ? reflection->GetRepeatedDouble(message, field, *at)
                             : reflection->GetDouble(message, field));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return absl::StrCat(at ? reflection->GetRepeatedFloat(message, field, *at)
                             : reflection->GetFloat(message, field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  const Message& inner =
      at ? reflection->GetRepeatedMessage(message, field, *at) : reflection->GetMessage(message, field);
  const auto* instant = google::protobuf::DynamicCastToGenerated<google::protobuf::Timestamp>(&inner);
  if (instant == nullptr) return "";
  return absl::FormatTime(kInstant, FromProto(*instant), absl::UTCTimeZone());
}

// This gives a key for each element of a repeated field: its id if everybody may read that, and otherwise
// its index.
std::vector<std::string> ChangedElementKeys(const Message& message, const FieldDescriptor* field) {
  const auto* reflection = message.GetReflection();
  const Descriptor* type = field->message_type();
  const FieldDescriptor* id = type == nullptr ? nullptr : type->FindFieldByName("id");
  const bool by_id = id != nullptr && !id->is_repeated() && id->type() == FieldDescriptor::TYPE_STRING &&
                     SensitiveClassOf(id) == annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
  std::vector<std::string> keys;
  std::unordered_set<std::string> known;
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    std::string key;
    if (by_id) key = ChangedValueText(reflection->GetRepeatedMessage(message, field, i), id, std::nullopt);
    if (key.empty() || known.contains(key)) key = absl::StrCat(i);
    known.insert(key);
    keys.push_back(std::move(key));
  }
  return keys;
}

using Places = std::unordered_map<std::string, int>;

// A list may have thousands of elements, so each is found in constant time. Of two equal keys the
// first counts.
Places PlacesOf(const std::vector<std::string>& keys) {
  Places places;
  int at = 0;
  for (const std::string& key : keys) places.try_emplace(key, at++);
  return places;
}

std::optional<int> PlaceIn(const Places& places, const std::string& key) {
  const auto found = places.find(key);
  if (found == places.end()) return std::nullopt;
  return found->second;
}

class FieldComparison {
 public:
  // If `classes` is null, no field is masked.
  FieldComparison(const std::set<SensitiveClass>* classes,
                  google::protobuf::RepeatedPtrField<host::v1::FieldChange>* changes)
      : classes_(classes), changes_(changes) {}

  void Record(const Message& before, const Message& after) {
    const Descriptor* type = before.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      if (!IsBookkeepingField(type->field(i))) Field(before, after, type->field(i), "");
    }
  }

 private:
  bool MayRead(const FieldDescriptor* field) const {
    const SensitiveClass sensitive = SensitiveClassOf(field);
    return classes_ == nullptr || sensitive == annotations::v1::SENSITIVE_CLASS_UNSPECIFIED ||
           classes_->contains(sensitive);
  }

  void Inside(const Message& before, const Message& after, const std::string& path) {
    const Descriptor* type = before.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) Field(before, after, type->field(i), path + ".");
  }

  void Field(const Message& before, const Message& after, const FieldDescriptor* field,
             const std::string& prefix) {
    const std::string path = absl::StrCat(prefix, field->name());
    if (MayRead(field)) return Open(before, after, field, path);
    google::protobuf::RepeatedPtrField<host::v1::FieldChange> unread;
    FieldComparison(nullptr, &unread).Open(before, after, field, path);
    if (unread.empty()) return;
    host::v1::FieldChange* change = changes_->Add();
    change->set_path(path);
    change->set_masked(true);
  }

  void Open(const Message& before, const Message& after, const FieldDescriptor* field,
            const std::string& path) {
    if (field->is_repeated()) return Elements(before, after, field, path);
    if (field->message_type() == nullptr || IsInstant(field)) {
      return Value(path, ChangedValueText(before, field, std::nullopt),
                   ChangedValueText(after, field, std::nullopt));
    }
    const auto* old_version = before.GetReflection();
    const auto* new_version = after.GetReflection();
    if (!old_version->HasField(before, field) && !new_version->HasField(after, field)) return;
    Inside(old_version->GetMessage(before, field), new_version->GetMessage(after, field), path);
  }

  void Elements(const Message& before, const Message& after, const FieldDescriptor* field,
                const std::string& path) {
    const std::vector<std::string> old_keys = ChangedElementKeys(before, field);
    const std::vector<std::string> new_keys = ChangedElementKeys(after, field);
    const Places old_places = PlacesOf(old_keys), new_places = PlacesOf(new_keys);
    std::vector<std::string> keys = old_keys;
    for (const std::string& key : new_keys) {
      if (!old_places.contains(key)) keys.push_back(key);
    }
    for (const std::string& key : keys) {
      Element(before, PlaceIn(old_places, key), after, PlaceIn(new_places, key), field,
              absl::StrCat(path, "[", key, "]"));
    }
  }

  // An element that only one of the two versions has is compared with an absent one.
  void Element(const Message& before, std::optional<int> old_place, const Message& after,
               std::optional<int> new_place, const FieldDescriptor* field, const std::string& path) {
    if (field->message_type() == nullptr || IsInstant(field)) {
      return Value(path, old_place ? ChangedValueText(before, field, old_place) : "",
                   new_place ? ChangedValueText(after, field, new_place) : "");
    }
    const auto element = [&](const Message& version, int at) -> const Message& {
      return version.GetReflection()->GetRepeatedMessage(version, field, at);
    };
    const Message& some = old_place ? element(before, *old_place) : element(after, *new_place);
    const std::unique_ptr<const Message> nothing(some.New());
    Inside(old_place ? some : *nothing, new_place ? element(after, *new_place) : *nothing, path);
  }

  void Value(const std::string& path, std::string before, std::string after) {
    if (before == after) return;
    host::v1::FieldChange* change = changes_->Add();
    change->set_path(path);
    change->set_before(std::move(before));
    change->set_after(std::move(after));
  }

  const std::set<SensitiveClass>* const classes_;
  google::protobuf::RepeatedPtrField<host::v1::FieldChange>* const changes_;
};

}  // namespace

google::protobuf::RepeatedPtrField<host::v1::FieldChange> FieldChanges(
    const Message& before, const Message& after, const std::set<SensitiveClass>& classes) {
  google::protobuf::RepeatedPtrField<host::v1::FieldChange> changes;
  FieldComparison(&classes, &changes).Record(before, after);
  return changes;
}

}  // namespace accord
