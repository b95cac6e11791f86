// This tests what a breach report requests, refuses and prints.
#include "clients/accordctl/audit/breach.h"

#include <gmock/gmock.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/testing/command_line_fixture.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/rules.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::RefusedBy;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);  // It is 2027-01-15 03:00 EST.

BreachWanted Asked() {
  BreachWanted wanted;
  wanted.from = "2027-01-01T00:00";
  wanted.to = "2027-01-15T02:00";
  wanted.agency = "ps-york";
  return wanted;
}

absl::Status Refused(const BreachWanted& wanted) { return BreachRequest(wanted, "cas-york", kNow).status(); }

TEST(BreachRequest, AsksForWhatAnotherAgencySawWithinTheTime) {
  const auto request = BreachRequest(Asked(), "cas-york", kNow);
  ASSERT_OK(request);
  EXPECT_EQ(request->at("from").get<std::string>(), "2027-01-01T05:00:00Z");
  EXPECT_EQ(request->at("until").get<std::string>(), "2027-01-15T07:00:00Z");
  EXPECT_EQ(request->at("by_agency").get<std::string>(), "ps-york");
  EXPECT_TRUE(request->at("disclosures_only").get<bool>());
}

TEST(BreachRequest, OfTheOwnAgencyIsOfWhatItWasShownToo) {
  const auto request = BreachRequest(Asked(), "ps-york", kNow);
  ASSERT_OK(request);
  EXPECT_FALSE(request->contains("disclosures_only"));
}

TEST(BreachRequest, IsRefusedOverATimeThatIsOpenOrHasNotEnded) {
  BreachWanted no_end = Asked(), no_beginning = Asked(), turned = Asked(), not_past = Asked();
  no_end.to = "";
  no_beginning.from = "";
  std::swap(turned.from, turned.to);
  not_past.to = "2027-01-15T03:01";
  for (const BreachWanted& wanted : {no_end, no_beginning, turned, not_past}) {
    EXPECT_THAT(Refused(wanted), RefusedBy(rules::kFieldInvalid)) << wanted.from << " to " << wanted.to;
  }
}

TEST(BreachRequest, IsRefusedWithoutAnybodyAndWithWhatIsNoCertificate) {
  BreachWanted nobody = Asked();
  nobody.agency = "";
  EXPECT_THAT(Refused(nobody), RefusedBy(rules::kFieldInvalid));
  for (const char* certificate : {"rms", "00ff", "systems/rms/certificates/zz"}) {
    BreachWanted wanted = Asked();
    wanted.certificate = certificate;
    EXPECT_THAT(Refused(wanted), RefusedBy(rules::kFieldInvalid)) << certificate;
  }
}

class BreachReport : public ::testing::Test {
 protected:
  audit::v1::AuditRecord* Add(int64_t index, const std::string& agency, char fingerprint) {
    audit::v1::Entry& entry = told_[index];
    entry.set_index(index);
    audit::v1::AuditRecord* record = entry.mutable_record();
    record->set_agency(agency);
    record->set_actor("member");
    record->set_method("/accord.protocols.v1.ReferralService/GetReferral");
    record->set_purpose(annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION);
    record->set_certificate_fingerprint(std::string(32, fingerprint));
    *record->mutable_time() = ToProto(kNow - absl::Hours(10) + absl::Minutes(index));
    for (const char* owner : {"cas-york", "cas-durham"}) {
      auto* resource = record->add_resources();
      resource->set_name(absl::StrCat("agencies/", owner, "/referrals/r", index));
      resource->set_owner(owner);
      resource->set_touch(caller::v1::TOUCH_DISCLOSED);
    }
    return record;
  }
  std::vector<std::string> Records(const std::string& reader, const std::string& certificate = "") {
    std::vector<std::string> records;
    for (const BreachLine& line : BreachLines(told_, reader, certificate)) records.push_back(line.record);
    return records;
  }
  EntriesTold told_;
};

