// These are the rows of the founding document that intelligence coordination fulfils, shown through
// the gateway.
#include "accord/intelligence/v1/dissemination_service.pb.h"
#include "accord/intelligence/v1/membership_service.pb.h"
#include "accord/intelligence/v1/position_service.pb.h"
#include "accord/intelligence/v1/product_service.pb.h"
#include "accord/intelligence/v1/report_service.pb.h"
#include "accord/intelligence/v1/request_service.pb.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace in = accord::intelligence::v1;

class IntelligenceRows : public ServiceRows {
 protected:
  IntelligenceRows() : ServiceRows("intelligence", "intelligence") {}
};

TEST_F(IntelligenceRows, SeedRow33_ThreePositionsCoverEveryServiceAndTheOriginatorControls) {
  const AgencyClient bureau = Enrol("ci-ciso", {{"director", ROLE_CISO_DIRECTOR},
                                                {"coordinator", ROLE_CISO_COORDINATOR},
                                                {"analyst", ROLE_CISO_ANALYST}});
  const AgencyClient york = Enrol("ps-york", {{"intel", ROLE_POLICE_INTEL}});
  const AgencyClient peel = Enrol("ps-peel", {{"intel", ROLE_POLICE_INTEL}});
  const AgencyClient durham = Enrol("ps-durham", {{"intel", ROLE_POLICE_INTEL}});

  // There are exactly three positions, and every police service is in exactly one portfolio.
  std::vector<in::Position> positions;
  for (const char* id : {"ht-1", "ht-2", "ht-3"}) {
    in::EstablishPositionRequest establish;
    establish.set_parent("agencies/ci-ciso");
    establish.set_position_id(id);
    positions.push_back(
        Must<in::Position>(bureau, "director", "PositionService/EstablishPosition", establish));
  }
  in::EstablishPositionRequest fourth;
  fourth.set_parent("agencies/ci-ciso");
  fourth.set_position_id("ht-4");
  EXPECT_EQ(
      RuleOf(Call<in::Position>(bureau, "director", "PositionService/EstablishPosition", fourth).status()),
      "POSITION_UNKNOWN");
  auto coverage = Must<in::GetPortfolioCoverageResponse>(
      york, "intel", "PositionService/GetPortfolioCoverage", in::GetPortfolioCoverageRequest());
  EXPECT_EQ(coverage.uncovered(), coverage.portfolio_entries_size());
  std::vector<in::AssignPositionPortfolioRequest> portfolios(3);
  for (int i = 0; i < coverage.portfolio_entries_size(); ++i) {
    portfolios[static_cast<size_t>(i % 3)].add_police_services(
        coverage.portfolio_entries(i).police_service());
  }
  for (size_t i = 0; i < 3; ++i) {
    Move(bureau, "director", "PositionService/AssignPositionPortfolio", &positions[i], portfolios[i]);
  }
  coverage = Must<in::GetPortfolioCoverageResponse>(york, "intel", "PositionService/GetPortfolioCoverage",
                                                    in::GetPortfolioCoverageRequest());
  EXPECT_EQ(coverage.uncovered(), 0);
  std::map<std::string, std::string> position_of;
  for (const auto& entry : coverage.portfolio_entries())
    position_of[entry.police_service()] = entry.position();

  // A request is routed to the covering position.
  in::CreateInformationRequestRequest ask;
  ask.set_parent("agencies/ps-york");
  ask.mutable_information_request()->set_priority(in::REQUEST_PRIORITY_PRIORITY);
  ask.mutable_information_request()->set_question("Is this plate known?");
  ask.mutable_information_request()->set_justification("seen twice");
  ask.mutable_information_request()->set_predicate_offence("279.01(1)");
  ask.mutable_information_request()->add_to("ps-peel");
  const auto asked =
      Must<in::InformationRequest>(york, "intel", "RequestService/CreateInformationRequest", ask);
  ASSERT_EQ(asked.positions_size(), 1);
  EXPECT_EQ(asked.positions(0), position_of["ps-peel"]);

  // The originator controls it, and every disclosure is logged.
  in::CreateReportRequest draft;
  draft.set_parent("agencies/ps-york");
  draft.mutable_report()->set_predicate_offence("279.01(1)");
  draft.mutable_report()->set_suspicion_basis("observed at three hotels");
  draft.mutable_report()->set_text("A vehicle moves two young women between hotels.");
  draft.mutable_report()->set_handling(in::HANDLING_H2);
  draft.mutable_report()->add_recipients("ps-peel");
  auto report = Must<in::Report>(york, "intel", "ReportService/CreateReport", draft);
  Move<in::SubmitReportRequest>(york, "intel", "ReportService/SubmitReport", &report);
  in::GradeReportRequest grade;
  grade.set_source_reliability(in::SOURCE_RELIABILITY_B);
  grade.set_information_validity(in::INFORMATION_VALIDITY_2);
  Move(bureau, "analyst", "ReportService/GradeReport", &report, grade);
  in::DecideReportRequest activate;
  activate.set_event("activate");
  Move(bureau, "coordinator", "ReportService/DecideReport", &report, activate);
  in::ShareReportRequest share;
  share.set_report(report.name());
  share.set_to_agency("ps-peel");
  share.set_purpose("joint work");
  const auto copy = Must<in::ReportCopy>(york, "intel", "DisseminationService/ShareReport", share);
  in::GetReportCopyRequest open;
  open.set_name(copy.name());
  EXPECT_EQ(Must<in::ReportCopy>(peel, "intel", "DisseminationService/GetReportCopy", open).content().text(),
            draft.report().text());
  share.set_to_agency("ps-durham");
  EXPECT_EQ(RuleOf(Call<in::ReportCopy>(peel, "intel", "DisseminationService/ShareReport", share).status()),
            "NO_RELEASE");
  EXPECT_EQ(
      RuleOf(Call<in::ReportCopy>(bureau, "analyst", "DisseminationService/ShareReport", share).status()),
      "NO_RELEASE");
  EXPECT_EQ(
      RuleOf(Call<in::ReportCopy>(durham, "intel", "DisseminationService/GetReportCopy", open).status()),
      "NOT_FOUND");
  in::ListDisclosuresRequest log;
  log.set_report(report.name());
  EXPECT_EQ(Must<in::ListDisclosuresResponse>(york, "intel", "DisseminationService/ListDisclosures", log)
                .report_copies_size(),
            1);
  // A product of the bureau does not pass it on either.
  in::CreateProductRequest make;
  make.set_parent("agencies/ci-ciso");
  make.mutable_product()->set_kind(in::PRODUCT_KIND_LINK_REPORT);
  make.mutable_product()->set_title("Hotels");
  make.mutable_product()->set_text("One operation.");
  make.mutable_product()->add_inputs(report.name());
  make.mutable_product()->set_handling(in::HANDLING_H2);
  make.mutable_product()->add_recipients("ps-durham");
  auto product = Must<in::Product>(bureau, "analyst", "ProductService/CreateProduct", make);
  Move<in::ReviewProductRequest>(bureau, "analyst", "ProductService/ReviewProduct", &product);
  Move<in::ApproveProductRequest>(bureau, "coordinator", "ProductService/ApproveProduct", &product);
  in::SetMembershipCategoryRequest category;
  category.set_parent("agencies/ci-ciso");
  category.set_agency("ps-durham");
  category.set_category(in::MEMBER_CATEGORY_I);
  Must<in::Membership>(bureau, "director", "MembershipService/SetMembershipCategory", category);
  in::IssueProductRequest issue;
  issue.set_name(product.name());
  issue.set_etag(product.etag());
  issue.add_recipients("ps-durham");
  EXPECT_EQ(RuleOf(Call<in::Product>(bureau, "coordinator", "ProductService/IssueProduct", issue).status()),
            "NO_RELEASE");
  in::RecallReportRequest recall;
  recall.set_reason("the operation changed");
  Move(york, "intel", "ReportService/RecallReport", &report, recall);
  EXPECT_EQ(RuleOf(Call<in::ReportCopy>(peel, "intel", "DisseminationService/GetReportCopy", open).status()),
            "NOT_FOUND");
}

