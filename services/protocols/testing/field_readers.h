// This file says, in the field's words, who may learn what of a record, and when a record may end.
#ifndef ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_READERS_H_
#define ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_READERS_H_

#include <set>
#include <string>

#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "common/testing/insiders.h"

namespace accord::protocols {

// This says whether somebody may learn a text of a record, or its name.
bool MayRead(const Caller& who, const google::protobuf::Message& record, const std::string& text,
             const testing::World& world, absl::Time now);
// This gives the agency that answers for the record which an emergency opened; it is empty while it
// opens none.
std::string ToldOf(const v1::EmergencyAccess& access, const testing::World& world);
// This gives the agencies that may know of the record.
std::set<std::string> ViewersIn(const google::protobuf::Message& record, const testing::World& world);
// This gives the objection to a record's end, which is right only if the law ended access to it or to a
// related record.
std::string ObjectionToEnd(const testing::Change& change, const testing::World& world,
                           const std::string& today);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_READERS_H_
