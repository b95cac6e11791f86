#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

class Purge : public Intelligence {
 protected:
  void FallDue(v1::Report* report) {
    Pass(EndOfDay(*ParseDay(report->review_due()) - 1));
    *report = Read(report->name(), york_);
    ASSERT_EQ(report->state(), v1::REPORT_STATE_REVIEW_DUE);
  }
  std::string Propose(v1::Report* report, const Caller& caller) {
    return Move(caller, report, v1::ProposeReportPurgeRequest());
  }
  std::string Confirm(const v1::Report& report, const Caller& caller, v1::ReportTombstone* stone = nullptr) {
    v1::ConfirmReportPurgeRequest request;
    request.set_name(report.name());
    request.set_etag(report.etag());
    request.set_reason("five years, no validation");
    return Rule(Call<v1::ReportTombstone>(caller, request), stone);
  }
  std::vector<v1::PurgeNotice> Notices(const Caller& caller) {
    const auto listed = Must(Call<v1::ListPurgeNoticesResponse>(caller, v1::ListPurgeNoticesRequest()));
    return {listed.purge_notices().begin(), listed.purge_notices().end()};
  }
  // This gives the reasons for which York's report was given, from its log, and for which releases of it were
  // asked, as both sides read them.
  std::string WordsAbout(const v1::Report& report) {
    std::string all;
    v1::ListDisclosuresRequest log;
    log.set_report(report.name());
    const auto disclosures = Must(Call<v1::ListDisclosuresResponse>(york_, log));
    for (const auto& line : disclosures.report_copies()) absl::StrAppend(&all, line.purpose(), ";");
    for (const Caller& caller : {york_, peel_}) {
      const auto releases =
          Must(Call<v1::ListReleaseRequestsResponse>(caller, v1::ListReleaseRequestsRequest()));
      for (const auto& each : releases.release_requests()) absl::StrAppend(&all, each.justification(), ";");
    }
    return all;
  }
  // York gave its report to Peel, which may pass it on to Durham.
  void GiveAway(const v1::Report& report) {
    ASSERT_EQ(Share(report, york_, "ps-peel"), "");
    v1::ReleaseRequest release;
    ASSERT_EQ(Ask(report, peel_, {"ps-durham"}, &release), "");
    ASSERT_EQ(Answer(&release, york_, "grant", {"ps-durham"}), "");
    ASSERT_EQ(WordsAbout(report), "joint work;a common target;a common target;");
  }
  // This gives every text of every table.
  std::string Everything() {
    std::string all;
    for (const char* column :
         {"body from resource", "body from revision", "response from idempotency", "value from visible"}) {
      const auto rows = Must(in_process_.database().Read(
          [&](storage::Transaction& tx) { return tx.Query<std::string>(absl::StrCat("select ", column)); }));
      for (const auto& [text] : rows) all += storage::WithoutKey(text) + "\n";
    }
    return all;
  }
};

TEST_F(Purge, IsAChangeOfTheReportThatItsOwnerIsToldOf) {
  v1::Report report = Active();
  FallDue(&report);
  ASSERT_EQ(Propose(&report, director_), "");
  v1::ConfirmReportPurgeRequest request;
  request.set_name(report.name());
  request.set_etag(report.etag());
  request.set_reason("five years, no validation");
  request.set_request_id(RequestId());
  const auto reply = Must(in_process_.ReplyTo(analyst_, request));
  std::vector<std::string> told;
  for (const auto& changed : reply.touched.changed()) told.push_back(changed.resource().name());
  EXPECT_THAT(told, ::testing::Contains(report.name()));
}

