#include "clients/accordctl/audit/disclosures.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "clients/accordctl/core/csv_cell.h"
#include "clients/accordctl/testing/command_line_fixture.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

TEST(CsvCell, IsQuotedWhereItMustBeAndIsNoFormula) {
  EXPECT_EQ(CsvCell("ps-york"), "ps-york");
  EXPECT_EQ(CsvCell(""), "");
  EXPECT_EQ(CsvCell("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvCell("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(CsvCell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(CsvCell("=1+1"), "'=1+1");
  EXPECT_EQ(CsvCell("@sum,1"), "\"'@sum,1\"");
}

class DisclosuresCommand : public CommandLine {};

TEST_F(DisclosuresCommand, SaysTheFileOfNamesThatCannotBeReadAndWhy) {
  ASSERT_EQ(Said("audit disclosures --resources /nowhere.txt"), "");
  const absl::Status status = session_.action();
  EXPECT_THAT(status, testing::RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("/nowhere.txt: No such file or directory"));
}

class Disclosures : public ::testing::Test {
 protected:
  Disclosures() { setenv("TZ", "America/Toronto", 1); }
  ~Disclosures() override { unsetenv("TZ"); }
  audit::v1::AuditRecord* Add(int64_t index, const std::string& agency, const std::string& method) {
    audit::v1::Entry& entry = told_[index];
    entry.set_index(index);
    audit::v1::AuditRecord* record = entry.mutable_record();
    record->set_agency(agency);
    record->set_actor("member");
    record->set_method("/accord.protocols.v1.ReferralService/" + method);
    record->set_purpose(annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION);
    *record->mutable_time() = ToProto(absl::FromUnixSeconds(1'800'000'000) + absl::Minutes(index));
    for (const char* owner : {"cas-york", "ps-york"}) {
      auto* resource = record->add_resources();
      resource->set_name(std::string("agencies/") + owner + "/referrals/r1");
      resource->set_owner(owner);
    }
    return record;
  }
  EntriesTold told_;
};

TEST_F(Disclosures, StandNewestFirstWithTheOwnersRecordsAlone) {
  Add(1, "ps-york", "GetReferral");
  Add(2, "ps-york", "AcknowledgeReferral");
  Add(3, "ps-durham", "GetReferral")->set_decision(audit::v1::DECISION_DENY);
  EXPECT_EQ(DisclosuresCsv(told_, "cas-york", false),
            "time,agency,person,method,purpose,records\r\n"
            "2027-01-15 03:02:00 EST -05:00,ps-york,member,AcknowledgeReferral,criminal_investigation,"
            "agencies/cas-york/referrals/r1\r\n"
            "2027-01-15 03:01:00 EST -05:00,ps-york,member,GetReferral,criminal_investigation,"
            "agencies/cas-york/referrals/r1\r\n");
}

TEST_F(Disclosures, ForThePersonNameNobodyOfAnotherAgency) {
  Add(1, "ps-york", "GetReferral");
  audit::v1::AuditRecord* recovered = Add(2, "", "");
  recovered->clear_method();
  recovered->clear_actor();
  recovered->clear_purpose();
  recovered->set_service("protocols");
  EXPECT_EQ(DisclosuresCsv(told_, "cas-york", true),
            "time,agency,method,purpose,records\r\n"
            "2027-01-15 03:02:00 EST -05:00,protocols,,,agencies/cas-york/referrals/r1\r\n"
            "2027-01-15 03:01:00 EST -05:00,ps-york,GetReferral,criminal_investigation,"
            "agencies/cas-york/referrals/r1\r\n");
}

}  // namespace
}  // namespace accord::ctl