TEST_F(BreachReport, TellsAnOwnerOfItsRecordsAloneOldestFirst) {
  Add(2, "ps-york", 'a');
  Add(1, "ps-york", 'a');
  EXPECT_THAT(Records("cas-york"),
              ElementsAre("agencies/cas-york/referrals/r1", "agencies/cas-york/referrals/r2"));
}

TEST_F(BreachReport, TellsAnAgencyWhatItsOwnPeopleWereShownOfOthers) {
  Add(1, "ps-york", 'a');
  EXPECT_THAT(Records("ps-york"),
              ElementsAre("agencies/cas-york/referrals/r1", "agencies/cas-durham/referrals/r1"));
}

TEST_F(BreachReport, LeavesOutWhatWasRefused) {
  Add(1, "ps-york", 'a')->set_decision(audit::v1::DECISION_DENY);
  EXPECT_THAT(Records("cas-york"), IsEmpty());
}

TEST_F(BreachReport, OfACertificateIsOfItsCallsByNameOrFingerprint) {
  Add(1, "ps-york", 'a');
  Add(2, "ps-york", 'b');
  const std::string digits = Hex(std::string(32, 'b'));
  for (const std::string& certificate :
       {digits, absl::StrCat("agencies/ps-york/systems/rms/certificates/", digits.substr(0, 32))}) {
    EXPECT_THAT(Records("cas-york", certificate), ElementsAre("agencies/cas-york/referrals/r2"));
  }
}

TEST_F(BreachReport, SaysWhatWasChangedUnseenAndWhatIsNotKnown) {
  audit::v1::AuditRecord* record = Add(1, "ps-york", 'a');
  record->mutable_resources(0)->set_touch(caller::v1::TOUCH_CHANGED);
  record->set_owner_only(true);
  record->set_effect_unknown(true);
  const std::vector<BreachLine> lines = BreachLines(told_, "cas-york", "");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].touch, "changed_unseen");
  EXPECT_THAT(BreachCsv(lines), AllOf(HasSubstr("effect,record\r\n"), HasSubstr(",changed_unseen,unknown,")));
  const Json json = BreachJson(Json::object(), lines, LogRead());
  EXPECT_TRUE(json.at("touched").at(0).at("effect_unknown").get<bool>());
}

TEST_F(BreachReport, CanHoldReferralsAndNothingElseEachOnce) {
  Add(1, "ps-york", 'a');
  audit::v1::AuditRecord* again = Add(2, "ps-york", 'a');
  again->mutable_resources(0)->set_name("agencies/cas-york/referrals/r1");
  Add(3, "ps-york", 'a')->mutable_resources(0)->set_name("agencies/cas-york/referrals/r1/notes/n1");
  Add(4, "ps-york", 'a')->mutable_resources(0)->set_name("agencies/cas-york/protocols/p1");
  EXPECT_THAT(HoldableRecords(BreachLines(told_, "cas-york", "")),
              ElementsAre("agencies/cas-york/referrals/r1"));
}

TEST_F(BreachReport, CountsRecordsAndSaysWhenTheLogIsNotWhole) {
  Add(1, "ps-york", 'a');
  Add(2, "ps-york", 'a');
  LogRead log;
  log.size = 90;
  log.root = "00ff";
  const std::vector<BreachLine> lines = BreachLines(told_, "cas-york", "");
  EXPECT_THAT(BreachTable(lines, log),
              AllOf(HasSubstr("2 records in 2 entries of the log, by 1 agency"),
                    HasSubstr("90 entries, root 00ff"), Not(HasSubstr("NOT WHOLE"))));
  log.moved_before = 40;
  EXPECT_THAT(BreachTable(lines, log), HasSubstr("NOT WHOLE: entries below 40"));
  EXPECT_FALSE(BreachJson(Json::object(), lines, log).at("whole").get<bool>());
}

TEST_F(CommandLine, ABreachReportOverAnOpenTimeIsRefusedBeforeAnybodyIsAsked) {
  ASSERT_EQ(Said("breach report --from 2026-11-01T00:00 --agency ps-york"), "");
  EXPECT_THAT(session_.action(), RefusedBy(rules::kFieldInvalid));
}

}  // namespace
}  // namespace accord::ctl
