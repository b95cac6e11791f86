#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

// This gives a request to share with a Crown, which names by whom the case is prosecuted and which
// officer discloses.
v1::ShareReportRequest ShareForACase(const v1::Report& report) {
  v1::ShareReportRequest share;
  share.set_report(report.name());
  share.set_to_agency("cr-york");
  share.set_purpose("R. v. B.");
  share.set_disclosure_officer("officer-3");
  return share;
}

// An empty list of recipients stands for nobody (MISP #4200).
TEST_F(Intelligence, AnEmptyListOfRecipientsMeansNobody) {
  const v1::Report report = Active();
  EXPECT_EQ(Share(report, york_, "ps-peel"), "HANDLING_FORBIDS");
}

// An agency that leaves the group loses what was shared with it before (MISP #10899 and #4784).
TEST_F(Intelligence, TakingAnAgencyOutEndsItsAccessToWhatItWasGiven) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  v1::ReportCopy copy, opened;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  ASSERT_EQ(Open(copy, peel_, &opened), "");
  EXPECT_EQ(opened.content().text(), NewReport().report().text());
  EXPECT_EQ(opened.content().source_register_ref(), "");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-durham"}, york_), "");
  EXPECT_EQ(Open(copy, peel_), "NOT_FOUND");
  EXPECT_THAT(Must(Call<v1::ListReportCopiesResponse>(peel_, v1::ListReportCopiesRequest())).report_copies(),
              IsEmpty());
  // An agency that is not named was given nothing (rows #1720 and #1721).
  EXPECT_EQ(Open(copy, durham_), "NOT_FOUND");
}

// Every change of handling is in the history that the originator sees (MISP #4113).
TEST_F(Intelligence, EveryChangeOfHandlingIsKeptAndIsTheOriginatorsAlone) {
  v1::Report report = Active();
  EXPECT_EQ(Handle(&report, v1::HANDLING_H3, {}, peel_), "NOT_FOUND");
  v1::Report at_bureau = report;
  EXPECT_EQ(Handle(&at_bureau, v1::HANDLING_H3, {}, analyst_), "AGENCY_KIND_NOT_PERMITTED");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H3, {}, york_), "");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H1, {}, york_), "");
  std::vector<int> handlings;
  for (const auto& change : report.handling_changes()) handlings.push_back(change.handling());
  EXPECT_THAT(handlings, ElementsAre(v1::HANDLING_H2, v1::HANDLING_H3, v1::HANDLING_H1));
}

TEST_F(Intelligence, OnwardSharingNeedsALiveReleaseAndARecallReachesEveryCopy) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  v1::ReportCopy copy, onward;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  v1::ShareReportRequest telling;
  telling.set_report(report.name());
  telling.set_to_agency("ps-peel");
  telling.set_purpose("To protect our informant");
  EXPECT_THAT(Call<v1::ReportCopy>(york_, telling), RefusedBy(rules::kSourceIdentity));
  EXPECT_EQ(Share(report, peel_, "ps-durham"), "NO_RELEASE");
  EXPECT_EQ(Share(report, analyst_, "ps-durham"), "NO_RELEASE");
  EXPECT_EQ(Share(report, durham_, "ps-halton"), "NOT_FOUND");
  v1::ReleaseRequest release;
  EXPECT_EQ(Ask(report, durham_, {"ps-halton"}, &release), "NOT_FOUND");
  ASSERT_EQ(Ask(report, peel_, {"ps-durham"}, &release), "");
  EXPECT_EQ(Answer(&release, peel_, "grant", {"ps-durham"}), "NOT_THE_ORIGINATOR");
  EXPECT_EQ(Answer(&release, york_, "grant", {"ps-durham", "ps-halton"}), "RELEASE_BEYOND_REQUEST");
  EXPECT_EQ(Answer(&release, york_, "grant", {}), "FIELD_INVALID");
  ASSERT_EQ(Answer(&release, york_, "grant", {"ps-durham"}), "");
  EXPECT_EQ(Share(report, peel_, "ps-halton"), "NO_RELEASE");
  ASSERT_EQ(Share(report, peel_, "ps-durham", &onward), "");
  EXPECT_EQ(Open(onward, durham_), "");
  // The originator's log names every copy.
  v1::ListDisclosuresRequest log;
  log.set_report(report.name());
  EXPECT_THAT(Must(Call<v1::ListDisclosuresResponse>(york_, log)).report_copies(), SizeIs(2));
  EXPECT_THAT(Call<v1::ListDisclosuresResponse>(peel_, log), RefusedBy(rules::kNotFound));
  ASSERT_EQ(Answer(&release, york_, "revoke"), "");
  EXPECT_EQ(Open(onward, durham_), "NOT_FOUND");
  EXPECT_EQ(Open(copy, peel_), "");
  ASSERT_EQ(Recall(&report, york_), "");
  EXPECT_EQ(Open(copy, peel_), "NOT_FOUND");
}

