// In these tests insiders try what they may not: what was never admitted, or was taken back, leaves nowhere,
// and no one person does what takes two.
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

class IntelligenceInsiders : public Intelligence {
 protected:
  v1::Report Drafted(const Caller& caller) {
    v1::Report report;
    EXPECT_EQ(Rule(Call<v1::Report>(caller, NewReport(caller.agency)), &report), "");
    return report;
  }
  std::string Edit(v1::Report* report, const Caller& caller) {
    v1::UpdateReportDraftRequest request;
    *request.mutable_report() = NewReport(caller.agency).report();
    request.mutable_report()->set_name(report->name());
    request.mutable_report()->set_etag(report->etag());
    return Rule(Call<v1::Report>(caller, request), report);
  }
  std::string Submit(v1::Report* report, const Caller& caller) {
    return Move(caller, report, v1::SubmitReportRequest());
  }
  // This gives a report in every state that is not in use.
  std::map<std::string, v1::Report> NotInUse() {
    std::map<std::string, v1::Report> reports;
    reports["draft"] = Drafted(york_);
    reports["submitted"] = Submitted();
    for (const char* state : {"evaluated", "returned", "rejected"}) {
      reports[state] = Submitted();
      EXPECT_EQ(Grade(&reports[state], analyst_), "");
    }
    EXPECT_EQ(Decide(&reports["returned"], "return", coordinator_), "");
    EXPECT_EQ(Decide(&reports["rejected"], "reject", coordinator_), "");
    reports["recalled"] = Active();
    EXPECT_EQ(Recall(&reports["recalled"], york_), "");
    return reports;
  }
  std::string Review(v1::Product* product, const Caller& caller) {
    return Move(caller, product, v1::ReviewProductRequest());
  }
  std::string Approve(v1::Product* product, const Caller& caller) {
    return Move(caller, product, v1::ApproveProductRequest());
  }
  std::string Withdraw(v1::Product* product, const Caller& caller) {
    return Move(caller, product, v1::WithdrawProductAgreementRequest());
  }
  v1::Product Seen(const v1::Product& product, const Caller& caller) {
    v1::GetProductRequest request;
    request.set_name(product.name());
    return Must(Call<v1::Product>(caller, request));
  }
  std::string Export(const v1::Product& product, const Caller& caller) {
    v1::ExportProductBundleRequest request;
    request.set_name(product.name());
    return Rule(Call<v1::ExportProductBundleResponse>(caller, request));
  }
  int Logged(const v1::Report& report, const Caller& caller) {
    v1::ListDisclosuresRequest request;
    request.set_report(report.name());
    int logged = 0;
    const auto log = Must(Call<v1::ListDisclosuresResponse>(caller, request));
    for (const auto& line : log.report_copies()) logged += !line.product().empty();
    return logged;
  }
  // This gives a product that the bureau makes of York's report; it is sanitised, agreed to and approved.
  v1::Product Approved(const v1::Report& report) {
    v1::Product product;
    EXPECT_EQ(Make(NewProduct(analyst_, {report.name()}, v1::HANDLING_H5), analyst_, &product), "");
    EXPECT_EQ(Review(&product, analyst_), "");
    EXPECT_EQ(Sanitise(&product, analyst_), "");
    v1::Product asked = product;
    EXPECT_EQ(Agree(&asked, york_), "");
    product.set_etag(asked.etag());
    EXPECT_EQ(Approve(&product, director_), "");
    return product;
  }
  const Caller second_ = Police("ps-york", "second"), third_ = Police("ps-york", "third");
};

TEST_F(IntelligenceInsiders, NoProductIsMadeOfAReportThatIsNotInUse) {
  const v1::Report active = Active();
  for (const auto& [state, report] : NotInUse()) {
    for (v1::Handling handling : {v1::HANDLING_H1, v1::HANDLING_H5}) {
      v1::Product product;
      EXPECT_EQ(Make(NewProduct(york_, {report.name()}, handling), york_, &product), "REPORT_NOT_ACTIVE")
          << state;
      EXPECT_EQ(Make(NewProduct(york_, {active.name(), report.name()}, handling), york_, &product),
                "REPORT_NOT_ACTIVE")
          << state;
      const bool seen = state != "draft" && state != "recalled";
      EXPECT_EQ(Make(NewProduct(analyst_, {report.name()}, handling), analyst_, &product),
                seen ? "REPORT_NOT_ACTIVE" : "NOT_FOUND")
          << state;
    }
  }
}

