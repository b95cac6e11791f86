// These tests try through the gateway to let intelligence leave that was not approved, or that its originator
// recalled, and to do alone what two people must do.
#include "accord/intelligence/v1/dissemination_service.pb.h"
#include "accord/intelligence/v1/product_service.pb.h"
#include "accord/intelligence/v1/purge_service.pb.h"
#include "accord/intelligence/v1/report_service.pb.h"
#include "tests/e2e/field.h"

namespace accord::e2e {
namespace {

namespace in = accord::intelligence::v1;

const Person kIntel{"ps-york", "intel", "intelligence"};
const Person kSecond{"ps-york", "intel-two", "intelligence"};
const Person kThird{"ps-york", "intel-three", "intelligence"};
const Person kStranger{"ps-durham", "intel", "intelligence"};
const Person kAnalyst{"ci-ciso", "analyst", "intelligence"};
const Person kCoordinator{"ci-ciso", "coordinator", "intelligence"};
const Person kBureau{"ci-ciso", "director", "intelligence"};
const Person kShelter{"vs-vcao-york", "worker", "victim_support"};

class FieldIntelligence : public Field {
 protected:
  template <class Req, class T>
  std::string Do(const Person& who, const std::string& method, T* item, Req request = Req()) {
    return Move(who, "intelligence.v1." + method, item, request);
  }
  static in::CreateReportRequest NewReport() {
    in::CreateReportRequest request;
    request.set_parent("agencies/ps-york");
    request.mutable_report()->set_predicate_offence("279.01(1)");
    request.mutable_report()->set_suspicion_basis("observed at three hotels");
    request.mutable_report()->set_text("A vehicle moves two young women between hotels.");
    request.mutable_report()->set_handling(in::HANDLING_H2);
    return request;
  }
  in::Report Drafted(const in::CreateReportRequest& request = NewReport()) {
    return Must<in::Report>(kIntel, "intelligence.v1.ReportService/CreateReport", request);
  }
  in::Report Submitted() {
    in::Report report = Drafted();
    EXPECT_EQ(Do<in::SubmitReportRequest>(kIntel, "ReportService/SubmitReport", &report), "");
    return report;
  }
  std::string Grade(const Person& who, in::Report* report) {
    in::GradeReportRequest request;
    request.set_source_reliability(in::SOURCE_RELIABILITY_B);
    request.set_information_validity(in::INFORMATION_VALIDITY_2);
    return Do(who, "ReportService/GradeReport", report, request);
  }
  std::string Decide(const std::string& event, in::Report* report) {
    in::DecideReportRequest request;
    request.set_event(event);
    if (event != "activate") request.set_reason("three hotels are no basis yet");
    return Do(kCoordinator, "ReportService/DecideReport", report, request);
  }
  in::Report Evaluated(const std::string& decision = "") {
    in::Report report = Submitted();
    EXPECT_EQ(Grade(kAnalyst, &report), "");
    if (!decision.empty()) {
      EXPECT_EQ(Decide(decision, &report), "");
    }
    return report;
  }
  std::string Recall(in::Report* report) {
    in::RecallReportRequest request;
    request.set_reason("the operation changed");
    return Do(kIntel, "ReportService/RecallReport", report, request);
  }
  in::Report SeenReport(const Person& who, const std::string& name) {
    return Seen<in::Report, in::GetReportRequest>(who, "intelligence.v1.ReportService/GetReport", name);
  }
  // This counts the products that the originator's log of disclosures tells of.
  int Logged(const in::Report& report) {
    in::ListDisclosuresRequest request;
    request.set_report(report.name());
    const auto log = Must<in::ListDisclosuresResponse>(
        kIntel, "intelligence.v1.DisseminationService/ListDisclosures", request);
    int logged = 0;
    for (const auto& line : log.report_copies()) logged += line.product().empty() ? 0 : 1;
    return logged;
  }

