// This fixture says who breaks the glass, who agrees to it, and what is left of what has ended.
#ifndef ACCORD_SERVICES_PROTOCOLS_TESTING_OVERSIGHT_FIXTURE_H_
#define ACCORD_SERVICES_PROTOCOLS_TESTING_OVERSIGHT_FIXTURE_H_

#include <string>

#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {

class Oversight : public UnderAProtocol {
 protected:
  absl::StatusOr<v1::EmergencyAccess> Ask(const Caller& caller, const std::string& resource) {
    v1::RequestEmergencyAccessRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_emergency_access()->set_resource(resource);
    request.mutable_emergency_access()->set_danger(v1::DANGER_IMMINENT_DANGER_TO_LIFE);
    request.mutable_emergency_access()->set_reason("a child in a car, this number plate");
    return Call<v1::EmergencyAccess>(caller, request);
  }
  absl::StatusOr<v1::EmergencyAccess> Approve(const Caller& caller, const v1::EmergencyAccess& access) {
    return Do<v1::EmergencyAccess, v1::ApproveEmergencyAccessRequest>(caller, access);
  }
  int Tombstones() {
    return Must(Call<v1::ListTombstonesResponse>(Officer(worker_), v1::ListTombstonesRequest()))
        .tombstones_size();
  }
  const Caller durham_member_ = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
  const Caller durham_supervisor_ = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham");
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_TESTING_OVERSIGHT_FIXTURE_H_
