// The descriptors declare which kinds of records the fields of a request may name. The name of another kind
// of record is refused for its form alone, before any look-up.
#ifndef ACCORD_COMMON_ACCESS_RECORD_NAMES_H_
#define ACCORD_COMMON_ACCESS_RECORD_NAMES_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <vector>

namespace accord {

// This gives the patterns that a name in this field may have, for example
// `agencies/{agency}/referrals/{referral}`; it is empty for a field that names no record. They are the
// patterns of the resources that the field's rule lists. Without a list, `name` and `parent` of a request
// follow the resource that its method answers with, `name` of a resource is the resource's own, and any other
// field in the form of a resource name takes the pattern of the resource that it is called after.
const std::vector<std::string>& NamePatterns(const google::protobuf::FieldDescriptor& field);

// This says whether the name has the segments of the pattern, with a value for each segment in braces.
bool HasPattern(std::string_view name, std::string_view pattern);

// This gives the pattern as it is shown to people: `agencies/AGENCY_ID/referrals/REFERRAL_ID`.
std::string ShownPattern(std::string_view pattern);

// This gives a name that matches the pattern: the segment for an agency, if there is one, is `agency`, and
// every other segment in braces is `id`.
std::string NameLike(std::string_view pattern, std::string_view agency, std::string_view id);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_RECORD_NAMES_H_