TEST_F(IntelligenceInsiders, ARecallStopsAProductWhereverItStands) {
  v1::Report report = Active();
  v1::Product draft, reviewed, sanitised;
  for (v1::Product* product : {&draft, &reviewed, &sanitised}) {
    ASSERT_EQ(Make(NewProduct(york_, {report.name()}, v1::HANDLING_H5), york_, product), "");
  }
  v1::Product plain;
  ASSERT_EQ(Make(NewProduct(york_, {report.name()}, v1::HANDLING_H1), york_, &plain), "");
  ASSERT_EQ(Review(&plain, york_), "");
  ASSERT_EQ(Review(&reviewed, york_), "");
  ASSERT_EQ(Review(&sanitised, york_), "");
  ASSERT_EQ(Sanitise(&sanitised, york_), "");
  ASSERT_EQ(Recall(&report, york_), "");
  EXPECT_EQ(Approve(&plain, second_), "REPORT_NOT_ACTIVE");
  EXPECT_EQ(Sanitise(&reviewed, second_), "REPORT_NOT_ACTIVE");
  EXPECT_EQ(Approve(&sanitised, second_), "REPORT_NOT_ACTIVE");
  for (const v1::Product& product : {draft, reviewed, sanitised, plain}) {
    const v1::Product seen = Seen(product, york_);
    EXPECT_EQ(seen.text() + seen.title() + seen.sanitised_text(), "");
  }
}

TEST_F(IntelligenceInsiders, ARecallVoidsAgreementsStopsIssuesAndClosesSanitisedCopies) {
  v1::Report report = Active();
  v1::Product product = Approved(report);
  ASSERT_EQ(Issue(&product, director_, {"vs-york"}), "");
  ASSERT_EQ(ReadCopy(product, shelter_), "");
  ASSERT_EQ(Export(product, director_), "");
  ASSERT_EQ(Recall(&report, york_), "");
  EXPECT_EQ(ReadCopy(product, shelter_), "NOT_FOUND");
  product = Seen(product, director_);
  EXPECT_THAT(product.agreements(), IsEmpty());
  EXPECT_EQ(product.sanitised_text(), "");
  EXPECT_EQ(Issue(&product, director_, {"ps-durham"}), "REPORT_NOT_ACTIVE");
  EXPECT_EQ(Export(product, director_), "REPORT_NOT_ACTIVE");
  EXPECT_EQ(Agree(&product, york_), "REPORT_NOT_ACTIVE");
}

TEST_F(IntelligenceInsiders, AnAgreementCanBeTakenBackAndGivenAgain) {
  v1::Report report = Active();
  v1::Product product = Approved(report);
  ASSERT_EQ(Issue(&product, director_, {"vs-york"}), "");
  EXPECT_EQ(Withdraw(&product, analyst_), "NOT_THE_ORIGINATOR");
  v1::Product theirs = product;
  EXPECT_EQ(Withdraw(&theirs, peel_), "NOT_FOUND");
  ASSERT_EQ(Withdraw(&theirs, york_), "");
  EXPECT_EQ(ReadCopy(product, shelter_), "NOT_FOUND");
  EXPECT_EQ(Export(product, director_), "AGREEMENT_MISSING");
  product.set_etag(theirs.etag());
  EXPECT_EQ(Issue(&product, director_, {"ps-durham"}), "AGREEMENT_MISSING");
  EXPECT_EQ(Withdraw(&theirs, york_), "AGREEMENT_MISSING");
  ASSERT_EQ(Agree(&theirs, york_), "");
  EXPECT_EQ(ReadCopy(product, shelter_), "");
}

