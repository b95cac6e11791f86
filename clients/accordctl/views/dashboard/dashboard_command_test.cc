// This tests the dashboard against a gateway: what it asks for, what it leaves out, and how it fails.
#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/host/v1/changes.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "accord/strategy/v1/funding_application_service.pb.h"
#include "accord/strategy/v1/funding_call_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/testing/answering_gateway.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"
#include "clients/accordctl/testing/printed.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kReferrals[] = "/accord.protocols.v1.ReferralService/ListReferrals";
constexpr char kDisputes[] = "/accord.protocols.v1.DisputeService/ListDisputes";

class DashboardCommand : public ::testing::Test {
 protected:
  DashboardCommand() {
    registry::v1::Agency agency;
    agency.set_kind(annotations::v1::AGENCY_KIND_POLICE_SERVICE);
    gateway_.Answer("/accord.registry.v1.RegistryService/GetAgency", agency);
    p::ListReferralsResponse referrals;
    auto* referral = referrals.add_referrals();
    referral->set_name("agencies/cas-york/referrals/01a");
    referral->set_to_agency("ps-york");
    *referral->mutable_next_due() = ToProto(absl::Now() + absl::Minutes(90));
    referral->set_next_due_what(p::NEXT_DUE_ACKNOWLEDGE);
    gateway_.Answer(kReferrals, referrals);
  }
  // This gives what the command prints.
  std::string Run(std::vector<std::string> words, absl::Status* status) {
    words.insert(words.begin(), "dashboard");
    return Printed(&tls_gateway_, AddDashboardCommand, std::move(words), status);
  }

  AnsweringGateway gateway_;
  FakeTlsGateway tls_gateway_{&gateway_};
};

TEST_F(DashboardCommand, LeavesOutSilentlyWhatIsNotTheCallersToRead) {
  gateway_.RefuseWith(kDisputes, Refuse(rules::kRoleNotPermitted, "The actor has no role."));
  absl::Status status;
  const std::string table = Run({}, &status);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(table, HasSubstr("accordctl referral acknowledge agencies/cas-york/referrals/01a"));
  EXPECT_THAT(table, Not(HasSubstr("not read")));
  // Nothing is asked for another purpose, or of other agencies: a refusal would only stand in the log.
  EXPECT_THAT(gateway_.asked(), Contains(kReferrals));
  EXPECT_THAT(gateway_.asked(), Each(AllOf(Not(HasSubstr("intelligence")), Not(HasSubstr("accord.training")),
                                           Not(HasSubstr("ListBoard")), Not(HasSubstr("ListProtocols")))));
}

TEST_F(DashboardCommand, SaysBelowTheTableWhatFailedAndFails) {
  gateway_.RefuseWith(kDisputes, Refuse(rules::kDatabaseError, "Something broke."));
  absl::Status status;
  const std::string table = Run({}, &status);
  EXPECT_TRUE(absl::IsInternal(status)) << status;
  EXPECT_THAT(table, HasSubstr("agencies/cas-york/referrals/01a"));
  EXPECT_THAT(table, HasSubstr("not read: disputes (DATABASE_ERROR: Something broke.)"));
}

TEST_F(DashboardCommand, WithoutAnyKindToReadSaysSo) {
  absl::Status status;
  EXPECT_EQ(Run({"--purpose", "administration"}, &status), "");
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("--purpose"));
}

TEST_F(DashboardCommand, OfTheOfficeReadsForFundingWhatWaitsOfTheStrategy) {
  registry::v1::Agency office;
  office.set_kind(annotations::v1::AGENCY_KIND_COORDINATION_OFFICE);
  gateway_.Answer("/accord.registry.v1.RegistryService/GetAgency", office);
  strategy::v1::ListFundingCallsResponse calls;
  calls.add_funding_calls()->set_name("agencies/co-pahtco/fundingCalls/01c");
  calls.mutable_funding_calls(0)->set_state(strategy::v1::FUNDING_CALL_STATE_CLOSED);
  gateway_.Answer("/accord.strategy.v1.FundingCallService/ListFundingCalls", calls);
  strategy::v1::ListFundingApplicationsResponse applications;
  auto* application = applications.add_funding_applications();
  application->set_name("agencies/or-shelter/fundingApplications/01a");
  application->set_funding_call("agencies/co-pahtco/fundingCalls/01c");
  application->set_state(strategy::v1::FUNDING_APPLICATION_STATE_SUBMITTED);
  gateway_.Answer("/accord.strategy.v1.FundingApplicationService/ListFundingApplications", applications);
  absl::Status status;
  const std::string table = Run({"--purpose", "funding"}, &status);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(table,
              HasSubstr("accordctl funding-application screen agencies/or-shelter/fundingApplications/01a"));
  for (const char* list : {"ListFundingAgreements", "ListPayments", "ListIndicatorObservations",
                           "ListProgressReports", "ListFundingAssessments", "ListConflictDeclarations"}) {
    EXPECT_THAT(gateway_.asked(), Contains(HasSubstr(list))) << list;
  }
}

