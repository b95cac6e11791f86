// In these tests the service that keeps a victim's consents ends the link that rests on one, on behalf of the
// agency that it was made for and of no other.
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

class LinkWithdrawal : public ProsecutionFixture {
 protected:
  v1::LinkToken Linked() { return Must(Call<v1::LinkToken>(counsel_, LinkTo(Assigned()))); }
  std::string End(const v1::LinkToken& link, const std::string& on_behalf_of, v1::LinkToken* told = nullptr) {
    v1::WithdrawLinkTokenRequest request;
    request.set_name(link.name());
    request.set_on_behalf_of(on_behalf_of);
    return Rule(Call<v1::LinkToken>(service_, request), told);
  }
  std::string Opens(const v1::LinkToken& link) {
    v1::GetLinkedCaseRequest open;
    open.set_name(link.name());
    return Rule(Call<v1::GetLinkedCaseResponse>(support_, open));
  }

  const Caller service_ = {
      "sv-supports", annotations::v1::AGENCY_KIND_PLATFORM_SERVICE, "supports",
      "relay",       {annotations::v1::ROLE_PLATFORM_SERVICE},      annotations::v1::PURPOSE_VICTIM_SUPPORT};
};

TEST_F(LinkWithdrawal, EndsTheLinkHoweverOftenItIsAskedForAndTellsNothingOfTheCase) {
  const v1::LinkToken link = Linked();
  ASSERT_EQ(Opens(link), "");
  for (int times = 0; times < 2; ++times) {
    v1::LinkToken told;
    ASSERT_EQ(End(link, "vs-york", &told), "");
    EXPECT_TRUE(told.revoked());
    EXPECT_EQ(told.name(), link.name());
    EXPECT_EQ(told.case_() + told.victim() + told.consent_on() + told.etag(), "");
  }
  EXPECT_EQ(Opens(link), "NOT_FOUND");
}

TEST_F(LinkWithdrawal, IsAnsweredForAnotherAgencysLinkAsForNone) {
  const v1::LinkToken link = Linked();
  v1::LinkToken nothing;
  nothing.set_name("agencies/cr-york/linkTokens/0000000000000000000000000a");
  const auto of = [&](const v1::LinkToken& asked, const std::string& on_behalf_of) {
    v1::WithdrawLinkTokenRequest request;
    request.set_name(asked.name());
    request.set_on_behalf_of(on_behalf_of);
    return Call<v1::LinkToken>(service_, request).status();
  };
  const absl::Status hidden = of(link, "vs-durham"), absent = of(nothing, "vs-york");
  EXPECT_EQ(RuleOf(hidden), "NOT_FOUND");
  EXPECT_EQ(hidden, absent);
  EXPECT_EQ(Opens(link), "") << "nothing happened to it";
}

TEST_F(LinkWithdrawal, IsForNoPersonAndForNoOtherPurpose) {
  const v1::LinkToken link = Linked();
  v1::WithdrawLinkTokenRequest request;
  request.set_name(link.name());
  request.set_on_behalf_of("vs-york");
  for (const Caller& person : {counsel_, support_, police_, office_}) {
    EXPECT_THAT(Call<v1::LinkToken>(person, request), RefusedBy(rules::kAgencyKindNotPermitted))
        << person.agency;
  }
  // The relay of inspectors' observations is such a service too, and has another purpose.
  Caller other = service_;
  other.purpose = annotations::v1::PURPOSE_TRAINING;
  EXPECT_THAT(Call<v1::LinkToken>(other, request), RefusedBy(rules::kPurposeNotPermitted));
  EXPECT_EQ(Opens(link), "");
}

}  // namespace
}  // namespace accord::prosecution