// A coordination team of the provincial police joins as an agency of its own, and no schema changes.
TEST_F(IntelligenceRows, SeedRow35_ATeamThatIsStillPlannedCanJoinAsAnAgency) {
  registry::v1::CreateAgencyRequest agency;
  agency.set_agency_id("ps-opp-ht-team");
  agency.mutable_agency()->set_display_name(
      "OPP Anti-Human Trafficking Police Investigation Coordination Team");
  agency.mutable_agency()->set_kind(AGENCY_KIND_POLICE_SERVICE);
  agency.set_request_id(RequestId());
  ASSERT_OK(stack_.Console().Call<registry::v1::Agency>(kAdmin + "CreateAgency", "admin", "administration",
                                                        agency));
  const AgencyClient team = Enrol("ps-opp-ht-team", {{"intel", ROLE_POLICE_INTEL}});
  const AgencyClient york = Enrol("ps-york", {{"intel", ROLE_POLICE_INTEL}});
  in::CreateInformationRequestRequest ask;
  ask.set_parent("agencies/ps-york");
  ask.mutable_information_request()->set_priority(in::REQUEST_PRIORITY_URGENT);
  ask.mutable_information_request()->set_question("Is this handle known?");
  ask.mutable_information_request()->set_justification("seen in two cities");
  ask.mutable_information_request()->set_predicate_offence("279.01(1)");
  ask.mutable_information_request()->add_to("ps-opp-ht-team");
  const auto asked =
      Must<in::InformationRequest>(york, "intel", "RequestService/CreateInformationRequest", ask);
  in::AnswerInformationRequestRequest answer;
  answer.set_name(asked.name());
  EXPECT_EQ(
      Must<in::InformationReply>(team, "intel", "RequestService/AnswerInformationRequest", answer).answer(),
      "NO_RELEASABLE_INFORMATION");
  // The bureau gives it a category, like that of any service.
  const AgencyClient bureau = Enrol("ci-ciso", {{"director", ROLE_CISO_DIRECTOR}});
  in::SetMembershipCategoryRequest category;
  category.set_parent("agencies/ci-ciso");
  category.set_agency("ps-opp-ht-team");
  category.set_category(in::MEMBER_CATEGORY_I);
  EXPECT_EQ(Must<in::Membership>(bureau, "director", "MembershipService/SetMembershipCategory", category)
                .category(),
            in::MEMBER_CATEGORY_I);
}

}  // namespace
}  // namespace accord::e2e
