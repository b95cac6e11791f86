// These are the fields that a service stores unsealed, for a test that fails if nobody classified a field.
#ifndef ACCORD_COMMON_TESTING_OPEN_FIELDS_H_
#define ACCORD_COMMON_TESTING_OPEN_FIELDS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

namespace accord::testing {

// Gives, for every resource of a package, for example `accord.prosecution.v1`, and every message
// inside, a map from message name to the fields that are neither sensitive nor inside a sensitive
// field. It leaves out `name`, `etag`, `create_time` and `update_time`, which the resource table
// itself stores unsealed.
std::map<std::string, std::set<std::string>> OpenFields(const std::string& package);

// These are fields of a message, separated by blanks, that are stored unsealed, and the reason. A message may
// have several rows.
struct OpenForAReason {
  const char* message;
  const char* reason;
  const char* fields;
};
// This fails the running test unless the rows name each unsealed field of the package once, and no other.
void ExpectOpenFields(const std::string& package, const std::vector<OpenForAReason>& rows);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_OPEN_FIELDS_H_
