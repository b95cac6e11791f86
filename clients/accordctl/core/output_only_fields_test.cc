#include "clients/accordctl/core/output_only_fields.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/resources.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"

namespace accord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr char kGetAgency[] = "/accord.registry.v1.RegistryService/GetAgency";
constexpr char kUpdateAgency[] = "/accord.registry.v1.RegistryAdminService/UpdateAgency";
constexpr char kLeftOut[] = "what is given here is left out";

protocols::v1::Protocol SignedProtocol() {
  protocols::v1::Protocol protocol;
  protocol.set_name("agencies/cas-york/protocols/01a");
  protocol.set_etag("etag-1");
  protocol.set_title("Joint work");
  protocol.set_version(2);
  protocol.add_parties()->set_agency("cas-york");
  protocol.add_parties()->set_signed_by("member");
  return protocol;
}

TEST(OutputOnlyFields, AreNamedByTheirPathsHoweverDeep) {
  EXPECT_THAT(OutputOnlyFields(SignedProtocol(), nullptr),
              UnorderedElementsAre("parties.1.signed_by", "version"));
}

TEST(OutputOnlyFields, ThatWerePrintedAreNamedOnlyWhereTheyWereChanged) {
  const protocols::v1::Protocol present = SignedProtocol();
  EXPECT_THAT(OutputOnlyFields(present, &present), IsEmpty());
  protocols::v1::Protocol given = present;
  given.set_title("Joint work of both");
  given.set_version(3);
  EXPECT_THAT(OutputOnlyFields(given, &present), ElementsAre("version"));
  given.mutable_parties(1)->set_signed_by("lead");
  EXPECT_THAT(OutputOnlyFields(given, &present), UnorderedElementsAre("parties.1.signed_by", "version"));
}

using ALineWithWrittenFields = AgainstAGateway;

TEST_F(ALineWithWrittenFields, IsToldWhichAndSentAllTheSame) {
  const Said said =
      Run("agency create --agency-id york --set display_name=York --set create_time=2026-11-24T22:00:00Z");
  const Said plain = Run("agency create --agency-id york --set display_name=York");
  EXPECT_EQ(said.status.code(), plain.status.code()) << said.status;
  EXPECT_THAT(said.err, HasSubstr("the service alone writes create_time: what is given here is left out"));
  EXPECT_THAT(plain.err, Not(HasSubstr(kLeftOut)));
}

TEST_F(ALineWithWrittenFields, HearsNothingOfWhatGetPrinted) {
  registry::v1::Agency agency;
  agency.set_name("agencies/cas-york");
  agency.set_etag("etag-1");
  agency.mutable_create_time()->set_seconds(1);
  gateway_.Answer(kGetAgency, agency);
  gateway_.Answer(kUpdateAgency, agency);
  const std::string printed = R"({"name": "agencies/cas-york", "etag": "etag-1", "display_name": "York", )";
  const Said same =
      RunWords({"agency", "update", "--json", printed + R"("create_time": "1970-01-01T00:00:01Z"})"});
  EXPECT_TRUE(same.status.ok()) << same.status;
  EXPECT_THAT(same.err, Not(HasSubstr(kLeftOut)));
  const Said other =
      RunWords({"agency", "update", "--json", printed + R"("create_time": "2026-01-01T00:00:01Z"})"});
  EXPECT_TRUE(other.status.ok()) << other.status;
  EXPECT_THAT(other.err, HasSubstr("the service alone writes create_time"));
}

}  // namespace
}  // namespace accord::ctl
