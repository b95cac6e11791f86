#include "clients/accordctl/output.h"

#include <gmock/gmock.h>

#include "accord/prosecution/v1/service.pb.h"
#include "accord/protocols/v1/service.pb.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;

protocols::v1::Referral Sample() {
  protocols::v1::Referral referral;
  referral.set_name("agencies/cas-york/referrals/1");
  referral.set_kind(protocols::v1::REFERRAL_KIND_MISSING_YOUTH);
  referral.set_to_agency("ps-york");
  referral.set_state(protocols::v1::REFERRAL_STATE_SUBMITTED);
  referral.mutable_acknowledge_due()->set_seconds(1'800'000'000);
  return referral;
}

ResourceType Type() {
  const auto* message = protocols::v1::Referral::descriptor();
  return {message, message->options().GetExtension(annotations::v1::resource)};
}

TEST(Output, ATableShowsDeclaredColumnsInOntarioTimeAndADashForWhatIsUnknown) {
  const auto referral = Sample();
  EXPECT_EQ(PrintMany(Type(), {&referral}, Format::kTable),
            "NAME  KIND           TO_AGENCY  URGENCY  STATE      ACKNOWLEDGE_DUE\n"
            "1     missing_youth  ps-york    -        submitted  2027-01-15 03:00:00\n");
  EXPECT_EQ(PrintMany(Type(), {}, Format::kTable), "no referrals\n");
}

TEST(Output, ATableShowsTheWholeOfNamesThatEndAlike) {
  auto one = Sample(), other = Sample();
  other.set_name("agencies/cas-durham/referrals/1");
  const std::string table = PrintMany(Type(), {&one, &other}, Format::kTable);
  EXPECT_THAT(table, ::testing::AllOf(HasSubstr("agencies/cas-york/referrals/1 "),
                                      HasSubstr("agencies/cas-durham/referrals/1 ")));
}

TEST(Output, ATableOfWhatIsNoResourceShowsItsFields) {
  prosecution::v1::CaseStatus status;
  status.set_information_number("26-1234");
  const std::string table =
      PrintMany({prosecution::v1::CaseStatus::descriptor(), {}}, {&status}, Format::kTable);
  EXPECT_THAT(table, ::testing::AllOf(HasSubstr("INFORMATION_NUMBER"), HasSubstr("26-1234")));
}

TEST(Output, ProgramsGetJsonWithTheNamesOfTheProto) {
  const auto referral = Sample();
  const Json json = Json::parse(PrintMany(Type(), {&referral}, Format::kJson));
  EXPECT_EQ(json[0]["to_agency"], "ps-york");
  EXPECT_EQ(json[0]["kind"], "REFERRAL_KIND_MISSING_YOUTH");
  EXPECT_EQ(PrintMany(Type(), {&referral}, Format::kName), "agencies/cas-york/referrals/1\n");
}

TEST(Output, ARefusalSaysItsRuleAndWhatToDoNext) {
  const absl::Status refused =
      Refuse(absl::StatusCode::kPermissionDenied, "PURPOSE_MISSING", "Name the purpose.");
  EXPECT_THAT(PrintError(refused, Format::kTable),
              ::testing::AllOf(HasSubstr("PERMISSION_DENIED PURPOSE_MISSING: Name the purpose."),
                               HasSubstr("access explain")));
  EXPECT_EQ(Json::parse(PrintError(refused, Format::kJson))["rule"], "PURPOSE_MISSING");
  const absl::Status fields = RefuseFields({{"referral.urgency", "is required"}});
  EXPECT_THAT(PrintError(fields, Format::kTable), HasSubstr("  referral.urgency is required\n"));
  EXPECT_EQ(ExitOf(refused), kRefused);
  EXPECT_EQ(ExitOf(NotFound()), kNotFound);
  EXPECT_EQ(ExitOf(absl::AbortedError("")), kConflict);
  EXPECT_EQ(ExitOf(fields), kInvalid);
  EXPECT_EQ(ExitOf(absl::UnavailableError("")), kTryAgain);
  EXPECT_EQ(ExitOf(absl::DataLossError("")), kNotVerified);
}

}  // namespace
}  // namespace accord::ctl
