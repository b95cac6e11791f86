#include "common/testing/change_fields.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/method.h"
#include "common/access/registry_references.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

void EachFieldOf(const Descriptor& type, bool repeated, std::set<const Descriptor*>* seen,
                 const FieldVisit& visit) {
  if (!absl::StartsWith(type.full_name(), "accord.") || !seen->insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.options().GetExtension(annotations::v1::rule).output_only()) continue;
    const bool many = repeated || field.is_repeated();
    visit(field, many);
    if (field.message_type() != nullptr) EachFieldOf(*field.message_type(), many, seen, visit);
  }
}

}  // namespace

int EachFieldOfEachChange(const std::string& package, const FieldVisit& visit) {
  int changes = 0;
  for (const std::string& service : AllServices()) {
    if (!absl::StartsWith(service, absl::StrCat(package, "."))) continue;
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!method.rule.mutates()) continue;
      ++changes;
      std::set<const Descriptor*> seen;
      EachFieldOf(*method.descriptor->input_type(), false, &seen, visit);
    }
  }
  return changes;
}

std::set<std::string> FieldsNamingMany(const std::string& package) {
  std::set<std::string> found;
  EachFieldOfEachChange(package, [&](const FieldDescriptor& field, bool repeated) {
    if (!repeated || field.type() != FieldDescriptor::TYPE_STRING) return;
    const auto form = field.options().GetExtension(annotations::v1::rule).form();
    const ReferenceField* who = ReferenceFieldOf(field);
    const bool person = who != nullptr && who->referent == Referent::kPerson;
    if (form == annotations::v1::STRING_FORM_RESOURCE_NAME || person) found.insert(field.full_name());
  });
  return found;
}

}  // namespace accord::testing
