// The descriptors say of which kinds of records a field of a request holds names: a record of another kind is
// refused by the form of its name alone, before anybody looks whether there is one.
#ifndef ACCORD_COMMON_ACCESS_RECORD_NAMES_H_
#define ACCORD_COMMON_ACCESS_RECORD_NAMES_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <vector>

namespace accord {

// The patterns that a name in this field may have, for example `agencies/{agency}/referrals/{referral}`;
// empty for a field that names no record. They are those of the resources that its rule lists. Without a
// list, `name` and `parent` of a request are by what its method answers with, `name` of a resource is its
// own, and any other field that has the form of a resource name is of the resource that it is called after.
const std::vector<std::string>& NamePatterns(const google::protobuf::FieldDescriptor& field);

// The name has the segments of the pattern, and something for each that stands in braces.
bool HasPattern(std::string_view name, std::string_view pattern);

// A pattern as people read it: `agencies/AGENCY_ID/referrals/REFERRAL_ID`.
std::string ShownPattern(std::string_view pattern);

// Gives a name of the pattern: below this agency, if the pattern is below one, and with `id` for
// everything else.
std::string NameLike(std::string_view pattern, std::string_view agency, std::string_view id);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_RECORD_NAMES_H_
