// These are the handlers of DuplicateService: links between referrals about the same matter.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_DUPLICATE_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_DUPLICATE_SERVICE_H_

#include <string>

#include "accord/protocols/v1/duplicate_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::protocols {

// The agencies that are a side of both referrals see the link, and the end of either referral finds it.
storage::Placement PlacementOf(const v1::Duplicate& duplicate);

class DuplicateService {
 public:
  explicit DuplicateService(const storage::PageTokens* tokens)
      : duplicates_("duplicate", tokens), referrals_("referral", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Duplicate>;

  Result Link(host::Call&, Tx&, const storage::Write&, const v1::LinkDuplicateRequest&);
  Result Get(host::Call&, Tx&, const v1::GetDuplicateRequest&);
  absl::StatusOr<v1::ListDuplicatesResponse> List(host::Call&, Tx&, const v1::ListDuplicatesRequest&);
  Result Unlink(host::Call&, Tx&, const storage::Write&, const v1::UnlinkDuplicateRequest&);

  // This refuses what the agency has linked already, in whichever order.
  absl::Status CheckNotLinked(Tx&, const std::string& agency, const v1::Duplicate&);

  storage::Resources duplicates_;
  storage::Resources referrals_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_DUPLICATE_SERVICE_H_
