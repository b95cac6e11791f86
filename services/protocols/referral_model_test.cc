// Random events from random callers against a model of domain 2.4 that is written down here a second time, by
// hand.
#include <random>

#include "common/access/method.h"
#include "services/protocols/fixture.h"

namespace accord::protocols {
namespace {

// What one person may be: which side, and with which roles.
struct Person {
  Caller caller;
  bool sender, receiver, supervisor;
};

class AgainstTheModel : public ProtocolsFixture, public ::testing::WithParamInterface<int> {
 protected:
  template <class Req>
  std::string Try(const std::string& method, const Person& person, v1::Referral* r, Req request = Req()) {
    request.set_name(r->name());
    request.set_etag(r->etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("reason");
    auto result = Call<v1::Referral>(method, person.caller, request);
    if (result.ok()) *r = *result;
    return result.ok() ? "" : RuleOf(result.status());
  }
};

TEST_P(AgainstTheModel, EveryAnswerIsWhatTheModelSays) {
  const int seed = GetParam();
  std::mt19937 random(static_cast<unsigned>(seed));
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const v1::Protocol protocol = InForce();
  const std::vector<Person> people = {
      {worker_, true, false, false},
      {society_supervisor_, true, false, true},
      {member_, false, true, false},
      {police_supervisor_, false, true, true},
      {Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham"), false, false, true}};
  v1::Referral r;
  v1::ReferralState model = v1::REFERRAL_STATE_UNSPECIFIED;
  for (int step = 0; step < 400; ++step) {
    const std::string where = absl::StrCat("seed ", seed, " step ", step);
    if (model == v1::REFERRAL_STATE_UNSPECIFIED || pick(25) == 0) {
      r = *Call<v1::Referral>("CreateReferral", worker_, Letter(protocol));
      model = v1::REFERRAL_STATE_SUBMITTED;
    }
    const Person& person = people[static_cast<std::size_t>(pick(static_cast<int>(people.size())))];
    const bool early = model == v1::REFERRAL_STATE_SUBMITTED || model == v1::REFERRAL_STATE_ACKNOWLEDGED;
    const bool screened = model == v1::REFERRAL_STATE_JOINT || model == v1::REFERRAL_STATE_CONSULT_ONLY ||
                          model == v1::REFERRAL_STATE_NO_FURTHER_ACTION;
    const v1::ReferralState before = model;
    std::string expected, actual;
    // Roles come first, then visibility, then the side, then the state.
    const auto expect = [&](bool needs_supervisor, bool right_side, const char* side_rule, bool possible,
                            v1::ReferralState next) {
      if (needs_supervisor && !person.supervisor) {
        expected = "ROLE_NOT_PERMITTED";
      } else if (!person.sender && !person.receiver) {
        expected = "NOT_FOUND";
      } else if (!right_side) {
        expected = side_rule;
      } else if (!possible) {
        expected = "STATE_NOT_PERMITTED";
      } else {
        model = next;
      }
    };
    switch (pick(6)) {
      case 0:
        expect(false, person.receiver, "NOT_THE_RECEIVER", model == v1::REFERRAL_STATE_SUBMITTED,
               v1::REFERRAL_STATE_ACKNOWLEDGED);
        actual = Try<v1::AcknowledgeReferralRequest>("AcknowledgeReferral", person, &r);
        break;
      case 1: {
        const v1::ReferralState outcome = std::vector<v1::ReferralState>{
            v1::REFERRAL_STATE_JOINT, v1::REFERRAL_STATE_CONSULT_ONLY,
            v1::REFERRAL_STATE_NO_FURTHER_ACTION}[static_cast<std::size_t>(pick(3))];
        expect(true, person.receiver, "NOT_THE_RECEIVER", model == v1::REFERRAL_STATE_ACKNOWLEDGED, outcome);
        v1::ScreenReferralRequest request;
        request.set_outcome(outcome);
        actual = Try("ScreenReferral", person, &r, request);
        break;
      }
      case 2: {
        expect(true, person.receiver, "NOT_THE_RECEIVER", screened, v1::REFERRAL_STATE_CLOSED);
        v1::CloseReferralRequest request;
        if (before == v1::REFERRAL_STATE_JOINT) {
          request.set_investigation_outcome(v1::INVESTIGATION_OUTCOME_NOT_SUBSTANTIATED);
        }
        actual = Try("CloseReferral", person, &r, request);
        break;
      }
      case 3:
        expect(true, person.receiver, "NOT_THE_RECEIVER", early, v1::REFERRAL_STATE_REJECTED);
        actual = Try<v1::RejectReferralRequest>("RejectReferral", person, &r);
        break;
      case 4:
        expect(false, person.sender, "NOT_THE_SENDER", early, v1::REFERRAL_STATE_REVOKED);
        actual = Try<v1::RevokeReferralRequest>("RevokeReferral", person, &r);
        break;
      case 5: {
        expect(false, person.receiver, "NOT_THE_RECEIVER", early || screened, model);
        v1::RecordReferralRiskScreeningRequest request;
        request.mutable_screening()->set_tool("SEY");
        request.mutable_screening()->set_tool_version("1");
        request.mutable_screening()->set_outcome("consult");
        actual = Try("RecordReferralRiskScreening", person, &r, request);
        break;
      }
    }
    ASSERT_EQ(actual, expected) << where << " in state " << before;
    ASSERT_EQ(ReadReferral(r.name(), worker_).state(), model) << where;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AgainstTheModel, ::testing::Values(1, 2, 3, 20170223, 20261123));

}  // namespace
}  // namespace accord::protocols
