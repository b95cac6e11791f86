// This fixture has reports, copies, releases and products of a few police services and the bureau, and calls
// handlers as the gateway would.
#ifndef ACCORD_SERVICES_INTELLIGENCE_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_INTELLIGENCE_TESTING_FIXTURE_H_

#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"
#include "common/testing/service_fixture.h"
#include "services/intelligence/intelligence_store.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/services.h"

namespace accord::intelligence {

using testing::FailsWith;
using testing::IsOk;
using testing::Must;
using testing::RefusedBy;

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

inline v1::RuleSet RealRules() {
  return testing::SourceMessage<v1::RuleSet>("services/intelligence/data/rules.textproto");
}

class Intelligence : public testing::ServiceFixture<IntelligenceServices> {
 protected:
  // If `dsn` is empty, the database is SQLite.
  explicit Intelligence(const std::string& dsn = "")
      : ServiceFixture(IntelligenceMigrations(), dsn, RealRules()) {
    On("2026-11-24");
    for (const char* agency : {"ps-york", "ps-peel", "ps-durham", "ps-halton", "ps-toronto"}) {
      Join(agency, v1::MEMBER_CATEGORY_I);
    }
  }
  static Caller Police(const std::string& agency, const std::string& actor = "intel") {
    return {agency, annotations::v1::AGENCY_KIND_POLICE_SERVICE, "ims",
            actor,  {annotations::v1::ROLE_POLICE_INTEL},        annotations::v1::PURPOSE_INTELLIGENCE};
  }
  static Caller Bureau(Role role) {
    return {"ci-ciso", annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE,
            "ims",     absl::StrCat("b", role),
            {role},    annotations::v1::PURPOSE_INTELLIGENCE};
  }
  const Caller york_ = Police("ps-york"), peel_ = Police("ps-peel"), durham_ = Police("ps-durham");
  const Caller analyst_ = Bureau(annotations::v1::ROLE_CISO_ANALYST);
  const Caller coordinator_ = Bureau(annotations::v1::ROLE_CISO_COORDINATOR);
  const Caller director_ = Bureau(annotations::v1::ROLE_CISO_DIRECTOR);
  const Caller society_ = {"cas-york",
                           annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY,
                           "cms",
                           "worker",
                           {annotations::v1::ROLE_CAS_WORKER},
                           annotations::v1::PURPOSE_CHILD_PROTECTION};
  // Among partners that are no police, only services for victims have products (H5).
  const Caller shelter_ = {"vs-york",
                           annotations::v1::AGENCY_KIND_VICTIM_SERVICES,
                           "cms",
                           "worker",
                           {annotations::v1::ROLE_VS_WORKER},
                           annotations::v1::PURPOSE_VICTIM_SUPPORT};

  static v1::CreateReportRequest NewReport(const std::string& agency = "ps-york") {
    v1::CreateReportRequest request;
    request.set_parent("agencies/" + agency);
    auto* report = request.mutable_report();
    report->set_predicate_offence("279.01(1)");
    report->set_suspicion_basis("observed at three hotels");
    report->set_text("A vehicle moves two young women between hotels.");
    report->set_source_register_ref("reg-7");
    report->set_handling(v1::HANDLING_H2);
    return request;
  }
  template <class Change>
  std::string Drafted(Change change) {
    v1::CreateReportRequest request = NewReport();
    change(request.mutable_report());
    return Rule(Call<v1::Report>(york_, request));
  }
  std::string Grade(v1::Report* report, const Caller& caller) {
    v1::GradeReportRequest request;
    request.set_source_reliability(v1::SOURCE_RELIABILITY_B);
    request.set_information_validity(v1::INFORMATION_VALIDITY_3);
    return Move(caller, report, request);
  }
  std::string Decide(v1::Report* report, const std::string& event, const Caller& caller) {
    v1::DecideReportRequest request;
    request.set_event(event);
    if (event != "activate") request.set_reason("three hotels are no basis yet");
    return Move(caller, report, request);
  }
  v1::Report Submitted(const std::string& agency = "ps-york") {
    v1::Report report;
    EXPECT_EQ(Rule(Call<v1::Report>(Police(agency), NewReport(agency)), &report), "");
    EXPECT_EQ(Move(Police(agency), &report, v1::SubmitReportRequest()), "");
    return report;
  }
  void Admit(v1::Report* report) {
    EXPECT_EQ(Grade(report, analyst_), "");
    EXPECT_EQ(Decide(report, "activate", coordinator_), "");
  }
  v1::Report Active(const std::string& agency = "ps-york") {
    v1::Report report = Submitted(agency);
    Admit(&report);
    return report;
  }
  std::string Handle(v1::Report* report, v1::Handling handling, const std::vector<std::string>& recipients,
                     const Caller& caller) {
    v1::SetReportHandlingRequest request;
    request.set_handling(handling);
    for (const auto& each : recipients) request.add_recipients(each);
    return Move(caller, report, request);
  }
  std::string Share(const v1::Report& report, const Caller& from, const std::string& to,
                    v1::ReportCopy* copy = nullptr) {
    v1::ShareReportRequest request;
    request.set_report(report.name());
    request.set_to_agency(to);
    request.set_purpose("joint work");
    return Rule(Call<v1::ReportCopy>(from, request), copy);
  }
  std::string Open(const v1::ReportCopy& copy, const Caller& caller, v1::ReportCopy* opened = nullptr) {
    v1::GetReportCopyRequest request;
    request.set_name(copy.name());
    return Rule(Call<v1::ReportCopy>(caller, request), opened);
  }
  std::string Ask(const v1::Report& report, const Caller& caller, const std::vector<std::string>& recipients,
                  v1::ReleaseRequest* release) {
    v1::CreateReleaseRequestRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_release_request()->set_report(report.name());
    request.mutable_release_request()->set_justification("a common target");
    for (const auto& each : recipients) request.mutable_release_request()->add_recipients(each);
    return Rule(Call<v1::ReleaseRequest>(caller, request), release);
  }
  std::string Answer(v1::ReleaseRequest* release, const Caller& caller, const std::string& event,
                     const std::vector<std::string>& recipients = {},
                     const std::string& until = "2026-12-31") {
    v1::DecideReleaseRequestRequest request;
    request.set_event(event);
    for (const auto& each : recipients) request.add_recipients(each);
    if (event == "grant") request.set_expires_on(until);
    return Move(caller, release, request);
  }
  std::string Recall(v1::Report* report, const Caller& caller) {
    v1::RecallReportRequest request;
    request.set_reason("the operation changed");
    return Move(caller, report, request);
  }

