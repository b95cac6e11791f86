#include "clients/accordctl/core/given_fields.h"

#include <gmock/gmock.h>

#include <fstream>

#include "accord/protocols/v1/referral_service.pb.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCreateReferral[] = "/accord.protocols.v1.ReferralService/CreateReferral";
constexpr char kNoName[] = "must be a resource name such as agencies/cas-york";

class GivenFields : public AgainstAGateway {
 protected:
  GivenFields() {
    std::ofstream(path("plan.yaml")) << "# a plan\n"
                                        "eventDate: 2026-02-30\n"
                                        "indicators:\n"
                                        "  - one\n"
                                        "  - two\n";
    gateway_.RefuseWith(kCreateReferral, RefuseFields({{"referral.event_date", "must be a day, YYYY-MM-DD"},
                                                       {"referral.indicators[1]", "is longer than 2 bytes"},
                                                       {"referral.protocol", kNoName},
                                                       {"referral.subject_ref", "is required"}}));
  }
  std::string Told(const std::string& beside) {
    const Said said = Run("referral create --purpose child_protection -f " + path("plan.yaml") + beside);
    EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << said.status;
    json_ = PrintError(said.status, Format::kJson);
    return PrintError(said.status, Format::kTable);
  }

  std::string json_;
};

TEST_F(GivenFields, OfAFileAreRefusedWithTheirPlaceInItAndTheirValue) {
  const std::string file = path("plan.yaml");
  EXPECT_THAT(
      Told(""),
      AllOf(HasSubstr(file + ":2:1: referral.event_date must be a day, YYYY-MM-DD; given was "
                             "`2026-02-30`, and there is no such day\n"),
            HasSubstr(file + ":5:5: referral.indicators[1] is longer than 2 bytes; given was `two`\n"),
            HasSubstr(file + ": referral.subject_ref is required\n")));
  EXPECT_EQ(Json::parse(json_)["places"]["referral.event_date"], file + ":2:1");
}

TEST_F(GivenFields, OfTheLineHaveNoPlaceInTheFileBesideIt) {
  EXPECT_THAT(Told(" --set eventDate=soon --set indicators.1=more"),
              AllOf(HasSubstr("  referral.event_date must be a day, YYYY-MM-DD; given was `soon`\n"),
                    HasSubstr("  referral.indicators[1] is longer than 2 bytes; given was `more`\n")));
}

TEST_F(GivenFields, ThatHoldNamesAreToldTheFormsOfTheirOwnNames) {
  EXPECT_THAT(Told(""),
              AllOf(HasSubstr("referral.protocol must be a whole name, agencies/AGENCY_ID/protocols/"),
                    Not(HasSubstr("such as agencies/cas-york"))));
}

TEST_F(GivenFields, BesideTheRecordAreToldAsOptions) {
  gateway_.RefuseWith("/accord.registry.v1.RegistryAdminService/CreateAgency",
                      RefuseFields({{"agency_id", "is required"}, {"agency.display_name", "is required"}}));
  const Said said = Run("agency create --set region=york");
  EXPECT_THAT(
      PrintError(said.status, Format::kTable),
      AllOf(HasSubstr("  --agency-id is required\n"), HasSubstr("  agency.display_name is required\n")));
}

TEST_F(GivenFields, AreThoseOfOtherRulesTooAndNothingIsKnownOfARefusalWithoutFields) {
  EXPECT_EQ(TypedFieldPath("referral.parties[0].agency"), "referral.parties.0.agency");
  gateway_.RefuseWith(kCreateReferral, absl::InvalidArgumentError("no field at all"));
  EXPECT_THAT(Told(""), AllOf(HasSubstr("no field at all"), Not(HasSubstr("plan.yaml"))));
}

}  // namespace
}  // namespace accord::ctl
