#include "clients/accordctl/core/named_fields.h"

#include <gmock/gmock.h>

#include "accord/audit/v1/audit_service.pb.h"
#include "accord/intelligence/v1/dissemination_service.pb.h"
#include "accord/intelligence/v1/report_service.pb.h"
#include "accord/prosecution/v1/accused_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kEntriesNamed[] = "/accord.audit.v1.AuditService/ListEntries";
constexpr char kCases[] = "/accord.prosecution.v1.CaseService/ListCases";
constexpr char kCreateAccused[] = "/accord.prosecution.v1.AccusedService/CreateAccused";
constexpr char kReports[] = "/accord.intelligence.v1.ReportService/ListReports";
constexpr char kCopies[] = "/accord.intelligence.v1.DisseminationService/ListDisclosures";

class NamedFields : public AgainstAGateway {
 protected:
  NamedFields() {
    prosecution::v1::ListCasesResponse cases;
    for (const char* id : {"01m8hnqs2x", "01m8hnqs7y"}) {
      cases.add_cases()->set_name(std::string("agencies/ps-york/cases/") + id);
    }
    gateway_.Answer(kCases, cases);
    intelligence::v1::ListReportsResponse reports;
    reports.add_reports()->set_name("agencies/ps-york/reports/01m8rep1");
    gateway_.Answer(kReports, reports);
  }
  std::string ParentSent() {
    prosecution::v1::CreateAccusedRequest request;
    EXPECT_TRUE(request.ParseFromString(gateway_.sent(kCreateAccused)));
    return request.parent();
  }
};

// Otherwise a privacy officer would read "no entries" as "nobody has seen it".
TEST_F(NamedFields, OfAnyKindTakeNoShortNameAndSayWhy) {
  const Said said = Run("entry list --disclosures-only --resource 01m8hnw00");
  EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << said.status;
  EXPECT_THAT(std::string(said.status.message()),
              AllOf(HasSubstr("--resource: `01m8hnw00` is a short name"), HasSubstr("write the whole name")));
  EXPECT_THAT(gateway_.asked(), Not(Contains(kEntriesNamed)));
  EXPECT_TRUE(absl::IsInvalidArgument(Run("audit disclosures --resource 01m8hnw00").status));
  EXPECT_THAT(gateway_.asked(), Not(Contains(kEntriesNamed)));
  EXPECT_TRUE(Run("entry list --resource agencies/ps-york/referrals/01m8hnw00").status.ok());
  EXPECT_THAT(gateway_.asked(), Contains(kEntriesNamed));
}

TEST_F(NamedFields, TakeTheShortNameOfAParentThatIsNoAgency) {
  const Said said = Run("accused create --parent 01m8hnqs2 --set accused_ref=A7");
  ASSERT_TRUE(said.status.ok()) << said.status;
  EXPECT_EQ(ParentSent(), "agencies/ps-york/cases/01m8hnqs2x");
  const Said several = Run("accused create --parent 01m8hnqs --set accused_ref=A7");
  EXPECT_TRUE(absl::IsInvalidArgument(several.status)) << several.status;
  EXPECT_THAT(std::string(several.status.message()), HasSubstr("--parent: 01m8hnqs fits 2 names"));
}

TEST_F(NamedFields, WantAParentWhereTheOwnAgencyCannotBeMeant) {
  const Said said = Run("accused create --set accused_ref=A7");
  EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << said.status;
  EXPECT_THAT(std::string(said.status.message()),
              HasSubstr("say of which one: --parent agencies/AGENCY_ID/cases/CASE_ID"));
  EXPECT_THAT(gateway_.asked(), Not(Contains(kCreateAccused)));
}

TEST_F(NamedFields, OfAListAreLookedUpAndWhatNothingIsCalledIsRefused) {
  ASSERT_TRUE(Run("disclosures list --report 01M8REP").status.ok());
  intelligence::v1::ListDisclosuresRequest request;
  ASSERT_TRUE(request.ParseFromString(gateway_.sent(kCopies)));
  EXPECT_EQ(request.report(), "agencies/ps-york/reports/01m8rep1");
  const Said nothing = Run("disclosures list --report 01m8rpe1");
  EXPECT_TRUE(absl::IsNotFound(nothing.status)) << nothing.status;
  EXPECT_THAT(std::string(nothing.status.message()),
              AllOf(HasSubstr("--report: nothing that you may list is called `01m8rpe1`"),
                    HasSubstr("did you mean 01m8rep1?")));
}

TEST_F(NamedFields, ThatTheCallerMayNotLookUpWantTheWholeName) {
  gateway_.RefuseWith(kReports, absl::PermissionDeniedError("not for you"));
  const Said said = Run("disclosures list --report 01m8rep1");
  EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << said.status;
  EXPECT_THAT(std::string(said.status.message()),
              AllOf(HasSubstr("not for you"), HasSubstr("agencies/AGENCY_ID/reports/REPORT_ID")));
  EXPECT_TRUE(Run("disclosures list --report agencies/ps-york/reports/01m8rep1").status.ok());
}

TEST_F(NamedFields, OfTheLogTellWhichRecordsWereSeen) {
  audit::v1::ListEntriesResponse log;
  audit::v1::Entry* entry = log.add_entries();
  entry->set_name("entries/7");
  entry->mutable_record()->set_method("GetReferral");
  entry->mutable_record()->add_resources()->set_name("agencies/ps-york/referrals/01m8one");
  entry->mutable_record()->add_resources()->set_name("agencies/ps-york/referrals/01m8two");
  gateway_.Answer(kEntriesNamed, log);
  const Said said = Run("entry list");
  ASSERT_TRUE(said.status.ok()) << said.status;
  EXPECT_THAT(said.out,
              AllOf(HasSubstr("RESOURCES"),
                    HasSubstr("agencies/ps-york/referrals/01m8one, agencies/ps-york/referrals/01m8two")));
  for (int i = 2; i < 20; ++i)
    entry->mutable_record()->add_resources()->set_name("agencies/ps-york/referrals/x");
  gateway_.Answer(kEntriesNamed, log);
  EXPECT_THAT(Run("entry list").out, HasSubstr("referrals/x, and 12 more"));
}

}  // namespace
}  // namespace accord::ctl
