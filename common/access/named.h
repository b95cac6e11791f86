// Agencies and people that a request for a change names, as data: whoever is named exists, and is what the
// field means. The gateway, which alone has the registry's word on all of them, asks it before it lets the
// request through; a service has no list of its own that could grow old, but for the employers of whom lines
// of a roster speak.
#ifndef ACCORD_COMMON_ACCESS_NAMED_H_
#define ACCORD_COMMON_ACCESS_NAMED_H_

#include <google/protobuf/message.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/access/names.h"

namespace accord {

// This is what a field names.
enum class Names {
  // It is an agency that the registry has, whether or not it is still admitted: what is said of the past.
  kAgency,
  // It is an agency that is admitted on the day of the call: who gets something, or has to act.
  kAdmittedAgency,
  // It is a registered and active person, who has a role that can act on it.
  kPerson,
};

struct NamedField {
  // Full name, `accord.protocols.v1.AssignReferralRequest.assignee`, wherever in a request its message
  // stands. The field is a string or a repeated string.
  std::string_view field;
  Names names;
  // An agency must be of one of these kinds; if there are none, any kind will do.
  std::vector<AgencyKind> kinds = {};
  // For a person, this is the field beside it that names the agency; if empty, the agency is the
  // caller's own.
  std::string_view agency_field = {};
  // The enum beside it, whose values, in short names, say more.
  std::string_view beside = {};
  // If one of these fields is set, it may name somebody whom the registry does not have.
  std::vector<std::string_view> unless = {};
  // If one of these fields is set, the agency must be of these kinds.
  std::map<std::string_view, std::vector<AgencyKind>> kinds_by = {};
  // Only these agencies are told whether a person of another agency exists. Anybody else is answered
  // as if there were nothing at all, whoever is named.
  std::vector<std::string_view> told = {};
  // A person must have one of these roles; if there are none, any will do. Anybody else is not there: who
  // asks learns no role.
  std::vector<Role> roles = {};
};

const std::vector<NamedField>& NamedFields();
// Gives null for a field that names nobody.
const NamedField* NamedFieldOf(const google::protobuf::FieldDescriptor& field);
// Whether a request of this type can name somebody.
bool CanName(const google::protobuf::Descriptor& request);

struct Named {
  const NamedField* field;
  // The path is, for example, `protocol.parties[1].agency`.
  std::string path;
  // This is the agency; of a person, the one that he or she is of.
  std::string agency;
  // This is empty for an agency.
  std::string person;
  // An agency must be of one of these kinds; if there are none, any kind will do.
  std::vector<AgencyKind> kinds;
};

// Whom the request names, in the order of its fields. Left out is what the service does not look at: what is
// empty, output-only, or outside of `update_mask`.
std::vector<Named> NamedIn(const google::protobuf::Message& request, const std::string& caller_agency);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_NAMED_H_
