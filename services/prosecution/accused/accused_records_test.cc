#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

// These tests show what is recorded of an accused beside the stages: sentences, bail, disclosure
// and recognizances.
class AccusedRecords : public ProsecutionFixture {
 protected:
  v1::Case case_ = Assigned();
};

TEST_F(AccusedRecords, NobodyFoundGuiltyConcludesWithoutASentence) {
  v1::Accused accused = Charged(case_);
  ASSERT_EQ(Advance(&accused, "hear_bail", "2026-10-01", counsel_), "");
  ASSERT_EQ(Advance(&accused, "plead_guilty", "2026-10-02", counsel_), "");
  ASSERT_EQ(Dispose(&accused, 0, v1::DISPOSITION_GUILTY_PLEA, "2026-10-02"), "");
  EXPECT_EQ(Advance(&accused, "conclude", "2026-10-03", counsel_), "SENTENCE_MISSING");
  ASSERT_EQ(Advance(&accused, "begin_sentencing", "2026-10-03", counsel_), "");
  EXPECT_EQ(Advance(&accused, "conclude", "2026-10-03", counsel_), "SENTENCE_MISSING");
  const auto sentence = [&](const std::string& on) {
    v1::RecordAccusedSentenceRequest request;
    request.set_name(accused.name());
    request.set_etag(accused.etag());
    request.mutable_order()->set_on(on);
    request.mutable_order()->set_sentence("six years");
    request.mutable_order()->mutable_restitution()->set_considered(true);
    return Rule(Call<v1::Accused>(counsel_, request), &accused);
  };
  ASSERT_EQ(sentence("2026-10-04"), "");
  ASSERT_EQ(Advance(&accused, "conclude", "2026-10-05", counsel_), "");
  // The sentence of a verdict that was set aside does not count for the next verdict.
  ASSERT_EQ(Advance(&accused, "appeal", "2026-10-06", counsel_), "");
  ASSERT_EQ(Advance(&accused, "order_retrial", "2026-10-07", counsel_), "");
  ASSERT_EQ(Dispose(&accused, 0, v1::DISPOSITION_CONVICTED, "2026-10-08"), "");
  EXPECT_EQ(Advance(&accused, "conclude", "2026-10-09", counsel_), "SENTENCE_MISSING");
}

TEST_F(AccusedRecords, RestitutionIsConsideredInEverySentence) {
  v1::Accused accused = Charged(case_);
  const auto sentence = [&](bool considered, bool ordered, int64_t cents) {
    v1::RecordAccusedSentenceRequest request;
    request.set_name(accused.name());
    request.set_etag(accused.etag());
    request.mutable_order()->set_on("2026-11-01");
    request.mutable_order()->set_sentence("six years");
    request.mutable_order()->mutable_restitution()->set_considered(considered);
    request.mutable_order()->mutable_restitution()->set_ordered(ordered);
    request.mutable_order()->mutable_restitution()->set_amount_cents(cents);
    return Rule(Call<v1::Accused>(counsel_, request), &accused);
  };
  EXPECT_EQ(sentence(true, true, 1), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Advance(&accused, "hear_bail", "2026-10-01", counsel_), "");
  ASSERT_EQ(Advance(&accused, "plead_guilty", "2026-10-02", counsel_), "");
  ASSERT_EQ(Advance(&accused, "begin_sentencing", "2026-10-03", counsel_), "");
  EXPECT_EQ(sentence(false, false, 0), "RESTITUTION_NOT_CONSIDERED");
  EXPECT_EQ(sentence(true, true, 0), "FIELD_INVALID");
  EXPECT_EQ(sentence(true, true, 12'500'00), "");
}