TEST_F(Purge, TwoPeoplePurgeAndEveryRecipientIsTold) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  v1::ReportCopy copy;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(analyst_, {report.name()}, v1::HANDLING_H1), analyst_, &product), "");
  v1::Report early = report;
  EXPECT_EQ(Propose(&early, director_), "STATE_NOT_PERMITTED");
  FallDue(&report);
  EXPECT_EQ(Propose(&report, york_), "NOT_THE_BUREAU");
  EXPECT_EQ(Confirm(report, analyst_), "PURGE_NOT_PROPOSED");
  ASSERT_EQ(Propose(&report, director_), "");
  EXPECT_EQ(Confirm(report, director_), "PURGE_NEEDS_TWO");
  v1::ReportTombstone stone;
  ASSERT_EQ(Confirm(report, analyst_, &stone), "");
  EXPECT_EQ(stone.digest(), copy.digest());
  // Peel has a copy, and the bureau made a product.
  EXPECT_EQ(stone.notices(), 2);
  EXPECT_EQ(Unread(report.name(), york_), "NOT_FOUND");
  EXPECT_EQ(Open(copy, peel_), "NOT_FOUND");
  EXPECT_EQ(Share(report, york_, "ps-peel"), "NOT_FOUND");
  EXPECT_EQ(Confirm(report, coordinator_), "NOT_FOUND");
  v1::GetProductRequest get;
  get.set_name(product.name());
  EXPECT_THAT(Call<v1::Product>(analyst_, get), RefusedBy(rules::kNotFound));
  const auto stones = Must(Call<v1::ListReportTombstonesResponse>(york_, v1::ListReportTombstonesRequest()));
  ASSERT_THAT(stones.report_tombstones(), SizeIs(1));
  EXPECT_EQ(stones.report_tombstones(0).name(), report.name());

  EXPECT_THAT(Notices(durham_), IsEmpty());
  ASSERT_THAT(Notices(peel_), SizeIs(1));
  v1::PurgeNotice notice = Notices(peel_)[0];
  EXPECT_THAT(notice.digests(), ElementsAre(copy.digest()));
  EXPECT_THAT(Notices(york_), SizeIs(2));
  Pass(EndOfDay(*ParseDay(notice.due())));
  notice = Notices(peel_)[0];
  EXPECT_EQ(notice.state(), v1::PURGE_NOTICE_STATE_OVERDUE);
  EXPECT_EQ(FromProto(notice.next_due()), EndOfDay(*ParseDay(notice.due())));
  v1::PurgeNotice theirs = notice;
  EXPECT_EQ(Move(york_, &theirs, v1::ConfirmPurgeNoticeRequest()), "NOT_THE_OWNER");
  ASSERT_EQ(Move(peel_, &notice, v1::ConfirmPurgeNoticeRequest()), "");
  EXPECT_EQ(notice.confirmed_by(), "intel");
  EXPECT_FALSE(notice.has_next_due());
}

TEST_F(Purge, AWrongReportIsRecalledAndThenPurgedByTwoPeopleOfItsOriginator) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  v1::ReportCopy copy;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  EXPECT_EQ(Propose(&report, york_), "STATE_NOT_PERMITTED") << "it is in use";
  ASSERT_EQ(Recall(&report, york_), "");
  v1::Report theirs = report;
  EXPECT_EQ(Propose(&theirs, director_), "NOT_FOUND") << "the bureau reads it no more";
  EXPECT_EQ(Propose(&theirs, durham_), "NOT_FOUND");
  const Caller second = Police("ps-york", "second");
  EXPECT_EQ(Confirm(report, second), "PURGE_NOT_PROPOSED");
  ASSERT_EQ(Propose(&report, york_), "");
  EXPECT_EQ(report.source_register_ref(), "reg-7") << "its originator reads its own register";
  EXPECT_EQ(Confirm(report, york_), "PURGE_NEEDS_TWO");
  EXPECT_EQ(Confirm(report, peel_), "NOT_FOUND");
  v1::ReportTombstone stone;
  ASSERT_EQ(Confirm(report, second, &stone), "");
  EXPECT_EQ(stone.notices(), 1);
  EXPECT_EQ(Unread(report.name(), york_), "NOT_FOUND");
  EXPECT_THAT(Notices(peel_), SizeIs(1));
}

TEST_F(Purge, ARecallVoidsWhatTheBureauProposed) {
  v1::Report report = Active();
  FallDue(&report);
  ASSERT_EQ(Propose(&report, director_), "");
  ASSERT_EQ(Recall(&report, york_), "");
  EXPECT_EQ(report.purge_proposed_by(), "");
  EXPECT_EQ(Confirm(report, york_), "PURGE_NOT_PROPOSED") << "one person of each agency are no two";
}

TEST_F(Purge, NothingOfTheContentIsLeftSealedOrNot) {
  v1::Report report = Active();
  FallDue(&report);
  const auto sealed = [&] {
    const auto rows = in_process_.database().Read([&](storage::Transaction& tx) {
      return tx.Query<int64_t>(
          "select (select count(*) from resource where kind = 'report' and seal_key <> '') + (select "
          "count(*) from "
          "revision where kind = 'report' and seal_key <> '')");
    });
    return std::get<0>(rows->at(0));
  };
  EXPECT_GT(sealed(), 0);
  EXPECT_THAT(Everything(), ::testing::HasSubstr("279.01(1)"));
  ASSERT_EQ(Propose(&report, director_), "");
  ASSERT_EQ(Confirm(report, analyst_), "");
  EXPECT_EQ(sealed(), 0);
  EXPECT_THAT(Everything(), ::testing::Not(::testing::HasSubstr("279.01(1)")));
}

TEST_F(Purge, ASanitisedTextStaysAndWhatItWasMadeFromGoes) {
  v1::Report report = Active();
  v1::Product product;
  const Caller second = Police("ps-york", "second"), third = Police("ps-york", "third");
  ASSERT_EQ(Make(NewProduct(york_, {report.name()}, v1::HANDLING_H5), york_, &product), "");
  ASSERT_EQ(Move(york_, &product, v1::ReviewProductRequest()), "");
  ASSERT_EQ(Sanitise(&product, second), "");
  ASSERT_EQ(Move(third, &product, v1::ApproveProductRequest()), "");
  ASSERT_EQ(Issue(&product, york_, {"ps-peel"}), "");
  FallDue(&report);
  ASSERT_EQ(Propose(&report, director_), "");
  ASSERT_EQ(Confirm(report, analyst_), "");
  v1::ProductCopy copy;
  ASSERT_EQ(ReadCopy(product, peel_, &copy), "");
  EXPECT_EQ(copy.text(), "Watch hotels.");
  v1::GetProductRequest get;
  get.set_name(product.name());
  EXPECT_EQ(Must(Call<v1::Product>(york_, get)).text(), "");
}

