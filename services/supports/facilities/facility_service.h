// These are the handlers of FacilityService, which keeps where survivors recover, and tells nobody where a
// confidential facility is.
#ifndef ACCORD_SERVICES_SUPPORTS_FACILITIES_FACILITY_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_FACILITIES_FACILITY_SERVICE_H_

#include <string>

#include "accord/supports/v1/facility_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::supports {

// This tells whether the facility is approved as trauma-informed on this day, `YYYY-MM-DD`.
bool IsFacilityApprovedOn(const v1::Facility& facility, const std::string& day);

class FacilityService {
 public:
  explicit FacilityService(const storage::PageTokens* tokens) : facilities_("facility", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Facility>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateFacilityRequest&);
  Result Get(host::Call&, Tx&, const v1::GetFacilityRequest&);
  absl::StatusOr<v1::ListFacilitiesResponse> List(host::Call&, Tx&, const v1::ListFacilitiesRequest&);
  Result Approve(host::Call&, Tx&, const storage::Write&, const v1::ApproveFacilityRequest&);
  Result EndApproval(host::Call&, Tx&, const storage::Write&, const v1::EndFacilityApprovalRequest&);
  Result Conceal(host::Call&, Tx&, const storage::Write&, const v1::ConcealFacilityRequest&);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::Facility facility);

  storage::Resources facilities_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_FACILITIES_FACILITY_SERVICE_H_
