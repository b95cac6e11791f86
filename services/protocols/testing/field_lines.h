// These are the field's lines of who may do what, and of what an agency is to a record.
#ifndef ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_LINES_H_
#define ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_LINES_H_

#include <string>
#include <vector>

#include "common/testing/field_line.h"
#include "common/testing/insiders.h"

namespace accord::protocols {

using testing::Among;
using testing::Line;
using testing::OtherFields;
using testing::StateIn;

const std::vector<Line>& Lines();

// This says whether the person is one of `duty police supervisors signers office privacy services`, by
// agency, role and purpose.
bool IsAmong(const Caller& who, const std::string& people);
bool HasPart(const Caller& who, const google::protobuf::Message& record, const std::string& parts,
             const testing::World& world);
// This gives an objection unless the act brings about elsewhere what it must; it is empty if the act does.
std::string SideEffect(const std::string& act, const testing::Change& change, const testing::World& world);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_LINES_H_
