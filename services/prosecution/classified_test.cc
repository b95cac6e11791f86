#include "common/testing/open_fields.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// These fields are structure: days, states and numbers of the court, ids that mean something to their owner
// alone, and what the service itself checks against a table. Whatever else a prosecution holds is sealed.
TEST(Classified, EveryFieldOfAProsecutionIsSealedOrNamedHereAsStructure) {
  const std::map<std::string, std::set<std::string>> structure = {
      {"Accused",
       {"alerted_days", "charge_date", "court_region", "forum", "information_number", "lead_crown",
        "lead_crown_agency", "next_due", "next_due_what", "open_victim_tasks", "particular_complexity",
        "police_service", "preliminary_held", "retrial_from", "stage", "team_flag", "trial_end",
        "trial_ended"}},
      {"AdviceRequest", {"answered_by", "crown_agency", "next_due", "state"}},
      {"Appearance", {"next_on", "on"}},
      {"Assignment", {"agency", "crown", "from", "mode", "to"}},
      {"Bail", {"no_contact", "on", "status"}},
      {"Case",
       {"court_region", "information_number", "intel_interest", "open_tasks", "opened_by", "police_service",
        "team_flag"}},
      {"CaseNote", {"case", "readers", "written_by"}},
      {"CaseDuplicate", {"linked_by", "record", "same_as", "state", "unlinked_by"}},
      {"CeilingAlert",
       {"accused", "acknowledge_time", "acknowledged_by", "ceiling", "days", "next_due",
        "trial_past_ceiling"}},
      {"ClockResult",
       {"ceiling", "defence_days", "discrete_days", "net_above_ceiling", "net_days",
        "remaining_above_ceiling", "remaining_days", "total_days"}},
      {"Conflict", {"agency", "crown", "declared_on"}},
      {"Correction", {"agency", "by", "ceiling_before", "fields", "stage_before", "time"}},
      {"Count",
       {"law_notes", "minimum_note", "mode", "offence_from", "offence_to", "preliminary_eligible", "rule_set",
        "section", "title", "victim"}},
      {"DelayArgument", {"by", "denied", "law_notes", "on", "party", "question", "rule_set"}},
      {"DelayPeriod", {"by", "cause", "from", "position", "to"}},
      {"Disclosure", {"kind", "sent_on"}},
      {"ForumChange", {"forum", "on"}},
      {"JordanClock",
       {"ceiling_months", "ceiling_source", "days_to_ceiling", "end", "law_note", "rule_set", "start",
        "transitional"}},
      {"LinkToken", {"case", "consent_on", "expires_on", "revoked", "support_agency", "victim"}},
      {"PublicationBan",
       {"applied_by_another", "authority", "informed_of_ban_on", "informed_of_revocation_on", "status",
        "victim", "wishes_inquired_on"}},
      {"RecordsApplication",
       {"counsel_offered_on", "filed_on", "ordered_to_accused_on", "ordered_to_judge_on", "victim"}},
      {"Recognizance", {"from", "law_notes", "rule_set", "section", "to"}},
      {"Restitution", {"considered", "ordered"}},
      {"SentenceOrder", {"on"}},
      {"StageChange", {"by", "on", "stage"}},
      {"TestimonialAid", {"kind", "state", "victim"}},
      {"Victim", {"id"}},
  };
  EXPECT_EQ(accord::testing::OpenFields("accord.prosecution.v1"), structure)
      << "give the field a class, or say here that it is structure";
}

class ClassifiedTest : public ProsecutionFixture {};

TEST_F(ClassifiedTest, WhatIsSaidInCourtIsSealedAndMaskedForWhoHasNoClass) {
  v1::Accused accused = Charged(Assigned());
  v1::RecordAccusedAppearanceRequest appearance;
  appearance.mutable_appearance()->set_on("2026-02-01");
  appearance.mutable_appearance()->set_purpose("APPEARANCE-WORDS");
  ASSERT_EQ(Move(counsel_, &accused, appearance), "");
  v1::RecordAccusedDisclosureRequest disclosure;
  disclosure.mutable_disclosure()->set_package("PACKAGE-WORDS");
  disclosure.mutable_disclosure()->set_kind(v1::DISCLOSURE_KIND_INITIAL);
  disclosure.mutable_disclosure()->set_sent_on("2026-02-01");
  disclosure.mutable_disclosure()->add_outstanding("OUTSTANDING-WORDS");
  ASSERT_EQ(Move(counsel_, &accused, disclosure), "");
  ASSERT_EQ(Advance(&accused, "hear_bail", "2026-10-01", counsel_), "");
  ASSERT_EQ(Advance(&accused, "plead_guilty", "2026-10-02", counsel_), "");
  ASSERT_EQ(Advance(&accused, "begin_sentencing", "2026-10-03", counsel_), "");
  v1::RecordAccusedSentenceRequest sentence;
  sentence.mutable_order()->set_on("2026-11-01");
  sentence.mutable_order()->set_sentence("SENTENCE-WORDS");
  sentence.mutable_order()->add_ancillaries("ANCILLARY-WORDS");
  sentence.mutable_order()->mutable_restitution()->set_considered(true);
  ASSERT_EQ(Move(counsel_, &accused, sentence), "");
  const std::string stored = StoredWithoutKey();
  const std::string seen = Read(accused.name(), counsel_).SerializeAsString();
  const std::string masked = Read(accused.name(), clerk_).SerializeAsString();
  EXPECT_NE(masked, "");
  for (const char* words :
       {"APPEARANCE-WORDS", "PACKAGE-WORDS", "OUTSTANDING-WORDS", "SENTENCE-WORDS", "ANCILLARY-WORDS"}) {
    EXPECT_THAT(stored, Not(HasSubstr(words)));
    EXPECT_THAT(seen, HasSubstr(words));
    EXPECT_THAT(masked, Not(HasSubstr(words)));
  }
}

}  // namespace
}  // namespace accord::prosecution
