// These tests state a second time by whom, and in which state, a survivor is handed over: a manager who works
// in the case offers it, and a manager of the other agency accepts it.
#include "common/testing/walk.h"
#include "services/supports/testing/transfers_fixture.h"

namespace accord::supports {
namespace {

using testing::ChangesBut;
using testing::Walk;

class TransfersWalk : public TransfersFixture {
 protected:
  TransfersWalk() {
    const auto manager = [](const char* agency, const char* actor) {
      return Walk::Agency{agency, annotations::v1::AGENCY_KIND_VICTIM_SERVICES, actor,
                          annotations::v1::ROLE_VS_MANAGER};
    };
    walk_.service = "accord.supports.v1.SupportTransferService";
    walk_.agencies = {{"manager", manager("vs-york", "manager")},
                      {"manager of other cases", manager("vs-york", "deputy")},
                      {"receiving manager", manager("vs-durham", "taker")},
                      {"manager elsewhere", manager("vs-peel", "chief")}};
  }

  std::string StoreCase(const std::string& state) {
    v1::SupportCase of;
    of.set_name(absl::StrCat("agencies/vs-york/supportCases/t", ++stored_));
    of.set_program(v1::SUPPORT_PROGRAM_VCAO);
    of.set_subject_ref("person-1");
    of.set_state(static_cast<v1::SupportCaseState>(*FromShortName(v1::SupportCaseState_descriptor(), state)));
    of.add_workers("manager");
    return testing::Store(&in_process_, "support_case", &of, {"vs-york", state, {"vs-york"}, {}});
  }

  Walk walk_;
  int stored_ = 0;
};

TEST_F(TransfersWalk, OfATransfer) {
  walk_.states = testing::ShortNamesOf(v1::SupportCaseState_descriptor());
  walk_.make = [&](const std::string& state) {
    v1::Consent consent = ToRefer();
    consent.set_name(absl::StrCat(StoreCase(state), "/consents/k", ++stored_));
    consent.set_state(v1::CONSENT_STATE_LIVE);
    return testing::Store(&in_process_, "consent", &consent, {"vs-york", "", {"vs-york"}, {}});
  };
  walk_.table = {{"OfferSupportTransfer", {"manager"}, {"open"}}};
  int calls = testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"OfferSupportTransfer"}));
  walk_.states = testing::ShortNamesOf(v1::SupportReferralState_descriptor());
  walk_.make = [&](const std::string& state) {
    v1::SupportReferral offered;
    offered.set_name(absl::StrCat("agencies/vs-york/supportReferrals/t", ++stored_));
    offered.set_kind(v1::REFERRAL_KIND_TRANSFER);
    offered.set_support_case(StoreCase("open"));
    offered.set_to_agency("vs-durham");
    offered.set_expires_on("2026-12-31");
    offered.set_state(
        static_cast<v1::SupportReferralState>(*FromShortName(v1::SupportReferralState_descriptor(), state)));
    return testing::Store(&in_process_, "support_referral", &offered, {"vs-york", state, {"vs-york"}, {}});
  };
  walk_.table = {{"AcceptSupportTransfer", {"receiving manager"}, {"sent", "acknowledged"}}};
  calls += testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"AcceptSupportTransfer"}));
  EXPECT_EQ(calls, 4 * 2 + 4 * 6);
}

}  // namespace
}  // namespace accord::supports