TEST_F(DashboardCommand, ShowsItAgainWhenSomethingChanges) {
  host::v1::Change change;
  change.set_kind("referral");
  change.set_name("agencies/cas-york/referrals/01a");
  change.set_watch_token("after it");
  gateway_.Answer("/accord.protocols.v1.ChangeService/WatchChanges", change);
  absl::Status status;
  const std::string shown = Run({"--watch", "--limit", "2"}, &status);
  EXPECT_TRUE(status.ok()) << status;
  const std::size_t first = shown.find("agencies/cas-york/referrals/01a");
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(shown.find("Times are of ", shown.find("Times are of ") + 1), std::string::npos) << shown;
  EXPECT_THAT(gateway_.asked(), Each(AllOf(Not(HasSubstr("intelligence.v1.ChangeService")),
                                           Not(HasSubstr("training.v1.ChangeService")))));
}

TEST_F(DashboardCommand, ShowsTheCertificateByWhichItCallsWhenThatIsDue) {
  absl::Status status;
  EXPECT_THAT(Run({}, &status), Not(HasSubstr("accordctl certificate renew")));
  const auto old =
      tls_gateway_.pki().FromAgencyCa("old", {.uris = {"spiffe://accord.example/agency/ps-york/system/rms"},
                                              .not_before = -80 * 24 * 3600,
                                              .not_after = 10 * 24 * 3600});
  Contexts contexts = *ReadContexts(tls_gateway_.contexts_file());
  contexts.all["york"].certificate_file = old.certificate_file;
  contexts.all["york"].key_file = old.key_file;
  ASSERT_TRUE(WriteContexts(tls_gateway_.contexts_file(), contexts).ok());
  EXPECT_THAT(Run({}, &status), HasSubstr("accordctl certificate renew"));
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(DashboardCommand, EndsWhenNobodyTellsItOfChanges) {
  for (const char* service : {"protocols", "prosecution", "supports"}) {
    gateway_.RefuseWith(absl::StrCat("/accord.", service, ".v1.ChangeService/WatchChanges"),
                        Refuse(rules::kRoleNotPermitted, "The actor has no role."));
  }
  absl::Status status;
  EXPECT_THAT(Run({"--watch"}, &status), HasSubstr("agencies/cas-york/referrals/01a"));
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
}

TEST_F(DashboardCommand, NamesWhatIsTypedNextWithTheOptionsByWhichItWasShown) {
  absl::Status status;
  EXPECT_THAT(Run({}, &status), Not(HasSubstr("--actor")));
  const std::string table =
      Run({"--context", "york", "--actor", "member", "--purpose", "criminal_investigation"}, &status);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(table,
              HasSubstr("accordctl referral acknowledge agencies/cas-york/referrals/01a --context york "
                        "--actor member --purpose criminal_investigation"));
}

TEST_F(DashboardCommand, WaitsOnceForAllThatDoesNotAnswerAndSaysSo) {
  gateway_.RefuseWith(kReferrals, absl::UnavailableError("down"));
  gateway_.RefuseWith(kDisputes, absl::UnavailableError("down"));
  absl::Status status;
  ::testing::internal::CaptureStderr();
  Run({}, &status);
  const std::string told = ::testing::internal::GetCapturedStderr();
  EXPECT_GT(gateway_.acted(kReferrals), 1) << "it may come back";
  EXPECT_EQ(gateway_.acted(kDisputes), 1) << "all the time is spent";
  EXPECT_EQ(told.find("it is asked again, for 0.5 s"), told.rfind("it is asked again"));
  EXPECT_THAT(told, HasSubstr("it is asked again, for 0.5 s at the most"));
}

TEST_F(DashboardCommand, WritesAPage) {
  absl::Status status;
  const std::string file = tls_gateway_.directory().path("page.html");
  const std::string said = Run({"--html", file}, &status);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(said, HasSubstr("1 unassigned"));
  EXPECT_THAT(testing::Slurp(file), HasSubstr("<th scope=\"row\">acknowledge referral</th>"));
}

}  // namespace
}  // namespace accord::ctl
