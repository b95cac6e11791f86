#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/testing/postgres.h"
#include "services/strategy/testing/funding_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::AnyOf;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class FundingApplications : public FundingFixture, public ::testing::WithParamInterface<bool> {
 protected:
  FundingApplications()
      : FundingFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  std::string Revise(v1::FundingApplication* application, const Caller& caller) {
    v1::ReviseFundingApplicationRequest request;
    *request.mutable_funding_application() = *application;
    return Rule(Call<v1::FundingApplication>(caller, request), application);
  }
  // This makes an application that the office enters from paper, which came when the call had been open for
  // an hour.
  static v1::CreateFundingApplicationRequest OnPaper(const v1::FundingCall& call, absl::Time received) {
    v1::CreateFundingApplicationRequest request = NewApplication(call, "co-pahtco");
    auto* application = request.mutable_funding_application();
    application->set_applicant_kind(annotations::v1::AGENCY_KIND_INDIGENOUS_ORGANISATION);
    *application->mutable_received_at() = ToProto(received);
    return request;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, FundingApplications, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(FundingApplications, AreTakenToTheLastMillisecondOfTheDayAndNotOneLater) {
  const v1::FundingCall call = Opened();
  v1::FundingApplication in_time = Started(call, applicant_), late = Started(call, rival_);
  At(Closing() - absl::Milliseconds(1));
  EXPECT_EQ(Submit(&in_time, applicant_), "");
  EXPECT_EQ(in_time.criteria_digest(), call.criteria_digest());
  At(Closing());
  EXPECT_EQ(Submit(&late, rival_), "CALL_CLOSED");
  EXPECT_EQ(RuleOfRequest(rival_, NewApplication(call, "or-youth")), "CALL_CLOSED");
  EXPECT_EQ(Revise(&late, rival_), "CALL_CLOSED");
  EXPECT_EQ(Read(late, rival_).state(), v1::FUNDING_APPLICATION_STATE_STARTED);
  EXPECT_EQ(Read(in_time, applicant_).state(), v1::FUNDING_APPLICATION_STATE_SUBMITTED);
}

TEST_P(FundingApplications, ThatFiftySubmitWhileTheCallClosesWereInTimeOrAreRefused) {
  const v1::FundingCall call = Opened();
  std::vector<v1::FundingApplication> applications;
  for (int i = 0; i < 50; ++i) applications.push_back(Started(call, applicant_));
  At(Closing() - absl::Milliseconds(1));
  std::vector<std::string> rules(applications.size());
  std::vector<std::thread> applicants;
  for (std::size_t i = 0; i < applications.size(); ++i) {
    applicants.emplace_back([&, i] { rules[i] = Submit(&applications[i], applicant_); });
    if (i == applications.size() / 2) At(Closing());
  }
  EXPECT_OK(TrySweep());
  for (std::thread& applicant : applicants) applicant.join();
  for (std::size_t i = 0; i < applications.size(); ++i) {
    const v1::FundingApplication stored = Read(applications[i], applicant_);
    if (rules[i].empty()) {
      EXPECT_EQ(stored.state(), v1::FUNDING_APPLICATION_STATE_SUBMITTED);
      EXPECT_LT(FromProto(stored.submitted_at()), Closing());
    } else {
      EXPECT_EQ(rules[i], "CALL_CLOSED");
      EXPECT_EQ(stored.state(), v1::FUNDING_APPLICATION_STATE_STARTED);
    }
  }
}

TEST_P(FundingApplications, ThatTwoSaveAtOnceLoseNothing) {
  const v1::FundingCall call = Opened();
  v1::FundingApplication one = Started(call, applicant_), other = one;
  one.mutable_content()->set_project_title("the first tab");
  other.mutable_content()->set_project_title("the second tab");
  ASSERT_EQ(Revise(&one, applicant_), "");
  EXPECT_EQ(Revise(&other, applicant_), "ETAG_MISMATCH");
  EXPECT_EQ(Read(one, applicant_).content().project_title(), "the first tab");
  // With the newer etag the second version is saved, by a person who has seen the first one.
  other.set_etag(Read(one, applicant_).etag());
  ASSERT_EQ(Revise(&other, applicant_), "");
  EXPECT_EQ(Read(one, applicant_).content().project_title(), "the second tab");
}

TEST_P(FundingApplications, CountAsTheyWereSubmittedIfNoNewerVersionIs) {
  const v1::FundingCall call = Opened();
  v1::FundingApplication application = Submitted(call, applicant_);
  ASSERT_EQ(Move(applicant_, &application, v1::ReopenFundingApplicationRequest()), "");
  application.mutable_content()->set_project_title("a thought too late");
  ASSERT_EQ(Revise(&application, applicant_), "");
  EXPECT_EQ(application.state(), v1::FUNDING_APPLICATION_STATE_STARTED);
  At(Closing());
  const v1::FundingApplication counted = Read(application, applicant_);
  EXPECT_EQ(counted.state(), v1::FUNDING_APPLICATION_STATE_SUBMITTED);
  EXPECT_EQ(counted.content().project_title(), "A safe place");
  v1::ListFundingApplicationsRequest list;
  list.set_funding_call(call.name());
  const auto listed = Must(Call<v1::ListFundingApplicationsResponse>(writer_, list));
  ASSERT_THAT(listed.funding_applications(), SizeIs(1));
  EXPECT_EQ(listed.funding_applications(0).state(), v1::FUNDING_APPLICATION_STATE_SUBMITTED);
}

TEST_P(FundingApplications, AreReadByTheirOrganisationAndTheOfficeAndNobodyElse) {
  const v1::FundingCall call = Opened();
  const v1::FundingApplication application = Submitted(call, applicant_);
  const Caller scorer =
      Funded("min-mag", annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_FUND_SCORER, "scorer");
  for (const Caller& caller : {applicant_, writer_, head_}) {
    EXPECT_EQ(ReadApplication(application, caller), "") << caller.agency;
  }
  for (const Caller& caller : {rival_, scorer, chair_}) {
    EXPECT_EQ(ReadApplication(application, caller), "NOT_FOUND") << caller.agency;
    EXPECT_THAT(Must(Call<v1::ListFundingApplicationsResponse>(caller, v1::ListFundingApplicationsRequest()))
                    .funding_applications(),
                IsEmpty())
        << "not even how many there are";
  }
  EXPECT_EQ(ReadApplication(application, ForFunding(mag_)), "ROLE_NOT_PERMITTED");
}

TEST_P(FundingApplications, OnPaperAreEnteredByTheOfficeWithTheInstantAtWhichTheyCame) {
  const v1::FundingCall call = Opened();
  At(Opening() + absl::Hours(2));
  EXPECT_EQ(RuleOfRequest(writer_, NewApplication(call, "co-pahtco")), "FIELD_INVALID");
  EXPECT_EQ(RuleOfRequest(writer_, OnPaper(call, Opening() - absl::Milliseconds(1))), "CALL_CLOSED");
  EXPECT_EQ(RuleOfRequest(writer_, OnPaper(call, Opening() + absl::Hours(3))), "EVENT_IN_FUTURE");
  v1::FundingApplication paper =
      Must(Call<v1::FundingApplication>(writer_, OnPaper(call, Opening() + absl::Hours(1))));
  EXPECT_EQ(paper.received_by(), "staff");
  EXPECT_EQ(Submit(&paper, writer_), "");
  EXPECT_EQ(ReadApplication(paper, rival_), "NOT_FOUND");
  v1::CreateFundingApplicationRequest own = NewApplication(call, "or-shelter");
  *own.mutable_funding_application()->mutable_received_at() = ToProto(Opening());
  EXPECT_EQ(RuleOfRequest(applicant_, own), "FIELD_INVALID") << "only the office receives paper";
}

TEST_P(FundingApplications, ComeFromOrganisationsOfTheKindsThatTheCallIsFor) {
  const v1::FundingCall call = Opened();
  const Caller another = Funded("vs-york", annotations::v1::AGENCY_KIND_VICTIM_SERVICES,
                                annotations::v1::ROLE_FUND_APPLICANT, "applicant");
  v1::CreateFundingApplicationRequest request = NewApplication(call, "vs-york");
  // The register says which kind of agency applies, whatever the request says.
  request.mutable_funding_application()->set_applicant_kind(
      annotations::v1::AGENCY_KIND_COMMUNITY_ORGANISATION);
  EXPECT_EQ(RuleOfRequest(another, request), "APPLICANT_NOT_ELIGIBLE");
}

TEST_P(FundingApplications, HaveYearsThatAddUpToTheirAmount) {
  const v1::FundingCall call = Opened();
  for (const int64_t cents : {int64_t{299999}, int64_t{300001}}) {
    v1::CreateFundingApplicationRequest request = NewApplication(call, "or-shelter");
    request.mutable_funding_application()->mutable_content()->mutable_years(0)->set_amount_cents(cents);
    EXPECT_EQ(RuleOfRequest(applicant_, request), "YEARS_DO_NOT_SUM") << cents;
  }
  for (const char* year : {"2017-16", "2017-19"}) {
    v1::CreateFundingApplicationRequest request = NewApplication(call, "or-shelter");
    request.mutable_funding_application()->mutable_content()->mutable_years(0)->set_fiscal_year(year);
    EXPECT_EQ(RuleOfRequest(applicant_, request), "FISCAL_YEAR_INVALID") << year;
  }
}

TEST_P(FundingApplications, AskForYearsThatWereNotOverWhenTheCallOpened) {
  const v1::FundingCall call = Opened();
  v1::CreateFundingApplicationRequest request = NewApplication(call, "or-shelter");
  v1::YearAmount* year = request.mutable_funding_application()->mutable_content()->mutable_years(0);
  for (const char* over : {"1999-00", "2025-26"}) {
    year->set_fiscal_year(over);
    EXPECT_EQ(RuleOfRequest(applicant_, request), "FISCAL_YEAR_OUTSIDE") << over;
  }
  for (const char* ahead : {"2026-27", "2027-28"}) {
    year->set_fiscal_year(ahead);
    EXPECT_EQ(RuleOfRequest(applicant_, request), "") << ahead;
  }
}

TEST_P(FundingApplications, AskForAnAmountAboveNothingAndWithinTheMostOfTheCall) {
  v1::CreateFundingCallRequest limited = NewFundingCall();
  limited.mutable_funding_call()->set_max_award_cents(300000);
  const v1::FundingCall call = Opened(limited);
  for (const int64_t cents : {int64_t{0}, int64_t{-1}, int64_t{300001}, int64_t{1000000000001}}) {
    EXPECT_THAT(RuleOfRequest(applicant_, NewApplication(call, "or-shelter", cents)),
                AnyOf("AMOUNT_INVALID", "FIELD_INVALID"))
        << cents;
  }
  EXPECT_EQ(RuleOfRequest(applicant_, NewApplication(call, "or-shelter", 300000)), "");
}

TEST_P(FundingApplications, NameNoFileThatIsEmptyOrCouldRunSomething) {
  const v1::FundingCall call = Opened();
  v1::ApplicationDocument sound;
  sound.set_title("Budget");
  sound.set_sha256(std::string(64, 'b'));
  sound.set_media_type("application/pdf");
  sound.set_size_bytes(1);
  std::vector<v1::ApplicationDocument> bad(3, sound);
  bad[0].set_sha256("b");
  bad[1].set_size_bytes(-1);
  bad[2].set_media_type("application/vnd.ms-word.document.macroEnabled.12");
  for (const v1::ApplicationDocument& document : bad) {
    v1::CreateFundingApplicationRequest request = NewApplication(call, "or-shelter");
    *request.mutable_funding_application()->mutable_content()->add_documents() = document;
    EXPECT_EQ(RuleOfRequest(applicant_, request), "DOCUMENT_REFUSED");
  }
  v1::CreateFundingApplicationRequest empty = NewApplication(call, "or-shelter");
  *empty.mutable_funding_application()->mutable_content()->add_documents() = sound;
  empty.mutable_funding_application()->mutable_content()->mutable_documents(0)->set_size_bytes(0);
  EXPECT_EQ(RuleOfRequest(applicant_, empty), "FIELD_INVALID");
  v1::CreateFundingApplicationRequest request = NewApplication(call, "or-shelter");
  *request.mutable_funding_application()->mutable_content()->add_documents() = sound;
  EXPECT_EQ(RuleOfRequest(applicant_, request), "");
}

TEST_P(FundingApplications, HoldNoTextThatIsTooLongOrReadsOtherwiseThanItIs) {
  const v1::FundingCall call = Opened();
  for (const std::string& title : {std::string("a\0b", 3), std::string("safe\u202eexe"),
                                   std::string("\u2066x"), std::string(501, 'x')}) {
    v1::CreateFundingApplicationRequest request = NewApplication(call, "or-shelter");
    request.mutable_funding_application()->set_applicant_title(title);
    EXPECT_EQ(RuleOfRequest(applicant_, request), "FIELD_INVALID") << title.size();
  }
  EXPECT_THAT(
      Must(Call<v1::ListFundingApplicationsResponse>(applicant_, v1::ListFundingApplicationsRequest()))
          .funding_applications(),
      IsEmpty());
}

TEST_P(FundingApplications, AnswerEachCriterionOnceBeforeTheyAreSubmitted) {
  const v1::FundingCall call = Opened();
  v1::CreateFundingApplicationRequest request = NewApplication(call, "or-shelter");
  request.mutable_funding_application()->mutable_content()->mutable_answers()->RemoveLast();
  v1::FundingApplication application = Must(Call<v1::FundingApplication>(applicant_, request));
  EXPECT_EQ(Submit(&application, applicant_), "ANSWER_MISSING");
  EXPECT_FALSE(Read(application, applicant_).has_submitted());
  v1::CreateFundingApplicationRequest twice = NewApplication(call, "or-shelter");
  Answer("need", twice.mutable_funding_application()->mutable_content());
  EXPECT_EQ(RuleOfRequest(applicant_, twice), "FIELD_INVALID");
}

TEST_P(FundingApplications, AreFoundIneligibleByTwoPeopleAndReviewedByAThird) {
  v1::FundingApplication application = Submitted(Opened(), applicant_);
  EXPECT_EQ(Screen(&application, writer_), "CALL_NOT_AT_STEP") << "the call is still open";
  Close();
  ASSERT_EQ(Screen(&application, writer_, false), "");
  EXPECT_EQ(application.state(), v1::FUNDING_APPLICATION_STATE_SUBMITTED) << "one person decides nothing";
  const v1::ConfirmFundingApplicationIneligibleRequest confirm;
  EXPECT_EQ(Move(writer_, &application, confirm), "SAME_PERSON");
  ASSERT_EQ(Move(colleague_, &application, confirm), "");
  EXPECT_EQ(application.state(), v1::FUNDING_APPLICATION_STATE_INELIGIBLE);
  v1::ReviewFundingApplicationRequest review;
  review.set_reason("the place is in Ontario after all");
  ASSERT_EQ(Move(head_, &application, review), "");
  EXPECT_EQ(application.state(), v1::FUNDING_APPLICATION_STATE_ELIGIBLE);
}

TEST_P(FundingApplications, AreScreenedByEachLineWithAReasonForEachThatIsNotMet) {
  v1::FundingApplication application = Submitted(Opened(), applicant_);
  Close();
  v1::ScreenFundingApplicationRequest request;
  EXPECT_EQ(Move(writer_, &application, request), "FIELD_INVALID") << "a line has no finding";
  request.add_findings()->set_code("in-ontario");
  EXPECT_EQ(Move(writer_, &application, request), "FIELD_INVALID") << "nobody says why it is not met";
  const v1::ConfirmFundingApplicationIneligibleRequest confirm;
  EXPECT_EQ(Move(colleague_, &application, confirm), "NOTHING_PROPOSED");
}

TEST_P(FundingApplications, AreAdmittedLateByTwoPeopleForAReasonThatIsKept) {
  v1::FundingApplication application = Started(Opened(), applicant_);
  v1::ProposeLateFundingApplicationRequest propose;
  propose.set_reason("the post was on strike");
  EXPECT_EQ(Move(head_, &application, propose), "CALL_NOT_AT_STEP") << "the call is still open";
  Close();
  const v1::AdmitLateFundingApplicationRequest admit;
  EXPECT_EQ(Move(writer_, &application, admit), "NOTHING_PROPOSED");
  ASSERT_EQ(Move(head_, &application, propose), "");
  EXPECT_EQ(Move(head_, &application, admit), "SAME_PERSON");
  ASSERT_EQ(Move(writer_, &application, admit), "");
  EXPECT_EQ(application.state(), v1::FUNDING_APPLICATION_STATE_SUBMITTED);
  EXPECT_TRUE(application.admitted_late());
  EXPECT_EQ(application.late_reason(), "the post was on strike");
}

TEST_P(FundingApplications, AreSealedWhereTheyAreStored) {
  Submitted(Opened(), applicant_);
  EXPECT_EQ(StoredWithoutKey().find("What we do about"), std::string::npos);
}

}  // namespace
}  // namespace accord::strategy
