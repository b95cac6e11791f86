// People of six agencies, in every role, try everything that this service can do: whatever has an effect, and
// whatever anybody learns, is held against what the field allows.
#include <cstdio>

#include "common/testing/change_watch.h"
#include "common/testing/people.h"
#include "common/testing/postgres.h"
#include "common/testing/request_shaper.h"
#include "common/testing/seed.h"
#include "services/intelligence/testing/field_oracle.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

namespace a = annotations::v1;
using google::protobuf::Message;
using testing::World;

// There are two people of each office that needs two.
std::vector<Caller> Everybody() {
  testing::People people("system");
  for (const char* police : {"ps-york", "ps-durham"}) {
    const auto kind = a::AGENCY_KIND_POLICE_SERVICE;
    people.Add(police, kind, "intel", {a::ROLE_POLICE_INTEL}, a::PURPOSE_INTELLIGENCE);
    people.Add(police, kind, "second", {a::ROLE_POLICE_INTEL, a::ROLE_POLICE_MEMBER},
               a::PURPOSE_INTELLIGENCE);
    people.Add(police, kind, "chief", {a::ROLE_POLICE_CHIEF}, a::PURPOSE_CRIMINAL_INVESTIGATION);
    people.Add(police, kind, "privacy", {a::ROLE_PRIVACY_OFFICER}, a::PURPOSE_PRIVACY_REVIEW);
  }
  const auto bureau = a::AGENCY_KIND_CRIMINAL_INTELLIGENCE;
  people.Add("ci-ciso", bureau, "analyst", {a::ROLE_CISO_ANALYST}, a::PURPOSE_INTELLIGENCE);
  people.Add("ci-ciso", bureau, "coordinator", {a::ROLE_CISO_COORDINATOR}, a::PURPOSE_INTELLIGENCE);
  people.Add("ci-ciso", bureau, "director", {a::ROLE_CISO_DIRECTOR}, a::PURPOSE_INTELLIGENCE);
  people.Add("ci-ciso", bureau, "both", {a::ROLE_CISO_DIRECTOR, a::ROLE_CISO_ANALYST},
             a::PURPOSE_INTELLIGENCE);
  people.Add("cr-reg-central-east", a::AGENCY_KIND_CROWN, "counsel", {a::ROLE_CROWN_COUNSEL},
             a::PURPOSE_PROSECUTION);
  people.Add("cr-reg-central-east", a::AGENCY_KIND_CROWN, "admin", {a::ROLE_CROWN_ADMIN},
             a::PURPOSE_PROSECUTION);
  people.Add("cas-york", a::AGENCY_KIND_CHILDREN_AID_SOCIETY, "worker", {a::ROLE_CAS_WORKER},
             a::PURPOSE_CHILD_PROTECTION);
  people.Add("cas-york", a::AGENCY_KIND_CHILDREN_AID_SOCIETY, "director", {a::ROLE_CAS_DIRECTOR},
             a::PURPOSE_CHILD_PROTECTION);
  people.Add("vs-york", a::AGENCY_KIND_VICTIM_SERVICES, "worker", {a::ROLE_VS_WORKER},
             a::PURPOSE_VICTIM_SUPPORT);
  people.Add("co-pahtco", a::AGENCY_KIND_COORDINATION_OFFICE, "staff", {a::ROLE_OFFICE_STAFF},
             a::PURPOSE_PROTOCOL_GOVERNANCE);
  people.Add("co-pahtco", a::AGENCY_KIND_COORDINATION_OFFICE, "admin", {a::ROLE_PLATFORM_ADMIN},
             a::PURPOSE_ADMINISTRATION);
  return people.callers();
}

// This class makes of random requests some that may succeed.
class ReportShaper : public testing::RequestShaper {
 public:
  using RequestShaper::RequestShaper;

  void Shape(Message* request) {
    Try<v1::CreateReportRequest>(request, [&](auto* r) { NewReport(r->mutable_report()); });
    Try<v1::UpdateReportDraftRequest>(request, [&](auto* r) { NewReport(r->mutable_report()); });
    Try<v1::DecideReportRequest>(request, [&](auto* r) {
      r->set_event(dice_->Percent(70) ? "activate" : dice_->Percent(50) ? "return" : "reject");
    });
    Try<v1::SetReportHandlingRequest>(request, [&](auto* r) {
      if (r->handling() != v1::HANDLING_H2) r->clear_recipients();
      if (dice_->Percent(60)) r->set_handling(v1::HANDLING_H3);
      if (r->handling() == v1::HANDLING_H3) r->clear_recipients();
    });
    Try<v1::DecideReleaseRequestRequest>(request, [&](auto* r) {
      r->set_event(dice_->Percent(70) ? "grant" : dice_->Percent(50) ? "refuse" : "revoke");
      r->set_expires_on("2027-03-01");
      const auto* release = In<v1::ReleaseRequest>(r->name());
      if (release != nullptr && dice_->Percent(80)) *r->mutable_recipients() = release->recipients();
      if (r->event() != "grant") r->clear_recipients();
      if (r->event() != "grant") r->clear_expires_on();
    });
    Try<v1::CreateProductRequest>(request, [&](auto* r) { NewProduct(r->mutable_product()); });
    Try<v1::SanitiseProductRequest>(request, [&](auto* r) {
      auto* list = r->mutable_checklist();
      list->set_no_source(true);
      list->set_no_method(true);
      list->set_no_victim(true);
      list->set_no_live_operation(dice_->Percent(95));
    });
    Try<v1::AgreeProductRequest>(request, [&](auto* r) {
      const auto* product = In<v1::Product>(r->name());
      if (product != nullptr) r->set_sanitised_digest(product->sanitised_digest());
    });
    Try<v1::AdvanceInformationRequestRequest>(
        request, [&](auto* r) { r->set_event(dice_->Percent(50) ? "close" : "decline"); });
    Try<v1::CreateInformationRequestRequest>(
        request, [&](auto* r) { r->mutable_information_request()->set_predicate_offence("279.01(1)"); });
    Try<v1::GetProductCopyRequest>(request, [&](auto* r) {
      if (In<v1::Product>(r->name()) != nullptr) {
        r->set_name(r->name() + "/copies/" + who_.agency);
      }
    });
  }

