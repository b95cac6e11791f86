// These tests show who is told what by the change feed of this service: everybody who follows it hears of
// public records, and only those who may read a record hear of what a ministry has not published or an
// agency gets.
#include <functional>
#include <string>
#include <vector>

#include "common/testing/change_watch.h"
#include "common/testing/resource_verbs.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class Changes : public StrategyFixture {
 protected:
  std::string Now(const Caller& who) { return testing::PositionNow(&in_process_, who); }
  testing::ToldChanges Watch(const Caller& who, const std::string& from, const std::string& kind = "") {
    return testing::WatchKind(&in_process_, who, from, kind);
  }

  const Caller office_ = ForFunding(staff_);
  const Caller labour_ = ForFunding(mol_);
  const Caller attorney_ = ForFunding(mag_);
};

TEST_F(Changes, OfAnInitiativeAreToldToEveryMinistry) {
  const std::string labour = Now(labour_);
  const v1::Initiative initiative = Entered("prosecution-team");
  const auto told = Watch(labour_, labour);
  ASSERT_THAT(told.names(), ElementsAre(initiative.name()));
  EXPECT_EQ(told.changes[0].kind(), "initiative");
  EXPECT_EQ(told.changes[0].verb(), "CreateInitiative");
  EXPECT_EQ(told.changes[0].agency(), "co-pahtco");
}

TEST_F(Changes, OfAFigureThatIsNotVerifiedAreToldToItsMinistryAndNotToAnother) {
  const v1::Indicator indicator = Measured("inspectors-trained");
  const std::string labour = Now(labour_), attorney = Now(attorney_);
  const v1::IndicatorObservation observation = Drafted(indicator);
  const std::string kind = "indicator_observation";
  EXPECT_THAT(Watch(labour_, labour, kind).names(), ElementsAre(observation.name()));
  EXPECT_THAT(Watch(attorney_, attorney, kind).names(), IsEmpty());
}

TEST_F(Changes, OfAFigureThatWaitsToBeVerifiedOpenNoEvidence) {
  const std::string office = Now(office_);
  v1::IndicatorObservation observation = Submitted(Measured("inspectors-trained"));
  ASSERT_THAT(Watch(office_, office, "indicator_observation").names(), Contains(observation.name()));
  EXPECT_EQ(Move(staff_, &observation, v1::VerifyIndicatorObservationRequest()), "EVIDENCE_NOT_OPENED");
}

TEST_F(Changes, OfMoneyAreToldToWhoGetsItAndToNoOtherAgency) {
  const auto manager = [](const std::string& agency) {
    return ForFunding(Someone(agency, annotations::v1::AGENCY_KIND_VICTIM_SERVICES,
                              annotations::v1::ROLE_VS_MANAGER, "manager"));
  };
  const Caller recipient = manager("vs-york"), stranger = manager("vs-peel");
  const std::string york = Now(recipient), peel = Now(stranger);
  v1::Allocation allocation;
  ASSERT_EQ(Plan(Announced("vcao-ht"), 100, &allocation), "");
  ASSERT_EQ(Commit(&allocation), "");
  EXPECT_THAT(Watch(recipient, york).names(), Contains(allocation.name()));
  EXPECT_THAT(Watch(stranger, peel).names(), Not(Contains(allocation.name())));
}

class FundingChanges : public FundingFixture {
 protected:
  using Names = std::vector<std::string>;
  // This collects what each of these people is told from now on, until it is asked for.
  std::vector<std::function<Names()>> Followed(const std::vector<Caller>& people) {
    std::vector<std::function<Names()>> told;
    for (const Caller& who : people) {
      told.push_back([this, who, from = testing::PositionNow(&in_process_, who)] {
        return testing::WatchKind(&in_process_, who, from, "").names();
      });
    }
    return told;
  }
};

TEST_F(FundingChanges, OfAnAssessmentAreToldToItsScorerAndToNobodyWhoAppliesOrScoresAnother) {
  const v1::FundingCall call = Opened();
  const Caller beside_ann = Scorer(ann_.agency, "another");
  const auto told = Followed({applicant_, rival_, ann_, ben_, beside_ann});
  v1::FundingApplication one = Submitted(call, applicant_), other = Submitted(call, rival_);
  Close();
  ASSERT_EQ(Screen(&one, writer_), "");
  ASSERT_EQ(Screen(&other, writer_), "");
  const std::string by_ann = Ready(one, ann_).name(), by_ben = Ready(other, ben_).name();
  EXPECT_THAT(told[0](), AllOf(Contains(one.name()), Not(Contains(by_ann)), Not(Contains(by_ben))));
  EXPECT_THAT(told[1](), AllOf(Contains(other.name()), Not(Contains(by_ann)), Not(Contains(by_ben))));
  EXPECT_THAT(told[2](), AllOf(Contains(by_ann), Not(Contains(by_ben)), Not(Contains(other.name()))));
  EXPECT_THAT(told[3](), AllOf(Contains(by_ben), Not(Contains(by_ann)), Not(Contains(one.name()))));
  const Names nothing = told[4]();
  EXPECT_THAT(nothing, AllOf(Not(Contains(by_ann)), Not(Contains(by_ben)), Not(Contains(one.name()))))
      << "the same agency is not the same person";
}

TEST_F(Changes, GoOnFromAListWithoutAHole) {
  Entered("prosecution-team");
  const v1::ListInitiativesRequest request;
  const auto list = Must(Call<v1::ListInitiativesResponse>(labour_, request));
  EXPECT_THAT(Watch(labour_, list.watch_token()).names(), IsEmpty());
  const v1::Initiative next = Entered("courts");
  EXPECT_THAT(Watch(labour_, list.watch_token()).names(), ElementsAre(next.name()));
}

TEST_F(Changes, AreForThosePeopleAloneWhoHaveWorkHere) {
  const host::v1::WatchChangesRequest request;
  const auto nothing = [](const host::v1::Change&) { return false; };
  EXPECT_THAT(in_process_.Stream<host::v1::Change>(ForFunding(police_), request, nothing),
              RefusedBy(rules::kRoleNotPermitted));
  EXPECT_THAT(in_process_.Stream<host::v1::Change>(mol_, request, nothing),
              RefusedBy(rules::kPurposeMissing));
}

TEST_F(Changes, AreOfEveryKindThatTheTableOfVerbsSays) {
  EXPECT_EQ(testing::HoldFeedKinds(&in_process_, "accord.strategy.v1", office_), 23);
}

}  // namespace
}  // namespace accord::strategy
