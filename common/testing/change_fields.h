// What callers of a service's changes can fill in, read off the descriptors, so that a test of it holds of
// methods to come.
#ifndef ACCORD_COMMON_TESTING_CHANGE_FIELDS_H_
#define ACCORD_COMMON_TESTING_CHANGE_FIELDS_H_

#include <google/protobuf/descriptor.h>

#include <functional>
#include <set>
#include <string>

namespace accord::testing {

// `repeated`: the field is, or stands in a message that is.
using FieldVisit = std::function<void(const google::protobuf::FieldDescriptor& field, bool repeated)>;

// Shows each field of the requests of all methods of a package, for example `accord.strategy.v1`, that change
// something; returns how many methods there are.
int EachFieldOfEachChange(const std::string& package, const FieldVisit& visit);

// Full names of those fields by which one request can name several records or people.
std::set<std::string> FieldsNamingMany(const std::string& package);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_CHANGE_FIELDS_H_