TEST_F(Purge, WhatWasSaidOfAReportGoesWithItAndWhoHadItStaysInTheLog) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  GiveAway(report);
  FallDue(&report);
  ASSERT_EQ(Propose(&report, director_), "");
  ASSERT_EQ(Confirm(report, analyst_), "");
  EXPECT_EQ(WordsAbout(report), ";;;");
  EXPECT_THAT(Notices(peel_), SizeIs(1));
}

TEST_F(Purge, WhatWasSaidOfAYouthRecordIsNotReadAfterItsEnd) {
  v1::CreateReportRequest request = NewReport();
  request.mutable_report()->add_caveats(v1::CAVEAT_YCJA);
  request.mutable_report()->set_youth_access_ends_on("2027-03-01");
  request.mutable_report()->add_recipients("ps-peel");
  v1::Report report;
  ASSERT_EQ(Rule(Call<v1::Report>(york_, request), &report), "");
  ASSERT_EQ(Move(york_, &report, v1::SubmitReportRequest()), "");
  Admit(&report);
  GiveAway(report);
  Pass(EndOfDay(absl::CivilDay(2027, 3, 1)));
  EXPECT_EQ(Unread(report.name(), york_), "NOT_FOUND");
  EXPECT_EQ(WordsAbout(report), ";;;");
}

TEST_F(Purge, AValidatedReportIsNotPurgedByAnOldProposal) {
  v1::Report report = Active();
  FallDue(&report);
  ASSERT_EQ(Propose(&report, director_), "");
  ASSERT_EQ(Move(coordinator_, &report, v1::ValidateReportRequest()), "");
  EXPECT_EQ(report.purge_proposed_by(), "");
  EXPECT_EQ(Confirm(report, analyst_), "STATE_NOT_PERMITTED");
}

TEST_F(Purge, VictimsAreKeptForTheShorterTerm) {
  v1::Report report;
  v1::CreateReportRequest request = NewReport();
  auto* victim = request.mutable_report()->add_entities();
  victim->set_id("v");
  victim->set_kind(v1::ENTITY_KIND_PERSON_VICTIM);
  victim->set_value("Jane Doe");
  ASSERT_EQ(Rule(Call<v1::Report>(york_, request), &report), "");
  ASSERT_EQ(Move(york_, &report, v1::SubmitReportRequest()), "");
  ASSERT_EQ(Grade(&report, analyst_), "");
  ASSERT_EQ(Decide(&report, "activate", coordinator_), "");
  EXPECT_EQ(report.review_due(), "2028-11-24");
}

TEST_F(Purge, AccessToAYouthRecordEndsByItself) {
  v1::CreateReportRequest request = NewReport();
  request.mutable_report()->add_caveats(v1::CAVEAT_YCJA);
  request.mutable_report()->add_recipients("ps-peel");
  v1::Report report;
  EXPECT_THAT(Call<v1::Report>(york_, request), RefusedBy(rules::kYouthAccessUndated));
  request.mutable_report()->set_youth_access_ends_on("2027-03-01");
  ASSERT_EQ(Rule(Call<v1::Report>(york_, request), &report), "");
  ASSERT_EQ(Move(york_, &report, v1::SubmitReportRequest()), "");
  ASSERT_EQ(Grade(&report, analyst_), "");
  ASSERT_EQ(Decide(&report, "activate", coordinator_), "");
  EXPECT_EQ(report.review_due(), "2027-03-01");
  v1::ReportCopy copy;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  Pass(EndOfDay(absl::CivilDay(2027, 2, 28)));
  EXPECT_EQ(Open(copy, peel_), "");
  // It is refused even before a sweep.
  in_process_.clock().Set(EndOfDay(absl::CivilDay(2027, 3, 1)));
  EXPECT_EQ(Open(copy, peel_), "NOT_FOUND");
  v1::Report due = Read(report.name(), york_);
  EXPECT_EQ(Move(coordinator_, &due, v1::ValidateReportRequest()), "YOUTH_ACCESS_ENDED");
  Pass(EndOfDay(absl::CivilDay(2027, 3, 1)));
  EXPECT_EQ(Unread(report.name(), york_), "NOT_FOUND");
  EXPECT_EQ(Unread(report.name(), analyst_), "NOT_FOUND");
  EXPECT_THAT(Notices(peel_), SizeIs(1));
}

}  // namespace
}  // namespace accord::intelligence
