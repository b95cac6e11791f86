// These tests show lists of referrals and of the records about them, narrowed and ordered as a supervisor
// does it.
#include "accord/protocols/v1/dispute_service.pb.h"
#include "common/testing/postgres.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ReferralLists : public ProtocolsFixture, public ::testing::WithParamInterface<bool> {
 protected:
  ReferralLists()
      : ProtocolsFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : ""),
        protocol_(InForce()) {
    later_ = Sent(v1::URGENCY_D7);
    soon_ = Sent(v1::URGENCY_H12);
    next_ = Sent(v1::URGENCY_H48);
  }
  // This gives the name of a referral that is sent a minute after the one before.
  std::string Sent(v1::Urgency urgency) {
    in_process_.clock().Advance(absl::Minutes(1));
    v1::CreateReferralRequest letter = Letter(protocol_);
    letter.mutable_referral()->set_urgency(urgency);
    return Must(Call<v1::Referral>(worker_, letter)).name();
  }
  static v1::ListReferralsRequest Asking(const std::string& filter, const std::string& order_by = "") {
    v1::ListReferralsRequest request;
    request.set_filter(filter);
    request.set_order_by(order_by);
    return request;
  }
  // This gives the names of all pages.
  std::vector<std::string> Listed(const Caller& caller, v1::ListReferralsRequest request) {
    std::vector<std::string> names;
    do {
      const auto page = Must(Call<v1::ListReferralsResponse>(caller, request));
      for (const auto& referral : page.referrals()) names.push_back(referral.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  void Acknowledge(const std::string& name) {
    v1::AcknowledgeReferralRequest request;
    request.set_name(name);
    request.set_etag(ReadReferral(name, member_).etag());
    ASSERT_OK(Call<v1::Referral>(member_, request));
  }

  const v1::Protocol protocol_;
  std::string later_, soon_, next_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ReferralLists, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(ReferralLists, AreInTheOrderInWhichWorkWaitsOrOfTheirAge) {
  for (int page_size : {0, 1, 2}) {
    v1::ListReferralsRequest request = Asking("", "acknowledge_due");
    request.set_page_size(page_size);
    EXPECT_THAT(Listed(member_, request), ElementsAre(soon_, next_, later_)) << page_size;
    request.set_order_by("create_time desc");
    EXPECT_THAT(Listed(member_, request), ElementsAre(next_, soon_, later_)) << page_size;
    request.set_order_by("create_time");
    EXPECT_THAT(Listed(worker_, request), ElementsAre(later_, soon_, next_)) << page_size;
  }
}

TEST_P(ReferralLists, AreNarrowedByWhatWasAskedForAndByTheOtherFieldsOfTheRequest) {
  Acknowledge(soon_);
  EXPECT_THAT(Listed(member_, Asking("state = acknowledged")), ElementsAre(soon_));
  EXPECT_THAT(Listed(member_, Asking("state = submitted AND NOT urgency = d7")), ElementsAre(next_));
  EXPECT_THAT(Listed(member_, Asking("urgency = h12 OR urgency = h48", "create_time desc")),
              ElementsAre(next_, soon_));
  EXPECT_THAT(Listed(member_, Asking("to_agency : ps- AND assignee = ''", "create_time")),
              ElementsAre(later_, soon_, next_));
  v1::ListReferralsRequest both = Asking("urgency != d7", "create_time");
  both.set_state(v1::REFERRAL_STATE_SUBMITTED);
  EXPECT_THAT(Listed(member_, both), ElementsAre(next_));
  both.set_sent_to_us(true);
  EXPECT_THAT(Listed(member_, both), ElementsAre(next_));
  EXPECT_THAT(Listed(worker_, both), IsEmpty());
  both.clear_filter();
  EXPECT_THAT(Listed(member_, both), ElementsAre(later_, next_)) << "in the order that is asked for";
}

TEST_P(ReferralLists, FollowWhatHappensToAReferral) {
  const auto waiting = Asking("state = submitted", "acknowledge_due");
  EXPECT_THAT(Listed(worker_, waiting), ElementsAre(soon_, next_, later_));
  Acknowledge(next_);
  EXPECT_THAT(Listed(worker_, waiting), ElementsAre(soon_, later_));
}

TEST_P(ReferralLists, TellABystanderNothingWhateverIsAsked) {
  const Caller bystander = Society(annotations::v1::ROLE_CAS_WORKER, "cas-durham");
  for (const char* filter :
       {"", "state = submitted", "NOT state = closed", "urgency = h12 OR urgency != h12"}) {
    for (const char* order : {"name", "create_time", "acknowledge_due desc"}) {
      v1::ListReferralsRequest request = Asking(filter, order);
      request.set_page_size(1);
      const auto page = Must(Call<v1::ListReferralsResponse>(bystander, request));
      EXPECT_EQ(page.referrals_size(), 0) << filter;
      EXPECT_EQ(page.next_page_token(), "") << filter;
    }
  }
}

TEST_P(ReferralLists, RefuseAFieldThatIsNotDeclaredByItsName) {
  const auto refused = Call<v1::ListReferralsResponse>(member_, Asking("reporter_belief : saw"));
  EXPECT_THAT(refused, RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("names reporter_belief"));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("urgency"));
  EXPECT_THAT(Call<v1::ListReferralsResponse>(member_, Asking("", "reporter_belief")),
              RefusedBy(rules::kFieldInvalid));
}

TEST_P(ReferralLists, AreAnsweredWithTheFieldsAloneThatTheirReaderWants) {
  v1::ListReferralsRequest request = Asking("state = submitted", "acknowledge_due");
  request.mutable_read_mask()->add_paths("urgency");
  request.set_page_size(2);
  const auto page = Must(Call<v1::ListReferralsResponse>(member_, request));
  ASSERT_EQ(page.referrals_size(), 2);
  v1::Referral wanted;
  wanted.set_name(soon_);
  wanted.set_etag(ReadReferral(soon_, member_).etag());
  wanted.set_urgency(v1::URGENCY_H12);
  EXPECT_EQ(page.referrals(0).SerializeAsString(), wanted.SerializeAsString());
  EXPECT_NE(page.watch_token(), "");
  EXPECT_THAT(Listed(member_, request), ElementsAre(soon_, next_, later_));
  request.mutable_read_mask()->add_paths("urgent");
  EXPECT_THAT(Call<v1::ListReferralsResponse>(member_, request), RefusedBy(rules::kFieldInvalid));
}

TEST_P(ReferralLists, TakeTheNameOfAKeptFilterAsEver) {
  v1::CreateReferralFilterRequest keep;
  keep.set_parent("agencies/ps-york");
  keep.mutable_referral_filter()->set_title("tonight");
  keep.mutable_referral_filter()->set_state(v1::REFERRAL_STATE_ACKNOWLEDGED);
  const auto kept = Must(Call<v1::ReferralFilter>(member_, keep));
  Acknowledge(soon_);
  Acknowledge(later_);
  EXPECT_THAT(Listed(member_, Asking(kept.name(), "create_time desc")), ElementsAre(soon_, later_));
  // Somebody else's filter is treated as one that does not exist.
  const auto others = Call<v1::ListReferralsResponse>(police_supervisor_, Asking(kept.name()));
  const auto absent = Call<v1::ListReferralsResponse>(
      police_supervisor_, Asking("agencies/ps-york/referralFilters/" + std::string(26, 'z')));
  EXPECT_THAT(others, RefusedBy(rules::kNotFound));
  EXPECT_EQ(others.status(), absent.status());
  // The name of another kind of record is neither a kept filter nor an expression.
  EXPECT_THAT(Call<v1::ListReferralsResponse>(member_, Asking(soon_)), RefusedBy(rules::kFieldInvalid));
}

TEST_P(ReferralLists, StandBesideListsOfProtocolsAndDisputesThatAreNarrowedAlike) {
  v1::ListProtocolsRequest protocols;
  protocols.set_filter("state = in_force AND kind = ht_standalone");
  protocols.set_order_by("create_time desc");
  EXPECT_EQ(Must(Call<v1::ListProtocolsResponse>(worker_, protocols)).protocols_size(), 1);
  protocols.set_filter("state = draft");
  EXPECT_EQ(Must(Call<v1::ListProtocolsResponse>(worker_, protocols)).protocols_size(), 0);
  v1::ListDisputesRequest disputes;
  disputes.set_filter("state = open");
  EXPECT_EQ(Must(Call<v1::ListDisputesResponse>(society_supervisor_, disputes)).disputes_size(), 0);
  disputes.set_filter("issue = x");
  EXPECT_THAT(Call<v1::ListDisputesResponse>(society_supervisor_, disputes), RefusedBy(rules::kFieldInvalid));
}

}  // namespace
}  // namespace accord::protocols
