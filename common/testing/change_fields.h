// These are the fields that callers of a service's changes can fill in. They are taken from the descriptors,
// so that a test also covers methods that are added later.
#ifndef ACCORD_COMMON_TESTING_CHANGE_FIELDS_H_
#define ACCORD_COMMON_TESTING_CHANGE_FIELDS_H_

#include <google/protobuf/descriptor.h>

#include <functional>
#include <set>
#include <string>

namespace accord::testing {

// `repeated` is true if the field, or a message that contains it, is repeated.
using FieldVisit = std::function<void(const google::protobuf::FieldDescriptor& field, bool repeated)>;

// Calls `visit` with each field of the requests of all methods of a package, for example
// `accord.strategy.v1`, that change something. It gives the number of these methods.
int EachFieldOfEachChange(const std::string& package, const FieldVisit& visit);

// This gives the full names of those fields by which one request can name several records or people.
std::set<std::string> FieldsNamingMany(const std::string& package);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_CHANGE_FIELDS_H_