TEST_F(Intelligence, SilenceRefusesARelease) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  ASSERT_EQ(Share(report, york_, "ps-peel"), "");
  v1::ReleaseRequest release;
  ASSERT_EQ(Ask(report, peel_, {"ps-durham"}, &release), "");
  const auto listed = [&] {
    return Must(Call<v1::ListReleaseRequestsResponse>(york_, v1::ListReleaseRequestsRequest()))
        .release_requests(0);
  };
  EXPECT_EQ(FromProto(listed().next_due()), FromProto(release.due()));
  in_process_.clock().Set(FromProto(release.due()));
  EXPECT_EQ(Answer(&release, york_, "grant", {"ps-durham"}), "RELEASE_LAPSED");
  ASSERT_OK(services_.sweeper().Sweep());
  EXPECT_FALSE(listed().has_next_due());
  EXPECT_EQ(Answer(&release, york_, "grant", {"ps-durham"}), "STATE_NOT_PERMITTED");
}

TEST_F(Intelligence, WhoLeavesACategoryLosesWhatItHadByIt) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H3, {}, york_), "");
  v1::ReportCopy copy;
  EXPECT_EQ(Share(report, york_, "ps-guelph"), "HANDLING_FORBIDS");  // The bureau set no category.
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  ASSERT_EQ(Open(copy, peel_), "");
  Join("ps-peel", v1::MEMBER_CATEGORY_III);
  EXPECT_EQ(Open(copy, peel_), "NOT_FOUND");
  Join("ps-peel", v1::MEMBER_CATEGORY_II);
  EXPECT_EQ(Open(copy, peel_), "");
  EXPECT_THAT(memberships_["ps-peel"].changes(), SizeIs(3));
  v1::SetMembershipCategoryRequest stranger;
  stranger.set_parent("agencies/ps-york");
  stranger.set_agency("ps-york");
  stranger.set_category(v1::MEMBER_CATEGORY_I);
  EXPECT_THAT(Call<v1::Membership>(york_, stranger), RefusedBy(rules::kAgencyKindNotPermitted));
}

TEST_F(Intelligence, ACrownHasItThroughADisclosureOfficer) {
  const Caller crown = {
      "cr-york", annotations::v1::AGENCY_KIND_CROWN,    "scope",
      "counsel", {annotations::v1::ROLE_CROWN_COUNSEL}, annotations::v1::PURPOSE_PROSECUTION};
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H3, {}, york_), "");
  EXPECT_EQ(Share(report, york_, "cr-york"), "HANDLING_FORBIDS");
  EXPECT_EQ(Handle(&report, v1::HANDLING_H5, {}, york_), "HANDLING_INVALID");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H4, {}, york_), "");
  EXPECT_EQ(Share(report, york_, "cr-york"), "DISCLOSURE_OFFICER_MISSING");
  v1::ReportCopy copy;
  ASSERT_EQ(Rule(Call<v1::ReportCopy>(york_, ShareForACase(report)), &copy), "");
  EXPECT_EQ(Open(copy, crown), "");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H3, {}, york_), "");
  EXPECT_EQ(Open(copy, crown), "NOT_FOUND");
}

