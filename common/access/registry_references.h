// This table says which fields of a request for a change name agencies and people. Each of these must exist
// and be what the field means. Only the gateway has the registry's entries for all of them, so it checks them
// before it forwards the request. A service keeps no list of its own that could become outdated, except of
// the employers that lines of a roster name.
#ifndef ACCORD_COMMON_ACCESS_REGISTRY_REFERENCES_H_
#define ACCORD_COMMON_ACCESS_REGISTRY_REFERENCES_H_

#include <google/protobuf/message.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/access/names.h"

namespace accord {

// This is what a field names.
enum class Referent {
  // This is an agency in the registry, whether or not it is still admitted. Statements about the past name
  // such agencies.
  kAgency,
  // This is an agency that is admitted on the day of the call, because it receives something or has to act.
  kAdmittedAgency,
  // This is a registered and active person who has a role that can act on the record.
  kPerson,
};

struct ReferenceField {
  // This is the field's full name, for example `accord.protocols.v1.AssignReferralRequest.assignee`. It
  // applies wherever that message occurs in a request. The field is a string or a repeated string.
  std::string_view field;
  Referent referent;
  // An agency must be of one of these kinds; if there are none, any kind will do.
  std::vector<AgencyKind> kinds = {};
  // For a person, this is the sibling field that names the person's agency. If it is empty, the agency is
  // the caller's.
  std::string_view agency_field = {};
  // This is a sibling field, usually an enum, whose value selects entries of `unless` and `kinds_by`; an
  // enum's value is given by its short name.
  std::string_view beside = {};
  // If the sibling field has one of these values, the agency need not be in the registry.
  std::vector<std::string_view> unless = {};
  // If the sibling field has one of these values, the agency must be of these kinds.
  std::map<std::string_view, std::vector<AgencyKind>> kinds_by = {};
  // Only these agencies are told whether a person of another agency exists. Any other caller gets
  // the answer for a person who does not exist, whoever is named.
  std::vector<std::string_view> told = {};
  // A person must have one of these roles; if the list is empty, any role will do. A person without
  // one is reported as not existing, so that the caller learns nothing about roles.
  std::vector<Role> roles = {};
};

const std::vector<ReferenceField>& ReferenceFields();
// This gives null for a field that names nobody.
const ReferenceField* ReferenceFieldOf(const google::protobuf::FieldDescriptor& field);
// This says whether a request of this type can name somebody.
bool HasReferences(const google::protobuf::Descriptor& request);

struct RegistryReference {
  const ReferenceField* field;
  // This is the path of the field in the request, for example `protocol.parties[1].agency`.
  std::string path;
  // This is the agency. For a person, it is the agency to which that person belongs.
  std::string agency;
  // This is empty for an agency.
  std::string person;
  // An agency must be of one of these kinds; if there are none, any kind will do.
  std::vector<AgencyKind> kinds;
};

// This gives the agencies and people that the request names, in the order of its fields. Fields that the
// service ignores are left out: those that are empty, output-only or outside `update_mask`.
std::vector<RegistryReference> ReferencesIn(const google::protobuf::Message& request,
                                            const std::string& caller_agency);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_REGISTRY_REFERENCES_H_
