// What tests need to try a method as somebody: requests that its field rules let through, and callers whom
// its grants let in.
#ifndef ACCORD_COMMON_TESTING_WALK_REQUEST_H_
#define ACCORD_COMMON_TESTING_WALK_REQUEST_H_

#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <string>

#include "common/access/decide.h"
#include "common/access/method.h"

namespace accord::testing {

// This is an agency that tries, by one person.
struct Tries {
  std::string id;
  AgencyKind kind;
  std::string actor = "someone";
  // The person's only role. ROLE_UNSPECIFIED: those of the first grant that lets this kind of agency in.
  Role role = annotations::v1::ROLE_UNSPECIFIED;
};

// This is the caller that the method's first fitting grant lets in; nullopt if no grant does.
std::optional<Caller> Granted(const Method& method, const Tries& who);

// Gives a request of the method, with what its rules demand and no more.
std::unique_ptr<google::protobuf::Message> RequiredOnly(const Method& method);

// Sets the string at a path such as `report.name`; of a repeated one its only element.
void SetText(google::protobuf::Message* message, const std::string& path, const std::string& text);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_WALK_REQUEST_H_
