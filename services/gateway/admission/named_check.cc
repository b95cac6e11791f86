#include "services/gateway/admission/named_check.h"

#include <google/protobuf/message.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/access/registry_references.h"
#include "common/access/wire_scan.h"
#include "common/base/error.h"

namespace accord::gateway {
namespace {

using google::protobuf::Message;

// This refuses by the rule's own name, with the field at fault as all refusals of fields have it.
absl::Status RefuseNamedField(const rules::Rule& rule, const std::string& path, const std::string& what) {
  const absl::Status fields = RefuseFields({{path, what}});
  absl::Status status = accord::Refuse(rule, absl::StrCat(path, " ", what, "."));
  fields.ForEachPayload([&](absl::string_view type, const absl::Cord& detail) {
    if (!status.GetPayload(type)) status.SetPayload(type, detail);
  });
  return status;
}

// Only agencies that have to know are told who works at another agency.
bool MayLearnWhoIsNamed(const ReferenceField& field, const std::string& agency,
                        const std::string& caller_agency) {
  return agency == caller_agency ||
         std::find(field.told.begin(), field.told.end(), caller_agency) != field.told.end();
}

bool MayBeNamed(const PolicyTable::Actor* person, const ReferenceField& field) {
  if (person == nullptr) return false;
  return field.roles.empty() || std::any_of(field.roles.begin(), field.roles.end(), [&](Role role) {
           return std::find(person->roles.begin(), person->roles.end(), role) != person->roles.end();
         });
}

absl::Status CheckOneNamed(const PolicyTable& table, const RegistryReference& named,
                           const std::string& caller_agency, absl::CivilDay today) {
  const ReferenceField& field = *named.field;
  if (field.referent == Referent::kPerson) {
    if (!MayLearnWhoIsNamed(field, named.agency, caller_agency)) return accord::NotFound();
    if (MayBeNamed(table.FindActor(named.agency, named.person), field)) return absl::OkStatus();
    return RefuseNamedField(rules::kPersonUnknown, named.path,
                            field.agency_field.empty()
                                ? "names no active person of your agency in a role for this"
                                : "names no active person of that agency in a role for this");
  }
  const AgencyKind kind = table.KindOf(named.agency);
  if (kind == annotations::v1::AGENCY_KIND_UNSPECIFIED) {
    return RefuseNamedField(rules::kAgencyUnknown, named.path, "names no agency of the register");
  }
  const auto& kinds = named.kinds;
  if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
    return RefuseNamedField(rules::kAgencyOfOtherKind, named.path,
                            "names an agency of another kind than this takes");
  }
  if (field.referent == Referent::kAdmittedAgency && !table.Admitted(named.agency, today)) {
    const std::string successor = table.SuccessorOf(named.agency, today);
    if (successor.empty()) {
      return RefuseNamedField(rules::kAgencyNotAdmitted, named.path,
                              "names an agency that is not admitted on this day");
    }
    return RefuseNamedField(
        rules::kAgencyNotAdmitted, named.path,
        absl::StrCat("names an agency that has ended, whose place ", successor, " has taken"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckNamed(const PolicyTable& table, const Method& method, std::string_view request,
                        const std::string& caller_agency, absl::CivilDay today, MissBudget* misses,
                        MissBudget::Time now) {
  const auto& type = *method.descriptor->input_type();
  ACCORD_RETURN_IF_ERROR(ScanRequest(request, type));
  // Protobuf would report on standard error which field is not UTF-8, as often as a caller likes.
  const google::protobuf::LogSilencer quiet;
  const std::unique_ptr<Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
  if (!message->ParseFromArray(request.data(), static_cast<int>(request.size()))) {
    return accord::Refuse(rules::kRequestMalformed,
                          "The request is not a message of this method, or holds text that is not UTF-8.");
  }
  for (const RegistryReference& each : ReferencesIn(*message, caller_agency)) {
    MissBudget* const counted = each.field->referent == Referent::kPerson ? misses : nullptr;
    if (counted != nullptr) ACCORD_RETURN_IF_ERROR(counted->Check(caller_agency, now));
    const absl::Status found = CheckOneNamed(table, each, caller_agency, today);
    if (!found.ok() && counted != nullptr) counted->Count(caller_agency, now);
    ACCORD_RETURN_IF_ERROR(found);
  }
  return absl::OkStatus();
}

}  // namespace accord::gateway
