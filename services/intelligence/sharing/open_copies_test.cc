// These tests show that the database decides which copies are listed, on each kind of database, and that the
// record has the last word.
#include <functional>

#include "common/testing/postgres.h"
#include "services/intelligence/sharing/copy_store.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

class OpenCopiesOf : public Intelligence, public ::testing::WithParamInterface<bool> {
 protected:
  OpenCopiesOf() : Intelligence(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}
  // This gives a copy that York gave to Peel of a report of its own.
  v1::ReportCopy Given(v1::Report* report) {
    *report = Active();
    EXPECT_EQ(Handle(report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
    v1::ReportCopy copy;
    EXPECT_EQ(Share(*report, york_, "ps-peel", &copy), "");
    return copy;
  }
  // This gives what the database selects for an agency that is in no category of members.
  std::vector<std::string> Selected(const std::string& agency) {
    OpenCopies of;
    of.agency = agency;
    of.today = FormatDay(OntarioDay(in_process_.clock().Now()));
    of.closed = {"h1", "h3", "h4", "h5"};
    return Names([&](const storage::Bind& bind) { return OpenCopiesSql(of, bind, "", 50); });
  }
  std::vector<std::string> SelectedProducts(const std::string& agency) {
    return Names([&](const storage::Bind& bind) { return IssuedCopiesSql(agency, bind, "", 50); });
  }
  // This gives the names that the statement of a list selects.
  std::vector<std::string> Names(const std::function<std::string(const storage::Bind&)>& statement) {
    std::vector<storage::Value> params;
    const std::string sql = statement([&](storage::Value value) {
      params.push_back(std::move(value));
      return absl::StrCat(":p", params.size());
    });
    const auto rows = Must(in_process_.database().Read(
        [&](storage::Transaction& tx) { return tx.QueryValues<std::string>(sql, params); }));
    std::vector<std::string> names;
    for (const auto& [name] : rows) names.push_back(name);
    return names;
  }
  std::vector<std::string> Listed(const Caller& caller) {
    const auto page = Must(Call<v1::ListReportCopiesResponse>(caller, v1::ListReportCopiesRequest()));
    std::vector<std::string> names;
    for (const auto& copy : page.report_copies()) names.push_back(copy.name());
    return names;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, OpenCopiesOf, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(OpenCopiesOf, AReportThatIsRecalledOrHandledForOthersAreNotSelected) {
  v1::Report open, recalled, narrowed, others;
  const v1::ReportCopy copy = Given(&open);
  for (v1::Report* each : {&recalled, &narrowed, &others}) Given(each);
  EXPECT_EQ(Selected("ps-peel").size(), 4u);
  ASSERT_EQ(Recall(&recalled, york_), "");
  ASSERT_EQ(Handle(&narrowed, v1::HANDLING_H1, {}, york_), "");
  ASSERT_EQ(Handle(&others, v1::HANDLING_H2, {"ps-durham"}, york_), "");
  EXPECT_THAT(Selected("ps-peel"), ElementsAre(copy.name()));
  EXPECT_THAT(Listed(peel_), ElementsAre(copy.name()));
  EXPECT_THAT(Selected("ps-durham"), IsEmpty());
}

TEST_P(OpenCopiesOf, AReleaseThatHasEndedOrIsRevokedIsNotSelected) {
  v1::Report report;
  Given(&report);
  v1::ReleaseRequest release;
  ASSERT_EQ(Ask(report, peel_, {"ps-durham"}, &release), "");
  ASSERT_EQ(Answer(&release, york_, "grant", {"ps-durham"}, "2026-11-30"), "");
  v1::ReportCopy onward;
  ASSERT_EQ(Share(report, peel_, "ps-durham", &onward), "");
  EXPECT_THAT(Selected("ps-durham"), ElementsAre(onward.name()));
  EXPECT_THAT(Listed(durham_), ElementsAre(onward.name()));
  const absl::Time before = in_process_.clock().Now();
  in_process_.clock().Set(EndOfDay(absl::CivilDay(2026, 11, 30)) + absl::Minutes(1));
  EXPECT_THAT(Selected("ps-durham"), IsEmpty());
  in_process_.clock().Set(before);
  ASSERT_EQ(Answer(&release, york_, "revoke"), "");
  EXPECT_THAT(Selected("ps-durham"), IsEmpty());
}

TEST_P(OpenCopiesOf, AReportThatIsProposedForPurgingStaysClosed) {
  v1::Report narrowed;
  Given(&narrowed);
  ASSERT_EQ(Handle(&narrowed, v1::HANDLING_H1, {}, york_), "");
  Pass(EndOfDay(*ParseDay(narrowed.review_due()) - 1));
  narrowed = Read(narrowed.name(), york_);
  ASSERT_EQ(narrowed.state(), v1::REPORT_STATE_REVIEW_DUE);
  EXPECT_THAT(Selected("ps-peel"), IsEmpty());
  ASSERT_EQ(Move(director_, &narrowed, v1::ProposeReportPurgeRequest()), "");
  EXPECT_THAT(Selected("ps-peel"), IsEmpty());
  EXPECT_THAT(Listed(peel_), IsEmpty());
}

TEST_P(OpenCopiesOf, WhatWasPurgedIsNotSelected) {
  v1::Report report;
  const v1::ReportCopy copy = Given(&report);
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(york_, {report.name()}, v1::HANDLING_H2, {"ps-peel"}), york_, &product), "");
  ASSERT_EQ(Move(york_, &product, v1::ReviewProductRequest()), "");
  ASSERT_EQ(Move(Police("ps-york", "second"), &product, v1::ApproveProductRequest()), "");
  ASSERT_EQ(Issue(&product, york_, {"ps-peel"}), "");
  Pass(EndOfDay(*ParseDay(report.review_due()) - 1));
  report = Read(report.name(), york_);
  ASSERT_EQ(Move(director_, &report, v1::ProposeReportPurgeRequest()), "");
  EXPECT_THAT(Selected("ps-peel"), ElementsAre(copy.name()));
  EXPECT_THAT(SelectedProducts("ps-peel"), SizeIs(1));
  v1::ConfirmReportPurgeRequest confirm;
  confirm.set_name(report.name());
  confirm.set_etag(report.etag());
  confirm.set_reason("five years, no validation");
  ASSERT_EQ(Rule(Call<v1::ReportTombstone>(analyst_, confirm)), "");
  EXPECT_THAT(Selected("ps-peel"), IsEmpty());
  EXPECT_THAT(SelectedProducts("ps-peel"), IsEmpty());
}

TEST_P(OpenCopiesOf, WhatTheVersionBeforeStoredIsAskedOfTheReport) {
  v1::Report open, narrowed;
  const v1::ReportCopy copy = Given(&open), closed = Given(&narrowed);
  ASSERT_EQ(Handle(&narrowed, v1::HANDLING_H1, {}, york_), "");
  const absl::Status before = in_process_.database().Transact([](storage::Transaction& tx) {
    return tx.Exec("delete from visible where field = 'handling' or field like 'recipient:%'").status();
  });
  ASSERT_OK(before);
  EXPECT_THAT(Selected("ps-peel"), ::testing::UnorderedElementsAre(copy.name(), closed.name()));
  EXPECT_THAT(Listed(peel_), ElementsAre(copy.name()));
}

}  // namespace
}  // namespace accord::intelligence