TEST_F(AccusedRecords, RestitutionThatIsNotConsideredHasAReasonAndIsNotOrdered) {
  v1::Accused accused = Charged(case_);
  for (const char* event : {"hear_bail", "plead_guilty", "begin_sentencing"}) {
    ASSERT_EQ(Advance(&accused, event, "2026-10-01", counsel_), "") << event;
  }
  v1::RecordAccusedSentenceRequest request;
  request.mutable_order()->set_on("2026-11-01");
  request.mutable_order()->set_sentence("six years");
  auto* restitution = request.mutable_order()->mutable_restitution();
  restitution->set_reason("The victim asked for none.");
  restitution->set_ordered(true);
  restitution->set_amount_cents(100);
  EXPECT_EQ(Move(counsel_, &accused, request), "RESTITUTION_NOT_CONSIDERED");
  restitution->set_ordered(false);
  restitution->set_amount_cents(0);
  restitution->set_payee_ref("Jane Doe");
  EXPECT_EQ(Move(counsel_, &accused, request), "REFERENCE_NAMES_PERSON");
  restitution->set_payee_ref("payee-7");
  ASSERT_EQ(Move(counsel_, &accused, request), "");
  EXPECT_EQ(accused.orders(0).restitution().reason(), "The victim asked for none.");
  EXPECT_EQ(Read(accused.name(), clerk_).orders(0).restitution().reason(), "");
}

TEST_F(AccusedRecords, WhoIsGuiltyConcludesWithoutASentenceForARecordedReasonAlone) {
  v1::Accused accused = Charged(case_);
  const auto conclude = [&](const std::string& event, const std::string& reason) {
    v1::AdvanceAccusedRequest request;
    request.set_event(event);
    request.set_on("2026-10-05");
    request.set_no_sentence_reason(reason);
    return Move(counsel_, &accused, request);
  };
  ASSERT_EQ(Advance(&accused, "hear_bail", "2026-10-01", counsel_), "");
  EXPECT_EQ(conclude("plead_guilty", "The accused has died."), "FIELD_INVALID");
  ASSERT_EQ(Advance(&accused, "plead_guilty", "2026-10-02", counsel_), "");
  ASSERT_EQ(Dispose(&accused, 0, v1::DISPOSITION_GUILTY_PLEA, "2026-10-02"), "");
  EXPECT_EQ(conclude("conclude", ""), "SENTENCE_MISSING");
  ASSERT_EQ(conclude("conclude", "The accused has died."), "");
  EXPECT_EQ(accused.no_sentence_reason(), "The accused has died.");
  v1::Accused withdrawn = Charged(case_);
  ASSERT_EQ(Dispose(&withdrawn, 0, v1::DISPOSITION_WITHDRAWN, "2026-10-02"), "");
  accused = withdrawn;
  EXPECT_EQ(conclude("conclude", "The accused has died."), "FIELD_INVALID") << "nobody is to be sentenced";
  EXPECT_EQ(conclude("conclude", ""), "");
}

TEST_F(AccusedRecords, NoVerdictIsRecordedOfAnAccusedWhoConcludesBeforeIt) {
  for (const auto how : {v1::DISPOSITION_ACQUITTED, v1::DISPOSITION_NCR}) {
    v1::Accused accused = Charged(case_);
    for (const char* event : {"hear_bail", "take_in", "hold_pretrial", "elect", "schedule_trial"}) {
      ASSERT_EQ(Advance(&accused, event, "2026-03-01", counsel_), "") << event;
    }
    ASSERT_EQ(Dispose(&accused, 0, how, "2026-10-01"), "");
    EXPECT_EQ(Advance(&accused, "conclude", "2026-10-02", counsel_), "VERDICT_MISSING");
  }
  for (const auto how : {v1::DISPOSITION_STAYED_CROWN, v1::DISPOSITION_PEACE_BOND, v1::DISPOSITION_UNFIT}) {
    v1::Accused accused = Charged(case_);
    ASSERT_EQ(Advance(&accused, "hear_bail", "2026-03-01", counsel_), "");
    ASSERT_EQ(Dispose(&accused, 0, how, "2026-10-01"), "");
    EXPECT_EQ(Advance(&accused, "conclude", "2026-10-02", counsel_), "");
  }
}

