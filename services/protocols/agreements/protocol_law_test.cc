// These tests show that a change of the law opens the reviews that it calls for, once and in one call.
#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ProtocolLaw : public UnderAProtocol {
 protected:
  // York's society and police agree on a text that rests on these laws.
  v1::Protocol Resting(const std::vector<std::string>& laws) {
    v1::CreateProtocolRequest draft = Draft();
    for (const auto& law : laws) draft.mutable_protocol()->add_legal_basis(law);
    draft.mutable_protocol()->add_territory("york-region");
    draft.mutable_protocol()->set_kind(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
    return Must(MoveProtocol<v1::SignProtocolRequest>(
        chief_, Must(MoveProtocol<v1::SignProtocolRequest>(director_, Offered(draft)))));
  }
  v1::OpenLegislativeReviewsResponse Change(const std::string& law, const std::string& day = "2026-11-01") {
    return Must(Call<v1::OpenLegislativeReviewsResponse>(office_, Request(law, day)));
  }
  static v1::OpenLegislativeReviewsRequest Request(const std::string& law, const std::string& day) {
    v1::OpenLegislativeReviewsRequest request;
    request.set_law(law);
    request.set_changed_on(day);
    request.set_reason("The Act was amended.");
    return request;
  }
  const Caller office_ =
      Office(annotations::v1::ROLE_OFFICE_DIRECTOR, annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE);
};

TEST_F(ProtocolLaw, OpensAReviewOfWhateverCitesItOrAPartOfIt) {
  const v1::Protocol p = Resting({"Standards 2016", "CYFSA  s. 74(2)(d.1)"});
  ASSERT_EQ(p.state(), v1::PROTOCOL_STATE_IN_FORCE);
  for (const char* other : {"CYFSA s. 7", "CYFSA s. 741", "FIPPA", "s. 74"}) {
    EXPECT_THAT(Change(other).opened(), IsEmpty()) << other;
  }
  const auto answer = Change("cyfsa S. 74");
  EXPECT_THAT(answer.opened(), ElementsAre(p.name()));
  EXPECT_THAT(answer.left(), IsEmpty());
  const v1::Protocol seen = Read(p.name(), chief_);
  EXPECT_EQ(seen.state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
  ASSERT_EQ(seen.reviews_size(), 1);
  EXPECT_EQ(seen.reviews(0).kind(), v1::REVIEW_KIND_TRIGGERED_LEGISLATIVE);
  EXPECT_EQ(seen.reviews(0).reason(), "The Act was amended.");
  EXPECT_EQ(seen.reviews(0).law_changed_on(), "2026-11-01");
  EXPECT_EQ(Read(protocol_.name(), chief_).state(), v1::PROTOCOL_STATE_IN_FORCE) << "it cites nothing";
}

TEST_F(ProtocolLaw, OpensNoReviewOfOneChangeTwiceThoughTheFirstIsOver) {
  v1::Protocol p = Resting({"CYFSA"});
  EXPECT_THAT(Change("CYFSA").opened(), ElementsAre(p.name()));
  EXPECT_THAT(Change("CYFSA").left(), ElementsAre(p.name()));
  for (const Caller& caller : {director_, chief_}) {
    p = Must(MoveProtocol<v1::RenewProtocolRequest>(caller, Read(p.name(), caller)));
  }
  ASSERT_EQ(p.state(), v1::PROTOCOL_STATE_IN_FORCE);
  const auto again = Change("CYFSA");
  EXPECT_THAT(again.opened(), IsEmpty());
  EXPECT_THAT(again.left(), ElementsAre(p.name()));
  EXPECT_EQ(Read(p.name(), chief_).reviews_size(), 1);
  EXPECT_THAT(Change("CYFSA", "2026-11-20").opened(), ElementsAre(p.name())) << "another change of it";
}

TEST_F(ProtocolLaw, IsTheOfficesToTellOfAndNamesALaw) {
  Resting({"CYFSA"});
  EXPECT_THAT(Call<v1::OpenLegislativeReviewsResponse>(chief_, Request("CYFSA", "2026-11-01")),
              RefusedBy(rules::kAgencyKindNotPermitted));
  EXPECT_THAT(Call<v1::OpenLegislativeReviewsResponse>(office_, Request("  ", "2026-11-01")),
              RefusedBy(rules::kFieldInvalid));
  // The answer tells nobody what the parties still negotiate.
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->add_legal_basis("FIPPA s. 42");
  ASSERT_OK(Call<v1::Protocol>(director_, draft));
  const auto answer = Change("FIPPA");
  EXPECT_THAT(answer.opened(), IsEmpty());
  EXPECT_THAT(answer.left(), IsEmpty());
}

}  // namespace
}  // namespace accord::protocols
