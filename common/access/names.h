// These functions write enum values as people and headers do: in lower case, without the enum's prefix.
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

// This gives `cas_worker` for ROLE_CAS_WORKER, and the digits of a number that has no name.
std::string ShortName(const google::protobuf::EnumDescriptor* type, int number);
// This does the inverse and also accepts the full name. It never gives the zero value.
std::optional<int> FromShortName(const google::protobuf::EnumDescriptor* type, std::string_view text);

// This gives the agency that owns a resource: agencies/cas-york/referrals/... -> cas-york; it is empty if
// none does.
std::string OwnerOf(std::string_view name);

std::string KindName(AgencyKind kind);
std::string RoleName(Role role);
std::string PurposeName(Purpose purpose);
std::optional<Purpose> ParsePurpose(std::string_view text);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_NAMES_H_
