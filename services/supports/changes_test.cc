// These tests show who is told what by the change feed of this service: the workers of the case hear of
// a survivor's records, and an agency that received something hears of it as long as the survivor agrees
// to that.
#include "common/testing/change_watch.h"
#include "common/testing/resource_verbs.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Changes : public OrdersFixture {
 protected:
  std::string Now(const Caller& who) { return testing::PositionNow(&in_process_, who); }
  testing::ToldChanges Watch(const Caller& who, const std::string& from, const std::string& kind = "") {
    return testing::WatchKind(&in_process_, who, from, kind);
  }
};

TEST_F(Changes, OfASupportCaseAreToldToItsWorkersAndToWhoAnswersForTheAgencyAlone) {
  const std::string york = Now(worker_), peel = Now(stranger_);
  const v1::SupportCase item = Opened();
  const auto told = Watch(worker_, york, "support_case");
  ASSERT_THAT(told.names(), ElementsAre(item.name()));
  EXPECT_EQ(told.changes[0].verb(), "CreateSupportCase");
  EXPECT_EQ(told.changes[0].agency(), "vs-york");
  EXPECT_EQ(told.changes[0].state(), "open");
  EXPECT_THAT(Watch(manager_, york, "support_case").names(), ElementsAre(item.name()));
  EXPECT_THAT(Watch(privacy_, york, "support_case").names(), ElementsAre(item.name()));
  EXPECT_THAT(Watch(colleague_, york).names(), IsEmpty()) << "somebody who works in other cases";
  EXPECT_THAT(Watch(stranger_, peel).names(), IsEmpty());
}

TEST_F(Changes, OfAReferralReachItsReceiverUntilTheSurvivorWithdrawsTheConsent) {
  const std::string durham = Now(receiver_), peel = Now(stranger_);
  v1::Consent consent = Given(Opened(), ToRefer());
  const v1::SupportReferral sent = Sent(consent);
  EXPECT_THAT(Watch(receiver_, durham, "support_referral").names(), ElementsAre(sent.name()));
  EXPECT_THAT(Watch(stranger_, peel).names(), IsEmpty());
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  EXPECT_THAT(Watch(receiver_, durham).names(), IsEmpty()) << "what was told before is told no more";
}

TEST_F(Changes, OfAnOrderReachThePoliceServiceThatIsToServeItAndNoOther) {
  const std::string york = Now(police_), peel = Now(other_police_);
  v1::RestrainingOrder order = Made();
  EXPECT_THAT(Watch(police_, york).names(), IsEmpty());
  v1::EntrustRestrainingOrderRequest entrust;
  entrust.set_serving_agency("ps-york");
  ASSERT_EQ(Move(worker_, &order, entrust), "");
  const auto told = Watch(police_, york, "restraining_order");
  ASSERT_FALSE(told.changes.empty());
  EXPECT_EQ(told.changes.back().name(), order.name());
  EXPECT_THAT(Watch(other_police_, peel).names(), IsEmpty());
}

TEST_F(Changes, TellTheWorkerOfACaseThatAnOrderWasLookedUp) {
  const v1::RestrainingOrder order = Served();
  const std::string york = Now(worker_);
  ASSERT_EQ(LookUp(police_, ByName(kRespondent)), "");
  const auto notices = NoticesOf(order);
  ASSERT_EQ(notices.size(), 1u);
  const auto told = Watch(worker_, york, "order_lookup_notice");
  ASSERT_THAT(told.names(), ElementsAre(notices[0].name()));
  EXPECT_EQ(told.changes[0].agency(), "ps-york") << "the notice names who looked";
  EXPECT_THAT(Watch(colleague_, york).names(), IsEmpty());
}

TEST_F(Changes, GoOnFromAListWithoutAHole) {
  Opened();
  v1::ListSupportCasesRequest request;
  const auto list = Must(Call<v1::ListSupportCasesResponse>(worker_, request));
  EXPECT_THAT(Watch(worker_, list.watch_token(), "support_case").names(), IsEmpty());
  const v1::SupportCase next = Opened();
  EXPECT_THAT(Watch(worker_, list.watch_token(), "support_case").names(), ElementsAre(next.name()));
}

TEST_F(Changes, AreOfEveryKindThatTheTableOfVerbsSays) {
  EXPECT_EQ(testing::HoldFeedKinds(&in_process_, "accord.supports.v1", worker_), 14);
}

}  // namespace
}  // namespace accord::supports
