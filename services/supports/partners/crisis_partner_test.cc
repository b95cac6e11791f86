// These tests show whom to turn to for a survivor at a place, on a day.
#include "common/testing/walk.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using testing::Walk;

class CrisisPartners : public SupportsFixture {
 protected:
  static v1::CreateCrisisPartnerRequest Funded(const std::string& agency,
                                               const std::vector<std::string>& catchment) {
    v1::CreateCrisisPartnerRequest request;
    request.set_parent("agencies/vs-ovs");
    auto* partner = request.mutable_crisis_partner();
    partner->set_partner_agency(agency);
    for (const std::string& code : catchment) partner->add_catchment(code);
    partner->set_hours_24_7(true);
    partner->set_phone("1 555 0100");
    partner->set_funded_from("2017-02-23");
    partner->set_source("a list for the test");
    return request;
  }
  v1::CrisisPartner Funds(const std::string& agency, const std::vector<std::string>& catchment) {
    return Must(Call<v1::CrisisPartner>(program_, Funded(agency, catchment)));
  }
  std::string End(v1::CrisisPartner* partner, const std::string& day) {
    v1::EndCrisisPartnerRequest request;
    request.set_funded_to(day);
    return Move(program_, partner, request);
  }
  // This gives the agencies that serve a place on a day, one on each page.
  std::vector<std::string> Serving(const Caller& who, const std::string& place, const std::string& day = "") {
    std::vector<std::string> agencies;
    v1::ListCrisisPartnersRequest request;
    request.set_catchment(place);
    request.set_on(day);
    request.set_page_size(1);
    do {
      const auto page = Must(Call<v1::ListCrisisPartnersResponse>(who, request));
      for (const auto& each : page.crisis_partners()) agencies.push_back(each.partner_agency());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return agencies;
  }
  const Caller program_ = Support("vs-ovs", "program", annotations::v1::ROLE_OVS_PROGRAM);
};

TEST_F(CrisisPartners, AreFoundByThePlaceThatTheyServeOnADay) {
  v1::CrisisPartner york = Funds("vs-york", {"vaughan", "markham", "markham"});
  Funds("vs-durham", {"markham", "oshawa"});
  for (const Caller& who : {worker_, office_, program_}) {
    EXPECT_THAT(Serving(who, "markham"), UnorderedElementsAre("vs-york", "vs-durham"));
    EXPECT_THAT(Serving(who, "oshawa"), UnorderedElementsAre("vs-durham"));
    EXPECT_THAT(Serving(who, "kenora"), IsEmpty());
    EXPECT_THAT(Serving(who, "oshawa", "2017-02-22"), IsEmpty());
    EXPECT_THAT(Serving(who, ""), UnorderedElementsAre("vs-york", "vs-durham"));
  }
  ASSERT_EQ(End(&york, "2021-03-31"), "");
  EXPECT_THAT(Serving(worker_, "vaughan", "2021-03-31"), UnorderedElementsAre("vs-york"));
  EXPECT_THAT(Serving(worker_, "vaughan", "2021-04-01"), IsEmpty());
  EXPECT_THAT(Serving(worker_, "vaughan"), IsEmpty());
}

TEST_F(CrisisPartners, EndOnceAndNotBeforeTheyBegin) {
  v1::CrisisPartner partner = Funds("vs-york", {"vaughan"});
  EXPECT_EQ(End(&partner, "2017-02-22"), "DATES_OUT_OF_ORDER");
  ASSERT_EQ(End(&partner, "2017-02-23"), "");
  EXPECT_EQ(End(&partner, "2018-02-23"), "ALREADY_RECORDED");
}

TEST_F(CrisisPartners, AreRecordedOnceForTheSamePlaces) {
  v1::CrisisPartner york = Funds("vs-york", {"vaughan", "markham"});
  EXPECT_EQ(RuleOfRequest(program_, Funded("vs-york", {"markham", "vaughan", "markham"})),
            "ALREADY_RECORDED");
  EXPECT_EQ(RuleOfRequest(program_, Funded("vs-york", {"markham"})), "");
  EXPECT_EQ(RuleOfRequest(program_, Funded("vs-durham", {"vaughan", "markham"})), "");
  // The partner may begin again after its end.
  ASSERT_EQ(End(&york, "2021-03-31"), "");
  v1::CreateCrisisPartnerRequest again = Funded("vs-york", {"vaughan", "markham"});
  again.mutable_crisis_partner()->set_funded_from("2021-03-31");
  EXPECT_EQ(RuleOfRequest(program_, again), "ALREADY_RECORDED");
  again.mutable_crisis_partner()->set_funded_from("2021-04-01");
  EXPECT_EQ(RuleOfRequest(program_, again), "");
}

// The founding document counts 47 partners and names none. A 48th one is stored with a warning.
TEST_F(CrisisPartners, MoreThanWereAttestedForTheDaySaySo) {
  for (int i = 1; i <= 47; ++i) {
    EXPECT_FALSE(Funds("vs-york", {absl::StrCat("place-", i)}).contradicts_attestation()) << i;
  }
  v1::CreateCrisisPartnerRequest later = Funded("vs-durham", {"oshawa"});
  later.mutable_crisis_partner()->set_funded_from("2017-02-24");
  EXPECT_FALSE(Must(Call<v1::CrisisPartner>(program_, later)).contradicts_attestation());
  v1::CrisisPartner more = Funds("vs-durham", {"oshawa", "whitby"});
  EXPECT_TRUE(more.contradicts_attestation());
  EXPECT_THAT(Serving(worker_, "whitby"), UnorderedElementsAre("vs-durham"));
  // A partner that has ended since still counts for that day.
  ASSERT_EQ(End(&more, "2017-02-23"), "");
  EXPECT_TRUE(Funds("vs-peel", {"brampton"}).contradicts_attestation());
}

using CrisisPartnerWalk = CrisisPartners;

TEST_F(CrisisPartnerWalk, OfAPartner) {
  using namespace annotations::v1;
  Walk walk;
  walk.service = "accord.supports.v1.CrisisPartnerService";
  walk.agencies = {
      {"program", {"vs-ovs", AGENCY_KIND_VICTIM_SERVICES, "program", ROLE_OVS_PROGRAM}},
      {"program elsewhere", {"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "other", ROLE_OVS_PROGRAM}}};
  walk.states = {"none"};
  walk.make = [](const std::string&) { return "agencies/vs-ovs"; };
  walk.table = {{"CreateCrisisPartner", {"program"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, {"EndCrisisPartner"}), 2);
  int records = 0;
  walk.make = [&](const std::string&) {
    v1::CrisisPartner partner = Funded("vs-york", {"vaughan"}).crisis_partner();
    partner.set_name(absl::StrCat("agencies/vs-ovs/crisisPartners/p", ++records));
    return testing::Store(&in_process_, "crisis_partner", &partner, {"vs-ovs", "", {"*"}, {}});
  };
  walk.table = {{"EndCrisisPartner", {"program"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, {"CreateCrisisPartner"}), 2);
}

}  // namespace
}  // namespace accord::supports
