// In this model test, workers, managers and privacy officers of victim services, programs, payers, the office
// and police try everything that this service can do. Each effect, and everything that anybody learns, is
// compared with what the field allows.
#include "common/testing/change_watch.h"
#include "common/testing/people.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/supports/testing/field_oracle.h"
#include "services/supports/testing/fixture.h"
#include "services/supports/testing/insiders_shape.h"

namespace accord::supports {
namespace {

namespace a = annotations::v1;

std::vector<Caller> Everybody() {
  testing::People people("cms");
  const auto services = a::AGENCY_KIND_VICTIM_SERVICES, ministry = a::AGENCY_KIND_MINISTRY;
  for (const char* id : {"vs-york", "vs-durham"}) {
    people.Add(id, services, "worker", {a::ROLE_VS_WORKER}, a::PURPOSE_VICTIM_SUPPORT);
    people.Add(id, services, "assistant", {a::ROLE_VWAP_WORKER}, a::PURPOSE_VICTIM_SUPPORT);
    people.Add(id, services, "manager", {a::ROLE_VS_MANAGER}, a::PURPOSE_VICTIM_SUPPORT);
    people.Add(id, services, "both", {a::ROLE_VS_WORKER, a::ROLE_VS_MANAGER}, a::PURPOSE_VICTIM_SUPPORT);
    people.Add(id, services, "privacy", {a::ROLE_PRIVACY_OFFICER}, a::PURPOSE_PRIVACY_REVIEW);
  }
  for (const char* actor : {"program", "reviewer"}) {
    people.Add("vs-ovs", services, actor, {a::ROLE_OVS_PROGRAM}, a::PURPOSE_VICTIM_SUPPORT);
  }
  // Nobody asks the agency of another program here.
  people.Add("vs-peel", services, "program", {a::ROLE_OVS_PROGRAM}, a::PURPOSE_VICTIM_SUPPORT);
  for (const char* actor : {"payer", "controller"}) {
    people.Add("min-mag", ministry, actor, {a::ROLE_FINANCE_OFFICER}, a::PURPOSE_FUNDING);
  }
  people.Add("min-mag", ministry, "lead", {a::ROLE_MINISTRY_LEAD}, a::PURPOSE_FUNDING);
  people.Add("min-mol", ministry, "payer", {a::ROLE_FINANCE_OFFICER}, a::PURPOSE_FUNDING);
  people.Add("co-pahtco", a::AGENCY_KIND_COORDINATION_OFFICE, "staff", {a::ROLE_OFFICE_STAFF},
             a::PURPOSE_PROTOCOL_GOVERNANCE);
  for (const char* id : {"ps-york", "ps-peel"}) {
    people.Add(id, a::AGENCY_KIND_POLICE_SERVICE, "member", {a::ROLE_POLICE_MEMBER},
               a::PURPOSE_CRIMINAL_INVESTIGATION);
  }
  return people.callers();
}

class InsidersOfSupports : public SupportsFixture {
 protected:
  explicit InsidersOfSupports(const std::string& dsn = "") : SupportsFixture(dsn) {}

  testing::Insiders::Options Options(int steps) {
    testing::Insiders::Options options;
    options.steps = testing::StepsOr(steps);
    options.package = "accord.supports.v1";
    // The methods that every process has are tested elsewhere, and the feed is watched at the end.
    options.elsewhere = {"accord.supports.v1.RevisionService", "accord.supports.v1.StatusService",
                         "accord.supports.v1.LawService", "accord.supports.v1.ChangeService"};
    options.people = people_;
    options.about = {{"CreateConsent", "support_case"},
                     {"ListConsents", "support_case"},
                     {"CreateSupportDisclosure", "support_case"},
                     {"ListSupportDisclosures", "support_case"},
                     {"SendSupportReferral", "consent"},
                     {"ListSupportReferrals", "support_case"},
                     {"OfferSupportTransfer", "consent"},
                     {"AcceptSupportTransfer", "support_referral"},
                     {"WithdrawCrisisReferral", "support_referral"},
                     {"RequestBenefitClaim", "consent"},
                     {"ListBenefitClaims", "support_case"},
                     {"ConfirmBenefitReversal", "benefit_payment"},
                     {"CancelBenefitReversal", "benefit_payment"},
                     {"EndFacilityApproval", "facility"},
                     {"PrepareRestrainingOrder", "support_case"},
                     {"ListRestrainingOrders", "support_case"},
                     {"ListOrderLookupNotices", "restraining_order"},
                     {"PlanSurvivorNotice", "support_case"},
                     {"ListSurvivorNotices", "support_case"}};
    options.under = {"CreateConsent", "CreateSupportDisclosure"};
    options.often = {"CreateSupportCase",       "CreateConsent",           "SendSupportReferral",
                     "RequestBenefitClaim",     "DecideBenefitClaim",      "ApproveBenefitClaim",
                     "DeliverBenefitClaim",     "PayBenefitPayment",       "AdvanceSupportReferral",
                     "CreateFundLine",          "ReverseBenefitPayment",   "ConfirmBenefitReversal",
                     "PrepareRestrainingOrder", "AdvanceRestrainingOrder", "GrantRestrainingOrder",
                     "OfferSupportTransfer",    "AcceptSupportTransfer",   "SendCrisisReferral",
                     "CreateCrisisPartner"};
    options.rare = {"WithdrawConsent",         "CancelBenefitClaim",      "AdvanceSupportCase",
                    "RemoveSupportCaseWorker", "WithdrawSupportReferral", "EndCrisisPartner"};
    options.shape = [this](const Caller& who, const testing::World& world, absl::Time now,
                           google::protobuf::Message* request) {
      Shape(who, world, now, &requests_, request);
    };
    options.sweep = [this] { Sweep(); };
    return options;
  }
  void TryEverything(int steps) {
    oracle_.Start(in_process_.clock().Now());
    testing::Insiders insiders(&in_process_, &oracle_, &requests_, &dice_, Options(steps));
    if (!testing::RunWhole(&insiders, testing::ActsOf(Lines()), testing::StepsOr(steps))) return;
    auto told = testing::WatchAllChanges(&in_process_, &insiders, people_);
    EXPECT_GT(told["support_case"], 0);
    EXPECT_GT(told["consent"], 0);
  }

  testing::Dice dice_{testing::SeedOr(20261127)};
  const std::vector<Caller> people_ = Everybody();
  OracleOfSupports oracle_;
  testing::RandomRequest requests_{&dice_,
                                   {"vs-york", "vs-durham", "vs-ovs", "min-mag", "co-pahtco"},
                                   {"worker", "assistant", "manager", "both"},
                                   {"2026-11-01", "2026-11-20", "2026-11-24"}};
};

TEST_F(InsidersOfSupports, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) { TryEverything(3500); }

class InsidersOfSupportsOnPostgres : public InsidersOfSupports {
 protected:
  InsidersOfSupportsOnPostgres() : InsidersOfSupports(testing::PostgresCluster::Shared().NewDatabase()) {}
};

TEST_F(InsidersOfSupportsOnPostgres, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) {
  TryEverything(3500);
}

}  // namespace
}  // namespace accord::supports