 private:
  void NewReport(v1::Report* r) {
    r->set_predicate_offence("279.01(1)");
    if (r->handling() == v1::HANDLING_H5) r->set_handling(v1::HANDLING_H2);
    if (r->handling() != v1::HANDLING_H2) r->clear_recipients();
    r->clear_caveats();
    r->clear_youth_access_ends_on();
    if (dice_->Percent(10)) {
      r->add_caveats(v1::CAVEAT_YCJA);
      r->set_youth_access_ends_on(dice_->Percent(50) ? "2026-12-20" : "2027-03-01");
    }
    r->clear_links();
    int number = 0;
    for (auto& entity : *r->mutable_entities()) entity.set_id("e" + std::to_string(++number));
    r->set_source_register_ref(requests_->Mark());
  }
  void NewProduct(v1::Product* p) {
    // A product is mostly made of the report that it is about.
    while (p->inputs_size() > 1 && dice_->Percent(80)) p->mutable_inputs()->RemoveLast();
    if (dice_->Percent(50)) p->set_handling(v1::HANDLING_H5);
    if (p->handling() != v1::HANDLING_H2) p->clear_recipients();
  }
};

class InsidersOfIntelligence : public Intelligence {
 protected:
  explicit InsidersOfIntelligence(const std::string& dsn = "") : Intelligence(dsn) {
    oracle_.Start(in_process_.clock().Now());
  }
  testing::Insiders::Options Options(int steps) {
    testing::Insiders::Options options;
    options.steps = testing::StepsOr(steps);
    options.package = "accord.intelligence.v1";
    // The methods of the bureau's own organisation, of hashes, and those without a record of anybody have
    // tests of their own.
    options.elsewhere = {"accord.intelligence.v1.PositionService",
                         "accord.intelligence.v1.DeconflictionService",
                         "accord.intelligence.v1.MembershipService", "accord.intelligence.v1.RevisionService",
                         "accord.intelligence.v1.StatusService", "accord.intelligence.v1.VocabularyService",
                         // This one is watched at the end.
                         "accord.intelligence.v1.ChangeService"};
    options.people = Everybody();
    options.about = {{"ShareReport", "report"},
                     {"ListDisclosures", "report"},
                     {"CreateReleaseRequest", "report"},
                     {"ProposeEmergencyRelease", "report"},
                     {"DecideReleaseRequest", "release_request"},
                     {"ConfirmEmergencyRelease", "release_request"},
                     {"GetProductCopy", "product_copy"},
                     {"ExportProductBundle", "product"},
                     {"ConfirmPurgeNotice", "purge_notice"},
                     {"CreateProduct", "report"}};
    options.often = {"CreateReport",
                     "SubmitReport",
                     "GradeReport",
                     "DecideReport",
                     "ShareReport",
                     "CreateProduct",
                     "ReviewProduct",
                     "AgreeProduct",
                     "ApproveProduct",
                     "IssueProduct",
                     "ConfirmReportPurge",
                     "AnswerInformationRequest",
                     "AcknowledgeInformationRequest"};
    options.rare = {"RecallReport", "WithdrawProduct", "SetReportHandling", "WithdrawProductAgreement"};
    options.shape = [this](const Caller& who, const World& world, absl::Time now, Message* request) {
      ReportShaper(who, world, now, &requests_).Shape(request);
    };
    options.sweep = [this] {
      for (int pass = 0; pass < 20; ++pass) {
        const auto swept = services_.sweeper().Sweep();
        EXPECT_OK(swept);
        if (swept.value_or(0) == 0) return;
      }
    };
    options.leap = absl::Hours(24 * 1850);
    return options;
  }
  void TryEverything(int steps) {
    testing::Insiders insiders(&in_process_, &oracle_, &requests_, &dice_, Options(steps));
    if (!testing::RunWhole(&insiders, testing::ActsOf(Lines()), testing::StepsOr(steps))) return;
    auto told = testing::WatchAllChanges(&in_process_, &insiders, Options(steps).people);
    EXPECT_GT(told["report"], 0);
    EXPECT_GT(told["product"], 0);
  }

  testing::Dice dice_{testing::SeedOr(20261126)};
  OracleOfIntelligence oracle_;
  testing::RandomRequest requests_{&dice_,
                                   {"ps-york", "ps-durham", "ps-york", "ps-durham", "ci-ciso",
                                    "cr-reg-central-east", "cas-york", "vs-york", "co-pahtco"},
                                   {"intel", "second", "analyst", "director", "counsel"},
                                   {"2026-11-20", "2026-12-20", "2027-03-01"}};
};

TEST_F(InsidersOfIntelligence, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) { TryEverything(3000); }

class InsidersOfIntelligenceOnPostgres : public InsidersOfIntelligence {
 protected:
  InsidersOfIntelligenceOnPostgres()
      : InsidersOfIntelligence(testing::PostgresCluster::Shared().NewDatabase()) {}
};

TEST_F(InsidersOfIntelligenceOnPostgres, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) {
  TryEverything(3000);
}

}  // namespace
}  // namespace accord::intelligence
