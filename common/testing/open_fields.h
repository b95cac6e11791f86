// This is what a service keeps in clear: for a test that fails on a field that nobody classified.
#ifndef ACCORD_COMMON_TESTING_OPEN_FIELDS_H_
#define ACCORD_COMMON_TESTING_OPEN_FIELDS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

namespace accord::testing {

// Of every resource of a package, for example `accord.prosecution.v1`, and of all that is inside: message
// name to the fields that are neither sensitive nor inside a field that is. Left out are `name`, `etag`,
// `create_time` and `update_time`, which the resource table itself keeps in clear.
std::map<std::string, std::set<std::string>> OpenFields(const std::string& package);

// These fields of a message, with blanks between them, are kept in clear for this reason. A message may have
// several reasons.
struct OpenForAReason {
  const char* message;
  const char* reason;
  const char* fields;
};
// Fails the running test unless the rows name each open field of the package once, and no other.
void ExpectOpenFields(const std::string& package, const std::vector<OpenForAReason>& rows);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_OPEN_FIELDS_H_
