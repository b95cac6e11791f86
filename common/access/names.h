// Enum values as people and headers write them: lower case, without the enum's prefix.
#ifndef ACCORD_COMMON_ACCESS_NAMES_H_
#define ACCORD_COMMON_ACCESS_NAMES_H_

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <string_view>

#include "accord/annotations/v1/access.pb.h"

namespace accord {

using AgencyKind = annotations::v1::AgencyKind;
using Role = annotations::v1::Role;
using Purpose = annotations::v1::Purpose;

// ROLE_CAS_WORKER -> "cas_worker"; a number without a name -> its digits.
std::string ShortName(const google::protobuf::EnumDescriptor* type, int number);
// Gives the inverse, also accepting the full name; never the zero value.
std::optional<int> FromShortName(const google::protobuf::EnumDescriptor* type, std::string_view text);

// Gives the agency that owns a resource: agencies/cas-york/referrals/... -> cas-york; it is empty if
// none does.
std::string OwnerOf(std::string_view name);

std::string KindName(AgencyKind kind);
std::string RoleName(Role role);
std::string PurposeName(Purpose purpose);
std::optional<Purpose> ParsePurpose(std::string_view text);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_NAMES_H_