TEST_F(Intelligence, ACrownHasAReportByH4AloneWhoeverNamesOrReleasesIt) {
  const Caller crown = {
      "cr-york", annotations::v1::AGENCY_KIND_CROWN,    "scope",
      "counsel", {annotations::v1::ROLE_CROWN_COUNSEL}, annotations::v1::PURPOSE_PROSECUTION};
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel", "cr-york"}, york_), "");
  EXPECT_EQ(Share(report, york_, "cr-york"), "HANDLING_FORBIDS");
  ASSERT_EQ(Share(report, york_, "ps-peel"), "");
  v1::ReleaseRequest release;
  ASSERT_EQ(Ask(report, peel_, {"cr-york"}, &release), "");
  ASSERT_EQ(Answer(&release, york_, "grant", {"cr-york"}), "");
  EXPECT_EQ(Share(report, peel_, "cr-york"), "NO_RELEASE");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H4, {}, york_), "");
  v1::ReportCopy copy;
  ASSERT_EQ(Rule(Call<v1::ReportCopy>(peel_, ShareForACase(report)), &copy), "");
  EXPECT_EQ(Open(copy, crown), "");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel", "cr-york"}, york_), "");
  EXPECT_EQ(Open(copy, crown), "NOT_FOUND");
}

class Emergency : public Intelligence {
 protected:
  std::string Propose(const v1::Report& report, const Caller& caller, v1::ReleaseRequest* release) {
    v1::ProposeEmergencyReleaseRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_release_request()->set_report(report.name());
    request.mutable_release_request()->set_justification("a life is in danger tonight");
    request.mutable_release_request()->add_recipients("ps-durham");
    return Rule(Call<v1::ReleaseRequest>(caller, request), release);
  }
  std::string Confirm(v1::ReleaseRequest* release, const Caller& caller) {
    return Move(caller, release, v1::ConfirmEmergencyReleaseRequest());
  }
};

TEST_F(Emergency, TwoOfTheBureauReleaseAndTheOriginatorSeesItAtOnceAndMayEndIt) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H1, {}, york_), "");
  v1::ReleaseRequest release;
  EXPECT_EQ(Propose(report, coordinator_, &release), "ROLE_NOT_PERMITTED");
  ASSERT_EQ(Propose(report, director_, &release), "");
  const auto told = Must(Call<v1::ListReleaseRequestsResponse>(york_, v1::ListReleaseRequestsRequest()));
  ASSERT_THAT(told.release_requests(), SizeIs(1));
  EXPECT_TRUE(told.release_requests(0).emergency());
  EXPECT_EQ(Share(report, analyst_, "ps-durham"), "NO_RELEASE");
  EXPECT_EQ(Confirm(&release, director_), "EMERGENCY_NEEDS_TWO");
  ASSERT_EQ(Confirm(&release, coordinator_), "");
  EXPECT_EQ(Share(report, analyst_, "ps-halton"), "NO_RELEASE");
  v1::ReportCopy copy;
  ASSERT_EQ(Share(report, analyst_, "ps-durham", &copy), "");
  EXPECT_EQ(Open(copy, durham_), "");
  EXPECT_EQ(Answer(&release, peel_, "revoke"), "NOT_FOUND");
  ASSERT_EQ(Answer(&release, york_, "revoke"), "");
  EXPECT_EQ(Open(copy, durham_), "NOT_FOUND");
}

TEST_F(Emergency, ItEndsByItselfAndUnconfirmedItLapses) {
  v1::Report report = Active();
  v1::ReleaseRequest release, slow;
  ASSERT_EQ(Propose(report, director_, &release), "");
  ASSERT_EQ(Propose(report, director_, &slow), "");
  ASSERT_EQ(Confirm(&release, analyst_), "");
  v1::ReportCopy copy;
  ASSERT_EQ(Share(report, analyst_, "ps-durham", &copy), "");
  in_process_.clock().Set(FromProto(slow.due()));
  EXPECT_EQ(Confirm(&slow, analyst_), "RELEASE_LAPSED");
  Pass(FromProto(slow.due()));
  EXPECT_EQ(Confirm(&slow, analyst_), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Open(copy, durham_), "");
  in_process_.clock().Set(EndOfDay(absl::CivilDay(2026, 11, 25)));
  EXPECT_EQ(Open(copy, durham_), "NOT_FOUND");
}

}  // namespace
}  // namespace accord::intelligence
