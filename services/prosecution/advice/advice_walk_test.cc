// These tests write a second time who asks for advice before a charge, and who begins what an office begins,
// in which state.
#include "accord/host/v1/law.pb.h"
#include "common/testing/separation_walk.h"
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/prosecution/cases/case_readers.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using namespace annotations::v1;
using testing::Walk;

class AdviceWalk : public testing::WalkFixture<ProsecutionFixture> {
 protected:
  // York's police ask York's Crowns.
  std::string StoreAdvice(const std::string& state) {
    v1::AdviceRequest advice;
    advice.set_name(absl::StrCat("agencies/ps-york/adviceRequests/a", ++records_));
    advice.set_crown_agency("cr-york");
    advice.set_state(static_cast<v1::AdviceState>(*FromShortName(v1::AdviceState_descriptor(), state)));
    return Store("advice_request", advice,
                 {"ps-york", state, {"ps-york", ViewerInCapacity("cr-york", "crown")}, {}});
  }
  Walk OfAgencies() {
    Walk walk;
    walk.agencies = {{"asking", {"ps-york", AGENCY_KIND_POLICE_SERVICE}},
                     {"strange police", {"ps-durham", AGENCY_KIND_POLICE_SERVICE}},
                     {"asked", {"cr-york", AGENCY_KIND_CROWN}},
                     {"stranger", {"cr-ottawa", AGENCY_KIND_CROWN}},
                     {"team", {"cr-phtpt", AGENCY_KIND_CROWN, "chief", ROLE_CROWN_COORDINATOR}}};
    return walk;
  }

  int records_ = 0;
};

TEST_F(AdviceWalk, OfAdvice) {
  Walk walk = OfAgencies();
  walk.service = "accord.prosecution.v1.AdviceService";
  walk.states = testing::ShortNamesOf(v1::AdviceState_descriptor());
  walk.held_up_by = {"ALREADY_ANSWERED"};
  walk.make = [&](const std::string& state) { return StoreAdvice(state); };
  walk.table = {{"AnswerAdviceRequest", {"asked"}, {"requested"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, {"CreateAdviceRequest"}), 6);
}

TEST_F(AdviceWalk, OfWhatAnOfficeBegins) {
  Walk walk = OfAgencies();
  walk.states = {"any"};
  walk.service = "accord.prosecution.v1.AdviceService";
  walk.make = [](const std::string&) { return "agencies/ps-york"; };
  walk.table = {{"CreateAdviceRequest", {"asking"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, {"AnswerAdviceRequest"}), 2);
  walk.service = "accord.prosecution.v1.CaseService";
  walk.make = [](const std::string&) { return "agencies/cr-york"; };
  walk.table = {{"CreateCase", {"asked"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, testing::ChangesBut(walk.service, {"CreateCase"})), 3);
}

class ProsecutionSeparations : public AdviceWalk {};

TEST_F(ProsecutionSeparations, AreOfTwoPeople) {
  const int pairs = testing::WalkSeparations(
      &in_process_, "accord.prosecution.v1", [&](const std::string& method) -> testing::Attempt {
        if (method == "ApproveLawChange") {
          host::v1::LawChange proposed;
          proposed.set_name(absl::StrCat("agencies/co-pahtco/lawChanges/l", ++records_));
          proposed.set_state(host::v1::LAW_CHANGE_STATE_PROPOSED);
          return {Store("law_change", proposed, {"co-pahtco", "proposed", {"co-pahtco"}, {}}), office_};
        }
        EXPECT_TRUE(method == "AssignCrown" || method == "ReplaceCrown") << method;
        v1::Case of = NewCase(absl::StrCat("26-", ++records_)).case_();
        of.set_name(absl::StrCat("agencies/cr-york/cases/c", records_));
        return {Store("case", of, {"cr-york", "", {"cr-york", "cr-phtpt"}, {}}), coordinator_};
      });
  EXPECT_EQ(pairs, 3);
}

}  // namespace
}  // namespace accord::prosecution