TEST_F(AccusedRecords, BailDisclosureAndRecognizancesAreKeptByTheirRules) {
  v1::Accused accused = Charged(case_);
  v1::RecordAccusedBailRequest bail;
  bail.set_name(accused.name());
  bail.set_etag(accused.etag());
  bail.mutable_bail()->set_on("2026-01-16");
  bail.mutable_bail()->set_status(v1::BAIL_STATUS_RELEASED);
  bail.mutable_bail()->add_no_contact("v9");
  EXPECT_THAT(Call<v1::Accused>(counsel_, bail), RefusedBy(rules::kVictimUnknown));
  bail.mutable_bail()->set_no_contact(0, "v1");
  EXPECT_EQ(Rule(Call<v1::Accused>(counsel_, bail), &accused), "");

  const auto disclose = [&](v1::DisclosureKind kind, const std::string& on) {
    v1::RecordAccusedDisclosureRequest request;
    request.set_name(accused.name());
    request.set_etag(accused.etag());
    request.mutable_disclosure()->set_package("p1");
    request.mutable_disclosure()->set_kind(kind);
    request.mutable_disclosure()->set_sent_on(on);
    return Rule(Call<v1::Accused>(clerk_, request), &accused);
  };
  EXPECT_EQ(disclose(v1::DISCLOSURE_KIND_FURTHER, "2026-02-01"), "DISCLOSURE_ORDER");
  EXPECT_EQ(disclose(v1::DISCLOSURE_KIND_INITIAL, "2026-01-14"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(disclose(v1::DISCLOSURE_KIND_INITIAL, "2026-02-01"), "");
  EXPECT_EQ(disclose(v1::DISCLOSURE_KIND_INITIAL, "2026-02-01"), "DISCLOSURE_ORDER");

  const auto bind = [&](const std::string& section, const std::string& to, int age, const std::string& feared,
                        bool prior = false) {
    v1::RecordAccusedRecognizanceRequest request;
    request.set_name(accused.name());
    request.set_etag(accused.etag());
    auto* bond = request.mutable_recognizance();
    bond->set_section(section);
    bond->set_from("2026-03-01");
    bond->set_to(to);
    if (age != 0) bond->set_protected_age(age);
    bond->set_feared_section(feared);
    bond->set_qualifying_prior(prior);
    return Rule(Call<v1::Accused>(counsel_, request), &accused);
  };
  EXPECT_EQ(bind("811", "2026-06-01", 0, ""), "RECOGNIZANCE_UNKNOWN");
  EXPECT_EQ(bind("810.1", "2027-02-28", -3, "279.011(1)"), "FIELD_INVALID");
  EXPECT_EQ(bind("810.1", "2027-02-28", 16, "279.011(1)"), "RECOGNIZANCE_AGE");
  EXPECT_EQ(bind("810.1", "2027-02-28", 0, "279.011(1)"), "RECOGNIZANCE_AGE");
  EXPECT_EQ(bind("810.1", "2027-02-28", 15, "279.01(1)"), "RECOGNIZANCE_OFFENCE");
  EXPECT_EQ(bind("810.1", "2027-03-01", 15, "279.011(1)"), "RECOGNIZANCE_TOO_LONG");
  EXPECT_EQ(bind("810.1", "2028-02-29", 15, "279.011(1)", true), "");
  EXPECT_EQ(bind("810.1", "2027-02-28", 15, "279.011(1)"), "");
  EXPECT_EQ(bind("810", "2026-02-01", 0, ""), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(bind("810", "2027-03-01", 0, "", true), "RECOGNIZANCE_TOO_LONG");
  EXPECT_EQ(bind("810.03", "2028-02-29", 0, "", true), "");
  EXPECT_THAT(accused.recognizances().rbegin()->law_notes(), ::testing::IsEmpty());
  EXPECT_EQ(bind("810.01", "2028-02-29", 0, "", true), "");
  EXPECT_THAT(accused.recognizances().rbegin()->law_notes(),
              ::testing::Contains(::testing::HasSubstr("Attorney General consents")));
}

TEST_F(AccusedRecords, NobodyIsNamedByAReferenceThatMustMeanNothingElsewhere) {
  v1::CreateAccusedRequest charge = NewAccused(case_);
  for (const char* named : {"John Roe", "roe 1990-03-04"}) {
    charge.mutable_accused()->set_accused_ref(named);
    EXPECT_THAT(Call<v1::Accused>(counsel_, charge), RefusedBy(rules::kReferenceNamesPerson)) << named;
    v1::CreateCaseRequest opening = NewCase("26-7007");
    opening.mutable_case_()->mutable_victims(1)->set_ref(named);
    EXPECT_THAT(Call<v1::Case>(counsel_, opening), RefusedBy(rules::kReferenceNamesPerson)) << named;
  }
}

}  // namespace
}  // namespace accord::prosecution
