// These tests show that two referrals about one matter are linked, and that nobody sees more of either by it.
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class DuplicatesTest : public ProtocolsFixture {
 protected:
  std::string Sent() { return Must(Call<v1::Referral>(worker_, Letter(protocol_))).name(); }
  absl::StatusOr<v1::Duplicate> Link(const Caller& caller, const std::string& referral,
                                     const std::string& same_as) {
    v1::LinkDuplicateRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_duplicate()->set_referral(referral);
    request.mutable_duplicate()->set_same_as(same_as);
    request.mutable_duplicate()->set_reason("the same night and the same motel");
    return Call<v1::Duplicate>(caller, request);
  }
  absl::StatusOr<v1::Duplicate> Unlink(const Caller& caller, const v1::Duplicate& link) {
    v1::UnlinkDuplicateRequest request;
    request.set_name(link.name());
    request.set_etag(link.etag());
    request.set_reason("another night");
    return Call<v1::Duplicate>(caller, request);
  }
  absl::StatusOr<v1::Duplicate> GetLink(const Caller& caller, const std::string& name) {
    v1::GetDuplicateRequest request;
    request.set_name(name);
    return Call<v1::Duplicate>(caller, request);
  }
  std::vector<std::string> Links(const Caller& caller, const v1::ListDuplicatesRequest& request) {
    std::vector<std::string> names;
    const auto list = Must(Call<v1::ListDuplicatesResponse>(caller, request));
    for (const auto& link : list.duplicates()) names.push_back(link.name());
    return names;
  }
  // This lets a second person agree to the end of a youth record whose day has passed.
  void EndRecord(const std::string& name) {
    for (const Caller& caller : {police_supervisor_, society_supervisor_}) {
      v1::RecordReferralYouthRecordRequest request;
      request.set_name(name);
      request.set_etag(ReadReferral(name, member_).etag());
      request.mutable_record()->set_disposition(v1::YOUTH_DISPOSITION_ACQUITTAL);
      request.mutable_record()->set_counted_from("2001-01-01");
      ASSERT_OK(Call<v1::Referral>(caller, request));
    }
    SweepAll();
  }

  const v1::Protocol protocol_ = InForce();
  const Caller durham_ = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
};

TEST_F(DuplicatesTest, WhoeverWorksOnBothLinksThemAndSeesTheLink) {
  const std::string first = Sent(), second = Sent();
  const v1::Duplicate link = Must(Link(worker_, second, first));
  EXPECT_EQ(link.state(), v1::DUPLICATE_STATE_LINKED);
  EXPECT_EQ(link.linked_by(), worker_.actor);
  EXPECT_THAT(link.agencies(), UnorderedElementsAre("cas-york", "ps-york"));
  EXPECT_EQ(Must(GetLink(member_, link.name())).reason(), "the same night and the same motel");
  v1::ListDuplicatesRequest by_duplicate, by_original;
  by_duplicate.set_referral(second);
  by_original.set_same_as(first);
  for (const Caller& caller : {worker_, member_}) {
    EXPECT_THAT(Links(caller, by_duplicate), ElementsAre(link.name()));
    EXPECT_THAT(Links(caller, by_original), ElementsAre(link.name()));
  }
  by_original.set_same_as(second);
  EXPECT_THAT(Links(worker_, by_original), IsEmpty());
  EXPECT_THAT(Link(member_, first, second), RefusedBy(rules::kAlreadyRecorded)) << "in whichever order";
  EXPECT_THAT(Link(worker_, first, first), RefusedBy("FIELD_INVALID"));
  EXPECT_THAT(GetLink(durham_, link.name()), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Unlink(durham_, link), RefusedBy(rules::kNotFound));
}

TEST_F(DuplicatesTest, ALinkShowsNobodyMore) {
  const std::string first = Sent();
  const v1::Referral sent = Must(Call<v1::Referral>(worker_, Letter(protocol_)));
  const std::string onward = Must(Redirect(police_supervisor_, sent, "ps-durham")).onward().name();
  // The society sent the first and follows the second; Durham has the second alone.
  EXPECT_THAT(Link(worker_, first, onward), RefusedBy(rules::kNotSenderOrReceiver));
  EXPECT_THAT(Link(worker_, onward, first), RefusedBy(rules::kNotSenderOrReceiver));
  EXPECT_THAT(Link(durham_, onward, first), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Link(durham_, onward, "agencies/cas-york/referrals/absent"), RefusedBy(rules::kNotFound));
  const v1::Duplicate link = Must(Link(member_, onward, first));
  EXPECT_THAT(link.agencies(), ElementsAre("ps-york"));
  v1::ListDuplicatesRequest all;
  for (const Caller& caller : {worker_, durham_}) {
    EXPECT_THAT(Links(caller, all), IsEmpty());
    EXPECT_THAT(GetLink(caller, link.name()), RefusedBy(rules::kNotFound));
  }
  EXPECT_EQ(UnreadReferral(first, durham_), "NOT_FOUND");
  EXPECT_EQ(UnreadReferral(onward, worker_), "") << "and nobody sees less";
}

TEST_F(DuplicatesTest, ALinkIsTakenBackInSightAndCanBeMadeAnew) {
  const std::string first = Sent(), second = Sent();
  const v1::Duplicate link = Must(Link(worker_, second, first));
  EXPECT_THAT(Unlink(member_, link), RefusedBy(rules::kNotTheOwner));
  const v1::Duplicate unlinked = Must(Unlink(worker_, link));
  EXPECT_EQ(unlinked.state(), v1::DUPLICATE_STATE_UNLINKED);
  EXPECT_EQ(unlinked.unlinked_by(), worker_.actor);
  EXPECT_EQ(unlinked.reason(), "the same night and the same motel");
  EXPECT_EQ(Must(GetLink(member_, link.name())).unlink_reason(), "another night");
  EXPECT_THAT(Unlink(worker_, unlinked), RefusedBy(rules::kStateNotPermitted));
  v1::ListDuplicatesRequest linked;
  linked.set_state(v1::DUPLICATE_STATE_LINKED);
  EXPECT_THAT(Links(member_, linked), IsEmpty());
  EXPECT_OK(Link(member_, second, first));
}

TEST_F(DuplicatesTest, ALinkEndsWithOneOfTheTwoAndTheOtherGoesOn) {
  const std::string first = Sent(), second = Sent();
  const v1::Duplicate link = Must(Link(worker_, second, first));
  // A hold is on one history alone.
  v1::PlaceLegalHoldRequest hold;
  hold.set_resource(second);
  hold.set_reason("a court order");
  ASSERT_OK(Call<v1::LegalHold>(Officer(worker_), hold));
  EndRecord(first);
  EXPECT_EQ(UnreadReferral(first, worker_), "NOT_FOUND");
  EXPECT_THAT(GetLink(worker_, link.name()), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Links(member_, v1::ListDuplicatesRequest()), IsEmpty());
  EXPECT_EQ(UnreadReferral(second, worker_), "");
  std::vector<std::string> ended;
  const auto stones = Must(Call<v1::ListTombstonesResponse>(Officer(member_), v1::ListTombstonesRequest()));
  for (const auto& stone : stones.tombstones()) ended.push_back(stone.resource());
  EXPECT_THAT(ended, UnorderedElementsAre(first, link.name()));
}

}  // namespace
}  // namespace accord::protocols
