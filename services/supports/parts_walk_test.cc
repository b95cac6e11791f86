// These tests state a second time by whom, and in which state, each change of a survivor's records is
// made: workers of the case do everything, managers decide who works in it, and everybody of the agency
// may end a consent.
#include "common/testing/walk.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using namespace annotations::v1;
using testing::ChangesBut;
using testing::ShortNamesOf;
using testing::Walk;

class SupportsWalk : public SupportsFixture {
 protected:
  SupportsWalk() {
    const auto person = [](const char* agency, const char* actor, Role role = ROLE_VS_WORKER) {
      return Walk::Agency{agency, AGENCY_KIND_VICTIM_SERVICES, actor, role};
    };
    walk_.agencies = {{"worker", person("vs-york", "worker")},
                      {"witness worker", person("vs-york", "assistant", ROLE_VWAP_WORKER)},
                      {"colleague", person("vs-york", "colleague")},
                      {"manager", person("vs-york", "manager", ROLE_VS_MANAGER)},
                      {"receiver", person("vs-durham", "receiver")},
                      {"stranger", person("vs-peel", "worker")},
                      {"manager elsewhere", person("vs-peel", "manager", ROLE_VS_MANAGER)}};
  }

  std::string StoreCase(const std::string& state = "open") {
    v1::SupportCase of = CaseIn(state, absl::StrCat("c", ++records_));
    return testing::Store(&in_process_, "support_case", &of, {"vs-york", state, {"vs-york"}, {}});
  }
  std::string StoreConsent(const std::string& state = "live") {
    v1::Consent consent = ToRefer();
    consent.set_name(absl::StrCat(StoreCase(), "/consents/k", ++records_));
    consent.set_state(v1::CONSENT_STATE_LIVE);
    if (state == "withdrawn") consent.set_state(v1::CONSENT_STATE_WITHDRAWN);
    if (state == "superseded") consent.set_state(v1::CONSENT_STATE_SUPERSEDED);
    // Only its last day says that it has expired.
    if (state == "expired") consent.set_expires_on("2026-11-23");
    return testing::Store(&in_process_, "consent", &consent, {"vs-york", "", {"vs-york"}, {}});
  }
  std::string StoreReferral(const std::string& state) {
    v1::SupportReferral referral;
    referral.set_name(absl::StrCat("agencies/vs-york/supportReferrals/r", ++records_));
    referral.set_support_case(StoreCase());
    referral.set_to_agency("vs-durham");
    referral.set_expires_on("2026-12-31");
    referral.set_state(
        static_cast<v1::SupportReferralState>(*FromShortName(v1::SupportReferralState_descriptor(), state)));
    return testing::Store(&in_process_, "support_referral", &referral, {"vs-york", state, {"vs-york"}, {}});
  }

  Walk walk_;
  int records_ = 0;
};

TEST_F(SupportsWalk, OfACaseThatBegins) {
  walk_.service = "accord.supports.v1.SupportCaseService";
  walk_.states = {"none"};
  walk_.make = [](const std::string&) { return "agencies/vs-york"; };
  walk_.table = {{"CreateSupportCase", {"worker", "witness worker", "colleague"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"CreateSupportCase"})), 5);
}

TEST_F(SupportsWalk, OfACase) {
  walk_.service = "accord.supports.v1.SupportCaseService";
  walk_.states = ShortNamesOf(v1::SupportCaseState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreCase(state); };
  walk_.table = {{"AssignSupportCaseWorker", {"manager"}, {}},
                 {"RemoveSupportCaseWorker", {"manager"}, {}},
                 {"RecordSupportCaseContact", {"worker", "witness worker"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"CreateSupportCase", "AdvanceSupportCase"}), 22);
  const std::set<std::string> workers = {"worker", "witness worker"};
  int calls = testing::WalkEvent<v1::AdvanceSupportCaseRequest>(&in_process_, walk_, "AdvanceSupportCase",
                                                                workers, "close", {"open"});
  calls += testing::WalkEvent<v1::AdvanceSupportCaseRequest>(&in_process_, walk_, "AdvanceSupportCase",
                                                             workers, "reopen", {"closed"});
  EXPECT_EQ(calls, 28);
}

TEST_F(SupportsWalk, OfWhatASurvivorAgreesTo) {
  walk_.service = "accord.supports.v1.ConsentService";
  walk_.states = {"open", "closed"};
  walk_.make = [&](const std::string& state) { return StoreCase(state); };
  walk_.table = {{"CreateConsent", {"worker", "witness worker"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"CreateConsent"})), 14);
  walk_.states = ShortNamesOf(v1::ConsentState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreConsent(state); };
  walk_.table = {{"WithdrawConsent", {"worker", "witness worker", "colleague", "manager"}, {"live"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"WithdrawConsent"})), 28);
  walk_.held_up_by.insert("CONSENT_NOT_LIVE");
  walk_.table = {{"RecordConsentLink", {"worker", "witness worker"}, {"live"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"RecordConsentLink"})), 28);
}

TEST_F(SupportsWalk, OfADisclosure) {
  walk_.service = "accord.supports.v1.SupportDisclosureService";
  walk_.states = {"open", "closed"};
  walk_.make = [&](const std::string& state) { return StoreCase(state); };
  walk_.table = {{"CreateSupportDisclosure", {"worker", "witness worker"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"RecordSupportDisclosure"}), 14);
  walk_.make = [&](const std::string& state) {
    v1::SupportDisclosure disclosure;
    disclosure.set_name(absl::StrCat(StoreCase(state), "/supportDisclosures/d", ++records_));
    disclosure.set_basis(v1::DISCLOSURE_BASIS_COURT_ORDER);
    disclosure.set_disclosed_on("2026-11-10");
    return testing::Store(&in_process_, "support_disclosure", &disclosure, {"vs-york", "", {"vs-york"}, {}});
  };
  walk_.table = {{"RecordSupportDisclosure", {"worker", "witness worker"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"CreateSupportDisclosure"}), 14);
}

TEST_F(SupportsWalk, OfAReferral) {
  walk_.service = "accord.supports.v1.SupportReferralService";
  walk_.states = {"live"};
  walk_.make = [&](const std::string& state) { return StoreConsent(state); };
  walk_.table = {{"SendSupportReferral", {"worker", "witness worker"}, {}}};
  int calls = testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"SendSupportReferral"}));
  walk_.states = ShortNamesOf(v1::SupportReferralState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreReferral(state); };
  walk_.table = {{"WithdrawSupportReferral",
                  {"worker", "witness worker"},
                  {"sent", "acknowledged", "accepted", "declined"}}};
  calls += testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"WithdrawSupportReferral"}));
  for (const auto& [event, states] :
       std::map<std::string, std::set<std::string>>{{"acknowledge", {"sent"}},
                                                    {"accept", {"acknowledged"}},
                                                    {"decline", {"acknowledged"}},
                                                    {"complete", {"accepted"}},
                                                    {"withdraw", {}}}) {
    calls += testing::WalkEvent<v1::AdvanceSupportReferralRequest>(
        &in_process_, walk_, "AdvanceSupportReferral", {"receiver"}, event, states);
  }
  EXPECT_EQ(calls, 7 + 42 + 5 * 42);
}

}  // namespace
}  // namespace accord::supports
