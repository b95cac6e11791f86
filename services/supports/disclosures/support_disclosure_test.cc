// These tests show by what authority something is told of a survivor without consent, and that the survivor
// is informed of it.
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

class SupportDisclosures : public SupportsFixture {
 protected:
  static v1::SupportDisclosure ByCourt() {
    v1::SupportDisclosure disclosure;
    disclosure.set_basis(v1::DISCLOSURE_BASIS_COURT_ORDER);
    disclosure.set_authority_ref("AUTHORITY-WORDS");
    disclosure.set_what("WHAT-WORDS");
    disclosure.set_to_whom("WHOM-WORDS");
    disclosure.set_disclosed_on("2026-11-10");
    return disclosure;
  }
  std::string Disclose(const Caller& caller, const v1::SupportCase& of, const v1::SupportDisclosure& what,
                       v1::SupportDisclosure* kept = nullptr) {
    v1::CreateSupportDisclosureRequest request;
    request.set_parent(of.name());
    *request.mutable_support_disclosure() = what;
    return Rule(Call<v1::SupportDisclosure>(caller, request), kept);
  }
  std::string Told(v1::SupportDisclosure* disclosure, const std::string& on) {
    v1::RecordSupportDisclosureRequest request;
    request.set_survivor_told_on(on);
    return Move(worker_, disclosure, request);
  }
  std::string Ordered(v1::SupportDisclosure* disclosure, const std::string& on,
                      const std::string& what = "ACCUSED-WORDS") {
    v1::RecordSupportDisclosureRequest request;
    request.set_ordered_to_accused_on(on);
    request.set_what_to_accused(what);
    return Move(worker_, disclosure, request);
  }
  std::string ToldOfAccused(v1::SupportDisclosure* disclosure, const std::string& on) {
    v1::RecordSupportDisclosureRequest request;
    request.set_told_of_accused_on(on);
    return Move(worker_, disclosure, request);
  }
};

TEST_F(SupportDisclosures, AreOpenUntilTheSurvivorIsToldAndStayAsTheyWereRecorded) {
  v1::SupportDisclosure disclosure;
  ASSERT_EQ(Disclose(worker_, Opened(), ByCourt(), &disclosure), "");
  EXPECT_EQ(disclosure.survivor_told_on(), "");
  EXPECT_EQ(Told(&disclosure, "2026-11-25"), "EVENT_IN_FUTURE");
  ASSERT_EQ(Told(&disclosure, "2026-11-12"), "");
  EXPECT_EQ(Told(&disclosure, "2026-11-13"), "ALREADY_RECORDED");
  ASSERT_EQ(Ordered(&disclosure, "2026-11-20"), "");
  EXPECT_EQ(disclosure.survivor_told_on(), "2026-11-12");
}