TEST_F(IntelligenceInsiders, WhatIsSanitisedAnewIsAgreedToAnewThoughItReadsTheSame) {
  const v1::Report report = Active();
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(analyst_, {report.name()}, v1::HANDLING_H5), analyst_, &product), "");
  ASSERT_EQ(Review(&product, analyst_), "");
  ASSERT_EQ(Sanitise(&product, analyst_), "");
  v1::Product asked = product;
  ASSERT_EQ(Agree(&asked, york_), "");
  product.set_etag(asked.etag());
  ASSERT_EQ(Sanitise(&product, analyst_, "Watch motels."), "");
  ASSERT_EQ(Sanitise(&product, analyst_), "");
  EXPECT_EQ(Approve(&product, director_), "AGREEMENT_MISSING");
}

TEST_F(IntelligenceInsiders, EverySanitisedIssueIsInTheOriginatorsLogAndIsNoCopy) {
  v1::Report report = Active();
  v1::Product product = Approved(report);
  EXPECT_EQ(Logged(report, york_), 0);
  ASSERT_EQ(Issue(&product, director_, {"vs-york", "ps-durham"}), "");
  EXPECT_EQ(Logged(report, york_), 2);
  ASSERT_EQ(Issue(&product, director_, {"ps-halton"}), "");
  EXPECT_EQ(Logged(report, york_), 3);
  // What comes back to the originator is in the log too.
  ASSERT_EQ(Issue(&product, director_, {"ps-york"}), "");
  EXPECT_EQ(Logged(report, york_), 4);
  EXPECT_THAT(
      Must(Call<v1::ListReportCopiesResponse>(durham_, v1::ListReportCopiesRequest())).report_copies(),
      IsEmpty());
}

TEST_F(IntelligenceInsiders, EveryOriginatorHearsOfAProductThatLeavesAsAFile) {
  const v1::Report report = Active();
  v1::Product product = Approved(report);
  ASSERT_EQ(Issue(&product, director_, {"vs-york"}), "");
  v1::ExportProductBundleRequest request;
  request.set_name(product.name());
  const auto reply = in_process_.ReplyTo(director_, request);
  ASSERT_OK(reply);
  std::map<std::string, std::string> told;
  for (const auto& resource : reply->touched.resources()) told[resource.owner()] = resource.name();
  EXPECT_EQ(told["ps-york"], report.name());
  EXPECT_EQ(told["ci-ciso"], product.name());
}

TEST_F(IntelligenceInsiders, WhoHadAHandInAReportNeverGradesIt) {
  v1::Report report = Drafted(york_);
  ASSERT_EQ(Edit(&report, second_), "");
  ASSERT_EQ(Submit(&report, third_), "");
  Admit(&report);
  for (const Caller& caller : {york_, second_, third_}) {
    EXPECT_EQ(Grade(&report, caller), "GRADED_BY_SUBMITTER") << caller.actor;
  }
  EXPECT_EQ(Grade(&report, Police("ps-york", "fourth")), "");
}

TEST_F(IntelligenceInsiders, WhoGradedAReportNeverWritesOrSubmitsIt) {
  v1::Report report = Submitted();
  ASSERT_EQ(Grade(&report, analyst_), "");
  ASSERT_EQ(Grade(&report, second_), "");
  ASSERT_EQ(Decide(&report, "return", coordinator_), "");
  EXPECT_EQ(Edit(&report, second_), "SUBMITTED_BY_GRADER");
  ASSERT_EQ(Edit(&report, york_), "");
  EXPECT_EQ(Submit(&report, second_), "SUBMITTED_BY_GRADER");
  EXPECT_EQ(Submit(&report, york_), "");
}

TEST_F(IntelligenceInsiders, WhoEverSanitisedAProductNeverApprovesIt) {
  const v1::Report report = Active();
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(york_, {report.name()}, v1::HANDLING_H5), york_, &product), "");
  ASSERT_EQ(Review(&product, york_), "");
  ASSERT_EQ(Sanitise(&product, second_), "");
  ASSERT_EQ(Sanitise(&product, third_), "");
  EXPECT_EQ(Approve(&product, second_), "APPROVER_NOT_INDEPENDENT");
  EXPECT_EQ(Approve(&product, third_), "APPROVER_NOT_INDEPENDENT");
  EXPECT_EQ(Approve(&product, york_), "APPROVER_NOT_INDEPENDENT");
  EXPECT_EQ(Approve(&product, Police("ps-york", "fourth")), "");
}

