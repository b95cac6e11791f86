// This fixture has a society and a police service whose protocol is in force, and referrals between them.
#ifndef ACCORD_SERVICES_PROTOCOLS_TESTING_UNDER_A_PROTOCOL_H_
#define ACCORD_SERVICES_PROTOCOLS_TESTING_UNDER_A_PROTOCOL_H_

#include <string>

#include "services/protocols/testing/fixture.h"

namespace accord::protocols {

class UnderAProtocol : public ProtocolsFixture {
 protected:
  template <class Res, class Req>
  absl::StatusOr<Res> Do(const Caller& caller, const Res& on, Req request = Req()) {
    request.set_name(on.name());
    request.set_etag(on.etag());
    return Call<Res>(caller, request);
  }
  v1::Referral Sent() { return Must(Call<v1::Referral>(worker_, Letter(protocol_))); }
  v1::Referral JointReferral() {
    v1::Referral r = Must(Do<v1::Referral, v1::AcknowledgeReferralRequest>(member_, Sent()));
    v1::ScreenReferralRequest screen;
    screen.set_outcome(v1::REFERRAL_STATE_JOINT);
    screen.set_reason("both mandates");
    return Must(Do(police_supervisor_, r, screen));
  }
  static Caller Office(Role role, annotations::v1::Purpose purpose) {
    return {"co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE, "console", "o1", {role}, purpose};
  }
  const v1::Protocol protocol_ = InForce();
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_TESTING_UNDER_A_PROTOCOL_H_