  in::CreateProductRequest NewProduct(const Person& maker, const std::vector<std::string>& inputs,
                                      in::Handling handling) {
    in::CreateProductRequest request;
    request.set_parent("agencies/" + maker.agency);
    request.mutable_product()->set_kind(in::PRODUCT_KIND_BULLETIN);
    request.mutable_product()->set_title("Hotels along a highway");
    request.mutable_product()->set_text("Taken together these vehicles are one operation.");
    for (const auto& input : inputs) request.mutable_product()->add_inputs(input);
    request.mutable_product()->set_handling(handling);
    return request;
  }
  std::string Refused(const Person& maker, const std::vector<std::string>& inputs, in::Handling handling) {
    return Refusal<in::Product>(maker, "intelligence.v1.ProductService/CreateProduct",
                                NewProduct(maker, inputs, handling));
  }
  in::Product Made(const Person& maker, const std::string& input, in::Handling handling) {
    auto product = Must<in::Product>(maker, "intelligence.v1.ProductService/CreateProduct",
                                     NewProduct(maker, {input}, handling));
    EXPECT_EQ(Do<in::ReviewProductRequest>(maker, "ProductService/ReviewProduct", &product), "");
    return product;
  }
  std::string Sanitise(const Person& who, in::Product* product) {
    in::SanitiseProductRequest request;
    request.set_sanitised_text("Watch hotels.");
    auto* list = request.mutable_checklist();
    list->set_no_source(true);
    list->set_no_method(true);
    list->set_no_victim(true);
    list->set_no_live_operation(true);
    return Do(who, "ProductService/SanitiseProduct", product, request);
  }
  std::string Approve(const Person& who, in::Product* product) {
    return Do<in::ApproveProductRequest>(who, "ProductService/ApproveProduct", product);
  }
  in::Product SeenProduct(const Person& who, const std::string& name) {
    return Seen<in::Product, in::GetProductRequest>(who, "intelligence.v1.ProductService/GetProduct", name);
  }
  // York's officer agrees, and reads the product as the originator.
  std::string Agree(const std::string& name) {
    in::Product theirs = SeenProduct(kIntel, name);
    in::AgreeProductRequest request;
    request.set_sanitised_digest(theirs.sanitised_digest());
    return Do(kIntel, "ProductService/AgreeProduct", &theirs, request);
  }
  // The bureau makes this product of York's report; it is sanitised, agreed to and approved.
  in::Product Approved(const in::Report& report) {
    in::Product product = Made(kAnalyst, report.name(), in::HANDLING_H5);
    EXPECT_EQ(Sanitise(kAnalyst, &product), "");
    EXPECT_EQ(Agree(product.name()), "");
    product = SeenProduct(kBureau, product.name());
    EXPECT_EQ(Approve(kBureau, &product), "");
    return product;
  }
  std::string Issue(const std::string& name, const std::string& to) {
    in::Product product = SeenProduct(kBureau, name);
    in::IssueProductRequest request;
    request.add_recipients(to);
    return Do(kBureau, "ProductService/IssueProduct", &product, request);
  }
  std::string Read(const std::string& name) {
    in::GetProductCopyRequest request;
    request.set_name(name + "/copies/vs-vcao-york");
    return Refusal<in::ProductCopy>(kShelter, "intelligence.v1.ProductService/GetProductCopy", request);
  }
  std::string Export(const std::string& name) {
    in::ExportProductBundleRequest request;
    request.set_name(name);
    return Refusal<in::ExportProductBundleResponse>(
        kBureau, "intelligence.v1.ProductService/ExportProductBundle", request);
  }
  // This gives a report whose period of access is over at once. It is from a youth record, to which access
  // ends today.
  static in::CreateReportRequest Brief() {
    in::CreateReportRequest request = NewReport();
    request.mutable_report()->add_caveats(in::CAVEAT_YCJA);
    request.mutable_report()->set_youth_access_ends_on(Days(0));
    return request;
  }
};

TEST_F(FieldIntelligence, NoProductIsMadeOfAReportThatNobodyAdmitted) {
  const in::Report active = Evaluated("activate");
  std::map<std::string, in::Report> reports = {{"draft", Drafted()},
                                               {"submitted", Submitted()},
                                               {"evaluated", Evaluated()},
                                               {"returned", Evaluated("return")},
                                               {"rejected", Evaluated("reject")},
                                               {"recalled", Evaluated("activate")}};
  ASSERT_EQ(Recall(&reports["recalled"]), "");
  for (const auto& [state, report] : reports) {
    for (const in::Handling handling : {in::HANDLING_H1, in::HANDLING_H2, in::HANDLING_H5}) {
      EXPECT_EQ(Refused(kIntel, {report.name()}, handling), "REPORT_NOT_ACTIVE") << state;
      EXPECT_EQ(Refused(kIntel, {active.name(), report.name()}, handling), "REPORT_NOT_ACTIVE") << state;
      // To the bureau a report that it may not see does not exist.
      const bool own = state == "draft" || state == "recalled";
      EXPECT_EQ(Refused(kAnalyst, {report.name()}, handling), own ? "NOT_FOUND" : "REPORT_NOT_ACTIVE")
          << state;
      EXPECT_EQ(Refused(kStranger, {report.name()}, handling), "NOT_FOUND") << state;
    }
    EXPECT_EQ(Logged(report), 0) << state;
    EXPECT_EQ(SeenReport(kIntel, report.name()).etag(), report.etag()) << state;
  }
}

TEST_F(FieldIntelligence, ARecallOrAWithdrawnAgreementStopsASanitisedProductAndEveryIssueIsLogged) {
  in::Report report = Evaluated("activate");
  const in::Product product = Approved(report);
  // A society gets intelligence in no form.
  EXPECT_EQ(Issue(product.name(), "cas-york"), "AGENCY_OF_OTHER_KIND");
  ASSERT_EQ(Issue(product.name(), "vs-vcao-york"), "");
  ASSERT_EQ(Issue(product.name(), "ps-durham"), "");
  EXPECT_EQ(Logged(report), 2) << "sanitised or not";
  ASSERT_EQ(Read(product.name()), "");
  ASSERT_EQ(Export(product.name()), "");
  // The originator withdraws its agreement, and nobody else can.
  in::Product theirs = SeenProduct(kAnalyst, product.name());
  EXPECT_EQ(
      Do<in::WithdrawProductAgreementRequest>(kAnalyst, "ProductService/WithdrawProductAgreement", &theirs),
      "NOT_THE_ORIGINATOR");
  theirs = SeenProduct(kIntel, product.name());
  ASSERT_EQ(
      Do<in::WithdrawProductAgreementRequest>(kIntel, "ProductService/WithdrawProductAgreement", &theirs),
      "");
  EXPECT_EQ(Read(product.name()), "NOT_FOUND");
  EXPECT_EQ(Issue(product.name(), "ps-peel"), "AGREEMENT_MISSING");
  EXPECT_EQ(Export(product.name()), "AGREEMENT_MISSING");
  ASSERT_EQ(Agree(product.name()), "");
  ASSERT_EQ(Read(product.name()), "");

  // These are a product that is approved, one that is still being made, and one that was issued.
  in::Product waiting = Approved(report), early = Made(kAnalyst, report.name(), in::HANDLING_H5);
  ASSERT_EQ(Recall(&report), "");
  EXPECT_EQ(Read(product.name()), "NOT_FOUND");
  EXPECT_EQ(Export(product.name()), "REPORT_NOT_ACTIVE");
  EXPECT_EQ(Issue(product.name(), "ps-peel"), "REPORT_NOT_ACTIVE");
  EXPECT_EQ(Issue(waiting.name(), "ps-peel"), "REPORT_NOT_ACTIVE");
  EXPECT_EQ(Sanitise(kAnalyst, &early), "REPORT_NOT_ACTIVE") << "its maker need not guess";
  for (const std::string& name : {product.name(), waiting.name(), early.name()}) {
    const in::Product seen = SeenProduct(kBureau, name);
    EXPECT_EQ(seen.sanitised_text() + seen.text(), "");
    EXPECT_EQ(seen.agreements_size(), 0);
  }
  EXPECT_EQ(Agree(product.name()), "REPORT_NOT_ACTIVE") << "a recall is final";
  EXPECT_EQ(Logged(report), 2) << "nothing left afterwards";
}

TEST_F(FieldIntelligence, WhoHadAHandInItNeverGradesApprovesOrPurgesIt) {
  in::Report report = Drafted();
  in::UpdateReportDraftRequest edit;
  *edit.mutable_report() = NewReport().report();
  edit.mutable_report()->set_name(report.name());
  edit.mutable_report()->set_etag(report.etag());
  report = Must<in::Report>(kSecond, "intelligence.v1.ReportService/UpdateReportDraft", edit);
  ASSERT_EQ(Do<in::SubmitReportRequest>(kThird, "ReportService/SubmitReport", &report), "");
  ASSERT_EQ(Grade(kAnalyst, &report), "");
  ASSERT_EQ(Decide("activate", &report), "");
  for (const Person& hand : {kIntel, kSecond, kThird}) {
    in::Report again = SeenReport(hand, report.name());
    EXPECT_EQ(Grade(hand, &again), "GRADED_BY_SUBMITTER") << hand.actor;
  }
  EXPECT_EQ(SeenReport(kIntel, report.name()).grades_size(), 1);
  // The grader cannot rewrite the report and submit it either.
  in::Report returned = Evaluated();
  in::Report theirs = SeenReport(kSecond, returned.name());
  ASSERT_EQ(Grade(kSecond, &theirs), "");
  ASSERT_EQ(Decide("return", &theirs), "");
  edit.mutable_report()->set_name(theirs.name());
  edit.mutable_report()->set_etag(theirs.etag());
  EXPECT_EQ(Refusal<in::Report>(kSecond, "intelligence.v1.ReportService/UpdateReportDraft", edit),
            "SUBMITTED_BY_GRADER");

  // A second sanitising does not permit the first person to approve it.
  in::Product product = Made(kIntel, report.name(), in::HANDLING_H5);
  ASSERT_EQ(Sanitise(kSecond, &product), "");
  ASSERT_EQ(Sanitise(kThird, &product), "");
  for (const Person& hand : {kIntel, kSecond, kThird}) {
    EXPECT_EQ(Approve(hand, &product), "APPROVER_NOT_INDEPENDENT") << hand.actor;
  }
  EXPECT_NE(SeenProduct(kIntel, product.name()).state(), in::PRODUCT_STATE_APPROVED);

  // The person who proposed a purge cannot confirm it, and a second proposal does not help.
  in::Report rejected = Evaluated("reject");
  ASSERT_EQ(Do<in::ProposeReportPurgeRequest>(kBureau, "PurgeService/ProposeReportPurge", &rejected), "");
  in::ConfirmReportPurgeRequest confirm;
  confirm.set_name(rejected.name());
  confirm.set_etag(rejected.etag());
  confirm.set_reason("rejected");
  EXPECT_EQ(Refusal<in::ReportTombstone>(kBureau, "intelligence.v1.PurgeService/ConfirmReportPurge", confirm),
            "PURGE_NEEDS_TWO");
  EXPECT_EQ(SeenReport(kIntel, rejected.name()).state(), in::REPORT_STATE_REJECTED);
}

TEST_F(FieldIntelligence, WhatIsADraftOrWasReturnedOrRecalledEndsWithItsTime) {
  std::vector<std::string> names = {Drafted(Brief()).name()};
  in::Report recalled = Drafted(Brief());
  Recall(&recalled);
  names.push_back(recalled.name());
  // The period may end during the four calls that return a report. Then the test tries with another report.
  bool returned = false;
  for (int attempt = 0; attempt < 20 && !returned; ++attempt) {
    in::Report report = Drafted(Brief());
    returned = Do<in::SubmitReportRequest>(kIntel, "ReportService/SubmitReport", &report).empty() &&
               Grade(kAnalyst, &report).empty() && Decide("return", &report).empty();
    names.push_back(report.name());
  }
  EXPECT_TRUE(returned);
  const auto gone = [&](const std::string& name) {
    in::GetReportRequest get;
    get.set_name(name);
    return Refusal<in::Report>(kIntel, "intelligence.v1.ReportService/GetReport", get) == "NOT_FOUND";
  };
  for (const std::string& name : names) {
    EXPECT_TRUE(Eventually([&] { return gone(name); }, absl::Minutes(1))) << name;
  }
  std::set<std::string> stones;
  const auto list = Must<in::ListReportTombstonesResponse>(
      kIntel, "intelligence.v1.PurgeService/ListReportTombstones", in::ListReportTombstonesRequest());
  for (const auto& stone : list.report_tombstones()) stones.insert(stone.name());
  EXPECT_THAT(stones, ::testing::IsSupersetOf(names));
  // A report that is not from a youth record has an end, too.
  in::Report plain = Evaluated("activate");
  ASSERT_EQ(Recall(&plain), "");
  EXPECT_NE(SeenReport(kIntel, plain.name()).review_due(), "");
}

}  // namespace
}  // namespace accord::e2e
