// Nobody learns from an answer whether others have a referral, an investigation, a dispute or a draft.
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "common/testing/twins.h"
#include "common/testing/walk.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using namespace annotations::v1;

class ReferralExistence : public ProtocolsFixture {
 protected:
  template <class M>
  std::string Store(const std::string& kind, M record, const std::string& name) {
    record.set_name(name);
    return testing::Store(&in_process_, kind, &record, {"cas-york", "open", {"cas-york", "ps-york"}, {}});
  }
};

TEST_F(ReferralExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  const auto draft = Call<v1::Protocol>(director_, Draft());
  ASSERT_OK(draft);
  const auto referral = Call<v1::Referral>(worker_, Letter(InForce()));
  ASSERT_OK(referral);
  v1::JointInvestigation joint;
  joint.set_referral(referral->name());
  EXPECT_GT(testing::CompareTwins(
                &in_process_,
                {"accord.protocols.v1",
                 {draft->name(), referral->name(),
                  Store("joint_investigation", joint, "agencies/cas-york/jointInvestigations/j1"),
                  Store("dispute", v1::Dispute(), "agencies/cas-york/disputes/d1"),
                  Store("note", v1::Note(), "agencies/cas-york/notes/both-n1"),
                  Store("attachment", v1::Attachment(), "agencies/cas-york/attachments/both-a1"),
                  Store("duplicate", v1::Duplicate(), "agencies/cas-york/duplicates/u1"),
                  Store("inspector_referral", v1::InspectorReferral(),
                        "agencies/svc-training/inspectorReferrals/i1"),
                  Store("privacy_alert", v1::PrivacyAlert(), "agencies/cas-york/privacyAlerts/p1"),
                  Store("emergency_access", v1::EmergencyAccess(), "agencies/cas-york/emergencyAccesses/e1"),
                  Store("referral_filter", v1::ReferralFilter(), "agencies/cas-york/referralFilters/f1")},
                 {{"cas-durham", AGENCY_KIND_CHILDREN_AID_SOCIETY},
                  {"ps-durham", AGENCY_KIND_POLICE_SERVICE},
                  {"ps-durham", AGENCY_KIND_POLICE_SERVICE, "chief", ROLE_POLICE_CHIEF},
                  {"ps-durham", AGENCY_KIND_POLICE_SERVICE, "privacy", ROLE_PRIVACY_OFFICER},
                  {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF},
                  {"svc-other", AGENCY_KIND_PLATFORM_SERVICE}}}),
            500);
}

}  // namespace
}  // namespace accord::protocols
