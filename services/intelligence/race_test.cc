// These tests show what becomes of a report that is taken back while it is given away, on PostgreSQL:
// afterwards nobody reads what its originator took back, whichever came first.
#include "common/testing/lockstep.h"
#include "common/testing/postgres.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

class IntelligenceRaces : public Intelligence {
 protected:
  IntelligenceRaces() : IntelligenceRaces(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit IntelligenceRaces(const std::string& dsn) : Intelligence(dsn), lockstep_(dsn) {}

  using Act = std::function<absl::Status()>;
  Act Recalls(const v1::Report& report) {
    v1::RecallReportRequest request;
    request.set_name(report.name());
    request.set_etag(report.etag());
    request.set_reason("the operation changed");
    return [=, this] { return Call<v1::Report>(york_, request).status(); };
  }
  Act Issues(const v1::Product& product, const Caller& caller, const std::string& to) {
    v1::IssueProductRequest request;
    request.set_name(product.name());
    request.set_etag(product.etag());
    request.add_recipients(to);
    return [=, this] { return Call<v1::Product>(caller, request).status(); };
  }
  Act Shares(const v1::Report& report, const std::string& to) {
    v1::ShareReportRequest request;
    request.set_report(report.name());
    request.set_to_agency(to);
    request.set_purpose("joint work");
    return [=, this] { return Call<v1::ReportCopy>(york_, request).status(); };
  }
  // This gives a product that the bureau makes of York's report; it is sanitised, agreed to and approved.
  v1::Product Approved(const v1::Report& report) {
    v1::Product product;
    EXPECT_EQ(Make(NewProduct(analyst_, {report.name()}, v1::HANDLING_H5), analyst_, &product), "");
    EXPECT_EQ(Move(analyst_, &product, v1::ReviewProductRequest()), "");
    EXPECT_EQ(Sanitise(&product, analyst_), "");
    v1::Product asked = product;
    EXPECT_EQ(Agree(&asked, york_), "");
    product.set_etag(asked.etag());
    EXPECT_EQ(Move(director_, &product, v1::ApproveProductRequest()), "");
    return product;
  }
  v1::Report ForPeel() {
    v1::Report report = Active();
    EXPECT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
    return report;
  }

  testing::Lockstep lockstep_;
};

TEST_F(IntelligenceRaces, WhatIsRecalledWhileAProductIsIssuedIsReadByNobody) {
  for (int round = 0; round < 5; ++round) {
    const v1::Report report = Active();
    const v1::Product product = Approved(report);
    const auto results = lockstep_.Run({Recalls(report), Issues(product, director_, "vs-york")});
    ASSERT_OK(results[0]);
    EXPECT_EQ(ReadCopy(product, shelter_), "NOT_FOUND") << results[1];
    v1::GetProductRequest get;
    get.set_name(product.name());
    const auto seen = Call<v1::Product>(director_, get);
    ASSERT_OK(seen);
    EXPECT_THAT(seen->agreements(), IsEmpty());
    EXPECT_EQ(seen->text() + seen->title() + seen->sanitised_text(), "");
  }
}

TEST_F(IntelligenceRaces, WhatIsRecalledWhileItIsSharedOpensToNobody) {
  for (int round = 0; round < 5; ++round) {
    const v1::Report report = ForPeel();
    const auto results = lockstep_.Run({Recalls(report), Shares(report, "ps-peel")});
    ASSERT_OK(results[0]);
    const auto copies = Call<v1::ListReportCopiesResponse>(peel_, v1::ListReportCopiesRequest());
    ASSERT_OK(copies);
    EXPECT_THAT(copies->report_copies(), IsEmpty());
  }
}

// Nobody reads the text of an originator that withdraws its agreement while the product is issued, until it
// agrees again.
TEST_F(IntelligenceRaces, AnAgreementThatIsWithdrawnWhileTheProductIsIssuedClosesIt) {
  for (int round = 0; round < 5; ++round) {
    const v1::Product product = Approved(Active());
    v1::WithdrawProductAgreementRequest request;
    request.set_name(product.name());
    request.set_etag(product.etag());
    const auto results = lockstep_.Run(
        {[&] { return Call<v1::Product>(york_, request).status(); }, Issues(product, director_, "vs-york")});
    EXPECT_EQ(results[0].ok(), !results[1].ok()) << results[0] << results[1];
    EXPECT_EQ(ReadCopy(product, shelter_), results[1].ok() ? "" : "NOT_FOUND");
  }
}

// One person proposes and confirms in two sessions at once; if there are two people, one of them confirms.
TEST_F(IntelligenceRaces, APurgeThatOnePersonProposesAndConfirmsAtOnceTakesNoEffect) {
  v1::Report report = Submitted();
  ASSERT_EQ(Grade(&report, analyst_), "");
  ASSERT_EQ(Decide(&report, "reject", coordinator_), "");
  v1::ProposeReportPurgeRequest propose;
  propose.set_name(report.name());
  propose.set_etag(report.etag());
  v1::ConfirmReportPurgeRequest confirm;
  confirm.set_name(report.name());
  confirm.set_etag(report.etag());
  confirm.set_reason("of no use");
  const Act proposes = [&] { return Call<v1::Report>(director_, propose).status(); };
  const Act confirms = [&] { return Call<v1::ReportTombstone>(director_, confirm).status(); };
  const auto results = lockstep_.Run({proposes, confirms});
  EXPECT_OK(results[0]);
  EXPECT_THAT(RuleOf(results[1]), ::testing::AnyOf("PURGE_NOT_PROPOSED", "ETAG_MISMATCH"));
  const v1::Report after = Read(report.name(), director_);
  EXPECT_EQ(after.purge_proposed_by(), director_.actor);
  EXPECT_NE(after.state(), v1::REPORT_STATE_PURGED);
}

// The submitter grades in two sessions beside somebody who had no hand in the report, and one grade is added.
TEST_F(IntelligenceRaces, NobodyGradesWhileWritingTheSame) {
  v1::Report report = Active();
  const auto grades = [&](const Caller& caller) {
    v1::GradeReportRequest request;
    request.set_name(report.name());
    request.set_etag(report.etag());
    request.set_source_reliability(v1::SOURCE_RELIABILITY_A);
    request.set_information_validity(v1::INFORMATION_VALIDITY_1);
    return [this, caller, request] { return Call<v1::Report>(caller, request).status(); };
  };
  const auto results = lockstep_.Run({grades(york_), grades(york_), grades(Police("ps-york", "second"))});
  EXPECT_THAT(results[0], RefusedBy(rules::kGradedBySubmitter));
  EXPECT_THAT(results[1], RefusedBy(rules::kGradedBySubmitter));
  EXPECT_OK(results[2]);
  EXPECT_THAT(Read(report.name(), york_).grades(), SizeIs(2));
}

}  // namespace
}  // namespace accord::intelligence