  // This lets the bureau say of which category an agency is; NONE says that it left.
  void Join(const std::string& agency, v1::MemberCategory category) {
    v1::SetMembershipCategoryRequest request;
    request.set_parent("agencies/ci-ciso");
    request.set_agency(agency);
    request.set_category(category);
    v1::Membership& known = memberships_[agency];
    request.set_etag(known.etag());
    EXPECT_EQ(Rule(Call<v1::Membership>(director_, request), &known), "");
  }
  void Pass(absl::Time until) {
    in_process_.clock().Set(until);
    EXPECT_OK(services_.sweeper().Sweep());
  }
  v1::Report Read(const std::string& name, const Caller& caller) {
    v1::GetReportRequest request;
    request.set_name(name);
    return Must(Call<v1::Report>(caller, request));
  }

  // This says why somebody does not read a report; it is empty if they do.
  std::string Unread(const std::string& name, const Caller& caller) {
    v1::GetReportRequest request;
    request.set_name(name);
    return Rule(Call<v1::Report>(caller, request));
  }

  // The functions from here on are about products.
  v1::CreateProductRequest NewProduct(const Caller& maker, const std::vector<std::string>& inputs,
                                      v1::Handling handling,
                                      const std::vector<std::string>& recipients = {}) {
    v1::CreateProductRequest request;
    request.set_parent("agencies/" + maker.agency);
    auto* product = request.mutable_product();
    product->set_kind(v1::PRODUCT_KIND_BULLETIN);
    product->set_title("Hotels along a highway");
    product->set_text("Taken together these vehicles are one operation.");
    for (const auto& input : inputs) product->add_inputs(input);
    product->set_handling(handling);
    for (const auto& each : recipients) product->add_recipients(each);
    return request;
  }
  std::string Make(const v1::CreateProductRequest& request, const Caller& maker, v1::Product* product) {
    return Rule(Call<v1::Product>(maker, request), product);
  }
  std::string Sanitise(v1::Product* product, const Caller& caller,
                       const std::string& text = "Watch hotels.") {
    v1::SanitiseProductRequest request;
    request.set_sanitised_text(text);
    auto* list = request.mutable_checklist();
    list->set_no_source(true);
    list->set_no_method(true);
    list->set_no_victim(true);
    list->set_no_live_operation(true);
    return Move(caller, product, request);
  }
  std::string Agree(v1::Product* product, const Caller& caller) {
    v1::AgreeProductRequest request;
    request.set_sanitised_digest(product->sanitised_digest());
    return Move(caller, product, request);
  }
  std::string Issue(v1::Product* product, const Caller& caller, const std::vector<std::string>& to,
                    const std::string& officer = "") {
    v1::IssueProductRequest request;
    for (const auto& each : to) request.add_recipients(each);
    request.set_disclosure_officer(officer);
    return Move(caller, product, request);
  }
  std::string ReadCopy(const v1::Product& product, const Caller& caller, v1::ProductCopy* copy = nullptr) {
    v1::GetProductCopyRequest request;
    request.set_name(absl::StrCat(product.name(), "/copies/", caller.agency));
    return Rule(Call<v1::ProductCopy>(caller, request), copy);
  }

  std::map<std::string, v1::Membership> memberships_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_TESTING_FIXTURE_H_
