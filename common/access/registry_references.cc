#include "common/access/registry_references.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsOutputOnlyReference(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::rule).output_only();
}

// Only Accord's own messages name agencies or people.
bool OfAccord(const Descriptor& type) { return absl::StartsWith(type.file()->package(), "accord."); }

bool ReachesReference(const Descriptor& type, std::set<const Descriptor*>* seen) {
  if (!OfAccord(type) || !seen->insert(&type).second) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsOutputOnlyReference(field)) continue;
    if (ReferenceFieldOf(field) != nullptr) return true;
    if (field.message_type() != nullptr && ReachesReference(*field.message_type(), seen)) return true;
  }
  return false;
}

class ReferenceFinder {
 public:
  explicit ReferenceFinder(const std::string& caller_agency) : caller_agency_(caller_agency) {}

  void Walk(const Message& message, const std::string& prefix) {
    if (!OfAccord(*message.GetDescriptor())) return;
    std::vector<const FieldDescriptor*> present;
    message.GetReflection()->ListFields(message, &present);
    for (const FieldDescriptor* field : present) {
      if (!IsOutputOnlyReference(*field)) Look(message, *field, prefix + field->name());
    }
  }

  std::vector<RegistryReference> found;

 private:
  void Look(const Message& message, const FieldDescriptor& field, const std::string& path) {
    const auto* reflection = message.GetReflection();
    const bool repeated = field.is_repeated();
    const int count = repeated ? reflection->FieldSize(message, &field) : 1;
    const ReferenceField* named = ReferenceFieldOf(field);
    for (int i = 0; i < count; ++i) {
      const std::string at = repeated ? absl::StrCat(path, "[", i, "]") : path;
      if (field.message_type() != nullptr) {
        Walk(repeated ? reflection->GetRepeatedMessage(message, &field, i)
                      : reflection->GetMessage(message, &field),
             at + ".");
      } else if (named != nullptr) {
        Take(message, *named, at,
             repeated ? reflection->GetRepeatedString(message, &field, i)
                      : reflection->GetString(message, &field));
      }
    }
  }

  void Take(const Message& message, const ReferenceField& named, const std::string& path,
            const std::string& value) {
    if (value.empty()) return;
    if (named.referent == Referent::kPerson) {
      const std::string agency =
          named.agency_field.empty() ? caller_agency_ : Beside(message, named.agency_field);
      return found.push_back({&named, path, agency, value, {}});
    }
    std::vector<AgencyKind> kinds = named.kinds;
    if (!named.beside.empty()) {
      const std::string beside = Beside(message, named.beside);
      if (std::find(named.unless.begin(), named.unless.end(), beside) != named.unless.end()) return;
      if (const auto by = named.kinds_by.find(beside); by != named.kinds_by.end()) kinds = by->second;
    }
    found.push_back({&named, path, value, "", std::move(kinds)});
  }

  // This gives the field's string, or the short name of its enum value.
  static std::string Beside(const Message& message, std::string_view name) {
    const auto* field = message.GetDescriptor()->FindFieldByName(std::string(name));
    const auto* reflection = message.GetReflection();
    return field->enum_type() == nullptr
               ? reflection->GetString(message, field)
               : ShortName(field->enum_type(), reflection->GetEnumValue(message, field));
  }

  const std::string& caller_agency_;
};

// Turns `protocol.parties[1].agency` into the path that an update mask uses: `parties.agency`.
std::string ReferencePathInResource(const std::string& path) {
  std::string relative;
  bool inside = false;
  for (const char c : path.substr(path.find('.') + 1)) {
    if (c == '[') inside = true;
    if (!inside) relative += c;
    if (c == ']') inside = false;
  }
  return relative;
}

// Fields outside the update mask are ignored, so they name nobody.
void DropReferencesOutsideMask(const Message& request, std::vector<RegistryReference>* found) {
  const auto* field = request.GetDescriptor()->FindFieldByName("update_mask");
  if (field == nullptr || !request.GetReflection()->HasField(request, field)) return;
  const Message& mask = request.GetReflection()->GetMessage(request, field);
  const auto* paths = mask.GetDescriptor()->FindFieldByName("paths");
  const auto changed = [&](const std::string& path) {
    const std::string relative = ReferencePathInResource(path);
    for (int i = 0; i < mask.GetReflection()->FieldSize(mask, paths); ++i) {
      const std::string named = mask.GetReflection()->GetRepeatedString(mask, paths, i);
      if (named == "*" || relative == named || absl::StartsWith(relative, named + ".")) return true;
    }
    return false;
  };
  std::erase_if(*found, [&](const RegistryReference& each) {
    return each.path.find('.') != std::string::npos && !changed(each.path);
  });
}

}  // namespace

const ReferenceField* ReferenceFieldOf(const FieldDescriptor& field) {
  static const auto* by_name = [] {
    auto* all = new std::unordered_map<std::string_view, const ReferenceField*>();
    for (const ReferenceField& each : ReferenceFields()) all->emplace(each.field, &each);
    return all;
  }();
  const auto found = by_name->find(field.full_name());
  return found == by_name->end() ? nullptr : found->second;
}

bool HasReferences(const Descriptor& request) {
  std::set<const Descriptor*> seen;
  return ReachesReference(request, &seen);
}

std::vector<RegistryReference> ReferencesIn(const Message& request, const std::string& caller_agency) {
  ReferenceFinder finder(caller_agency);
  finder.Walk(request, "");
  DropReferencesOutsideMask(request, &finder.found);
  return std::move(finder.found);
}

}  // namespace accord