TEST_F(SupportDisclosures, ByACourtGoToTheJudgeFirstAndToTheAccusedByNoOtherBasis) {
  const v1::SupportCase item = Opened();
  v1::SupportDisclosure disclosure;
  ASSERT_EQ(Disclose(worker_, item, ByCourt(), &disclosure), "");
  EXPECT_EQ(Ordered(&disclosure, "2026-11-09"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Ordered(&disclosure, "2026-11-10"), "");
  v1::SupportDisclosure harm = ByCourt();
  harm.set_basis(v1::DISCLOSURE_BASIS_IMMINENT_HARM);
  ASSERT_EQ(Disclose(worker_, item, harm, &disclosure), "");
  EXPECT_EQ(Ordered(&disclosure, "2026-11-20"), "FIELD_INVALID");
}

TEST_F(SupportDisclosures, OfTheSecondStageSayWhatTheAccusedMaySeeAndThatTheSurvivorIsToldAgain) {
  v1::SupportDisclosure disclosure;
  ASSERT_EQ(Disclose(worker_, Opened(), ByCourt(), &disclosure), "");
  ASSERT_EQ(Told(&disclosure, "2026-11-12"), "");
  EXPECT_EQ(ToldOfAccused(&disclosure, "2026-11-21"), "FIELD_INVALID") << "there is no such order yet";
  EXPECT_EQ(Ordered(&disclosure, "2026-11-20", ""), "FIELD_INVALID");
  EXPECT_EQ(Ordered(&disclosure, "", "ACCUSED-WORDS"), "FIELD_INVALID");
  ASSERT_EQ(Ordered(&disclosure, "2026-11-20"), "");
  // The judge saw all records, and the accused saw what the judge allowed.
  EXPECT_EQ(disclosure.what(), "WHAT-WORDS");
  EXPECT_EQ(disclosure.what_to_accused(), "ACCUSED-WORDS");
  EXPECT_EQ(disclosure.told_of_accused_on(), "")
      << "what was told of the first stage is not told of the second";
  EXPECT_EQ(Ordered(&disclosure, "2026-11-20", "OTHER-WORDS-1"), "ALREADY_RECORDED");
  EXPECT_EQ(ToldOfAccused(&disclosure, "2026-11-19"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(ToldOfAccused(&disclosure, "2026-11-25"), "EVENT_IN_FUTURE");
  ASSERT_EQ(ToldOfAccused(&disclosure, "2026-11-21"), "");
  EXPECT_EQ(ToldOfAccused(&disclosure, "2026-11-22"), "ALREADY_RECORDED");
}

TEST_F(SupportDisclosures, OfferCounselToSurvivorAndAgencyOnADayThatStays) {
  v1::SupportDisclosure disclosure;
  ASSERT_EQ(Disclose(worker_, Opened(), ByCourt(), &disclosure), "");
  EXPECT_EQ(disclosure.counsel_offered_on(), "") << "an open task";
  v1::RecordSupportDisclosureRequest offered;
  offered.set_counsel_offered_on("2026-11-25");
  EXPECT_EQ(Move(worker_, &disclosure, offered), "EVENT_IN_FUTURE");
  offered.set_counsel_offered_on("2026-11-09");
  ASSERT_EQ(Move(worker_, &disclosure, offered), "");
  offered.set_counsel_offered_on("2026-11-11");
  EXPECT_EQ(Move(worker_, &disclosure, offered), "ALREADY_RECORDED");
}

TEST_F(SupportDisclosures, AreSealedWithWhatEachStageShowed) {
  v1::SupportDisclosure disclosure;
  ASSERT_EQ(Disclose(worker_, Opened(), ByCourt(), &disclosure), "");
  ASSERT_EQ(Ordered(&disclosure, "2026-11-20"), "");
  const std::string stored = StoredWithoutKey();
  for (const char* words : {"AUTHORITY-WORDS", "WHAT-WORDS", "WHOM-WORDS", "ACCUSED-WORDS"}) {
    EXPECT_EQ(stored.find(words), std::string::npos) << words;
  }
}

TEST_F(SupportDisclosures, NameTheirBasisAndTheirAuthority) {
  const v1::SupportCase item = Opened();
  for (const char* missing : {"basis", "authority_ref", "what", "to_whom", "disclosed_on"}) {
    v1::SupportDisclosure disclosure = ByCourt();
    disclosure.GetReflection()->ClearField(&disclosure,
                                           v1::SupportDisclosure::descriptor()->FindFieldByName(missing));
    EXPECT_EQ(Disclose(worker_, item, disclosure), "FIELD_INVALID") << missing;
  }
  v1::SupportDisclosure early = ByCourt();
  early.set_disclosed_on("2026-11-25");
  EXPECT_EQ(Disclose(worker_, item, early), "EVENT_IN_FUTURE");
}

TEST_F(SupportDisclosures, AreReadByTheCasesWorkersAlone) {
  const v1::SupportCase item = Opened();
  v1::SupportDisclosure disclosure;
  ASSERT_EQ(Disclose(worker_, item, ByCourt(), &disclosure), "");
  v1::GetSupportDisclosureRequest get;
  get.set_name(disclosure.name());
  v1::ListSupportDisclosuresRequest list;
  list.set_support_case(item.name());
  EXPECT_EQ(Rule(Call<v1::SupportDisclosure>(worker_, get)), "");
  EXPECT_EQ(Must(Call<v1::ListSupportDisclosuresResponse>(worker_, list)).support_disclosures_size(), 1);
  for (const Caller& other : {colleague_, manager_, receiver_, stranger_}) {
    EXPECT_EQ(Rule(Call<v1::SupportDisclosure>(other, get)), "NOT_FOUND") << other.actor;
    EXPECT_EQ(Rule(Call<v1::ListSupportDisclosuresResponse>(other, list)), "NOT_FOUND") << other.actor;
  }
  EXPECT_EQ(Disclose(manager_, item, ByCourt()), "NOT_THE_CASE_TEAM");
  EXPECT_EQ(Disclose(colleague_, item, ByCourt()), "NOT_FOUND");
}

}  // namespace
}  // namespace accord::supports
