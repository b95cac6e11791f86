// Tests need this to try a method: requests that pass its field rules, and callers whom its grants admit.
#ifndef ACCORD_COMMON_TESTING_WALK_REQUEST_H_
#define ACCORD_COMMON_TESTING_WALK_REQUEST_H_

#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <string>

#include "common/access/decide.h"
#include "common/access/method.h"

namespace accord::testing {

// This is an agency that tries methods, represented by one person.
struct Tries {
  std::string id;
  AgencyKind kind;
  std::string actor = "someone";
  // This is the person's only role. ROLE_UNSPECIFIED stands for the roles of the first grant that admits this
  // kind of agency.
  Role role = annotations::v1::ROLE_UNSPECIFIED;
};

// This gives the caller whom the method's first fitting grant admits; it is nullopt if no grant does.
std::optional<Caller> Granted(const Method& method, const Tries& who);

// This gives a request of the method with what its rules require and nothing else.
std::unique_ptr<google::protobuf::Message> RequiredOnly(const Method& method);

// This sets the string at a path such as `report.name`. A repeated one gets it as its only element.
void SetText(google::protobuf::Message* message, const std::string& path, const std::string& text);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_WALK_REQUEST_H_