TEST_F(IntelligenceInsiders, WhoEverProposedAPurgeNeverConfirmsIt) {
  v1::Report report = Active();
  Pass(EndOfDay(*ParseDay(report.review_due()) - 1));
  report = Read(report.name(), york_);
  Caller other = director_;
  other.actor = "another-director";
  const auto propose = [&](const Caller& caller) {
    return Move(caller, &report, v1::ProposeReportPurgeRequest());
  };
  const auto confirm = [&](const Caller& caller) {
    v1::ConfirmReportPurgeRequest request;
    request.set_name(report.name());
    request.set_etag(report.etag());
    request.set_reason("five years");
    return Rule(Call<v1::ReportTombstone>(caller, request));
  };
  ASSERT_EQ(propose(director_), "");
  ASSERT_EQ(propose(other), "");
  EXPECT_EQ(confirm(director_), "PURGE_NEEDS_TWO");
  EXPECT_EQ(confirm(other), "PURGE_NEEDS_TWO");
  EXPECT_EQ(confirm(analyst_), "");
}

TEST_F(IntelligenceInsiders, ARepeatedRequestIsNotBarredByItself) {
  const v1::Report report = Submitted();
  v1::GradeReportRequest grade;
  grade.set_name(report.name());
  grade.set_etag(report.etag());
  grade.set_request_id("the-same-grade");
  grade.set_source_reliability(v1::SOURCE_RELIABILITY_B);
  grade.set_information_validity(v1::INFORMATION_VALIDITY_3);
  EXPECT_OK(Call<v1::Report>(analyst_, grade));
  EXPECT_OK(Call<v1::Report>(analyst_, grade));
}

TEST_F(IntelligenceInsiders, WhatIsNotInUseEndsWithItsTime) {
  auto reports = NotInUse();
  const v1::Report active = Active();
  // Another edit does not begin the time anew.
  Pass(EndOfDay(absl::CivilDay(2029, 1, 1)));
  EXPECT_EQ(Edit(&reports["draft"], york_), "");
  Pass(EndOfDay(absl::CivilDay(2031, 11, 22)));
  for (const auto& [state, report] : reports)
    EXPECT_EQ(Read(report.name(), york_).name(), report.name()) << state;
  Pass(EndOfDay(absl::CivilDay(2031, 11, 24)));
  for (const auto& [state, report] : reports) EXPECT_EQ(Unread(report.name(), york_), "NOT_FOUND") << state;
  EXPECT_EQ(Read(active.name(), york_).state(), v1::REPORT_STATE_REVIEW_DUE) << "that waits for people";
  const auto stones = Must(Call<v1::ListReportTombstonesResponse>(york_, v1::ListReportTombstonesRequest()));
  EXPECT_THAT(stones.report_tombstones(), SizeIs(reports.size()));
}

TEST_F(IntelligenceInsiders, WhatWasMadeOfAYouthRecordEndsWithIt) {
  v1::CreateReportRequest request = NewReport();
  request.mutable_report()->add_caveats(v1::CAVEAT_YCJA);
  request.mutable_report()->set_youth_access_ends_on("2027-03-01");
  v1::Report report;
  ASSERT_EQ(Rule(Call<v1::Report>(york_, request), &report), "");
  ASSERT_EQ(Submit(&report, york_), "");
  Admit(&report);
  v1::Product product = Approved(report);
  ASSERT_EQ(Issue(&product, director_, {"vs-york"}), "");
  in_process_.clock().Set(EndOfDay(absl::CivilDay(2027, 3, 1)));
  EXPECT_EQ(ReadCopy(product, shelter_), "NOT_FOUND") << "before any sweep";
  EXPECT_EQ(Seen(product, director_).sanitised_text(), "");
  Pass(EndOfDay(absl::CivilDay(2027, 3, 1)));
  v1::GetProductRequest get;
  get.set_name(product.name());
  EXPECT_THAT(Call<v1::Product>(director_, get), RefusedBy(rules::kNotFound));
  EXPECT_EQ(ReadCopy(product, shelter_), "NOT_FOUND");
}

}  // namespace
}  // namespace accord::intelligence
