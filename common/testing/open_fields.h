// This is what a service keeps in clear: for a test that fails on a field that nobody classified.
#ifndef ACCORD_COMMON_TESTING_OPEN_FIELDS_H_
#define ACCORD_COMMON_TESTING_OPEN_FIELDS_H_

#include <map>
#include <set>
#include <string>

namespace accord::testing {

// Of every resource of a package, for example `accord.prosecution.v1`, and of all that is inside: message
// name to the fields that are neither sensitive nor inside a field that is. Left out are `name`, `etag`,
// `create_time` and `update_time`, which the resource table itself keeps in clear.
std::map<std::string, std::set<std::string>> OpenFields(const std::string& package);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_OPEN_FIELDS_H_
