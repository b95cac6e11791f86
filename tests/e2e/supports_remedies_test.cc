// These are the ways of survivors to a court, through the gateway. They exist from the days on which the law
// gives them, and are counted without an amount or a name.
#include <map>
#include <string>

#include "absl/strings/str_replace.h"
#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "common/base/file.h"
#include "common/storage/database/database.h"
#include "tests/e2e/case.h"
#include "tests/e2e/consent.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace sup = accord::supports::v1;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class SupportRemedies : public ServiceRows {
 protected:
  SupportRemedies()
      : ServiceRows("supports", "victim_support"),
        york_(Enrol("vs-vcao-york", {{"worker", ROLE_VS_WORKER}})),
        durham_(Enrol("vs-vcao-durham", {{"receiver", ROLE_VS_WORKER}})),
        office_(Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}})) {}

  void TearDown() override {
    for (const auto& [place, text] : stack_.Written()) {
      for (const char* planted : {"the-survivor-1", "what-she-needs", "Zoltan Invented"}) {
        EXPECT_EQ(text.find(planted), std::string::npos) << planted << " is in " << place;
      }
    }
  }

  sup::SupportCase Opened() {
    sup::CreateSupportCaseRequest request;
    request.set_parent("agencies/vs-vcao-york");
    request.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VCAO);
    request.mutable_support_case()->set_subject_ref("the-survivor-1");
    request.mutable_support_case()->set_needs("what-she-needs");
    *request.mutable_services_consent() = NewConsent(sup::CONSENT_PURPOSE_SERVICES);
    return Must<sup::SupportCase>(york_, "worker", "SupportCaseService/CreateSupportCase", request);
  }
  sup::Consent Given(const sup::SupportCase& of, const sup::Consent& consent) {
    sup::CreateConsentRequest request;
    request.set_parent(of.name());
    *request.mutable_consent() = consent;
    return Must<sup::Consent>(york_, "worker", "ConsentService/CreateConsent", request);
  }
  absl::StatusOr<sup::SupportReferral> Send(const sup::SupportCase& of, sup::ReferralKind kind) {
    sup::SendSupportReferralRequest request;
    request.set_consent(Given(of, NewConsent(sup::CONSENT_PURPOSE_REFERRAL, "vs-vcao-durham")).name());
    request.set_kind(kind);
    return Call<sup::SupportReferral>(york_, "worker", "SupportReferralService/SendSupportReferral", request);
  }
  // This makes this many survivors who agreed to be counted, and refers each for this.
  void Count(int survivors, sup::ReferralKind kind) {
    for (int i = 0; i < survivors; ++i) {
      const sup::SupportCase item = Opened();
      EXPECT_OK(Send(item, kind));
      Given(item, NewConsent(sup::CONSENT_PURPOSE_COUNTING));
    }
  }
  // This gives an application that is not filed; everybody in it is made up.
  sup::RestrainingOrder Prepared(const sup::SupportCase& of) {
    sup::PrepareRestrainingOrderRequest request;
    request.set_support_case(of.name());
    auto* order = request.mutable_restraining_order();
    order->set_applicant(sup::ORDER_APPLICANT_VICTIM);
    order->mutable_respondent()->set_full_name("Zoltan Invented");
    order->mutable_respondent()->set_birth_date("1988-02-29");
    order->set_respondent_in_ontario(true);
    return Must<sup::RestrainingOrder>(york_, "worker", "RestrainingOrderService/PrepareRestrainingOrder",
                                       request);
  }
  std::string File(const sup::RestrainingOrder& order, const std::string& on) {
    sup::AdvanceRestrainingOrderRequest request;
    request.set_name(order.name());
    request.set_etag(order.etag());
    request.set_event("file");
    request.set_on(on);
    return RuleOf(Call<sup::RestrainingOrder>(york_, "worker",
                                              "RestrainingOrderService/AdvanceRestrainingOrder", request)
                      .status());
  }
  // From now on the service applies the delivered law with another day from which a civil claim is possible.
  void BeginCivilClaimsOn(const std::string& day) {
    const std::string delivered =
        absl::StrCat(Env("ACCORD_SOURCE_DIR"), "/services/supports/data/rules.textproto");
    const std::string changed = stack_.directory().path("rules-of-another-day.textproto");
    const std::string row = "referrals { kind: REFERRAL_KIND_CIVIL_REMEDY from: \"";
    std::string rules = accord::testing::Must(ReadFile(delivered));
    ASSERT_EQ(absl::StrReplaceAll({{absl::StrCat(row, "2017-05-30"), absl::StrCat(row, day)}}, &rules), 1);
    std::ofstream(changed) << rules;
    std::string config = accord::testing::Must(ReadFile(stack_.config("supports")));
    absl::StrReplaceAll({{delivered, changed}}, &config);
    std::ofstream(stack_.config("supports")) << config;
    stack_.KillAndRestart("supports");
    ASSERT_TRUE(Eventually([&] { return Counted().ok(); }));
  }
  absl::StatusOr<sup::CountSupportsResponse> Counted() {
    // The office states another purpose than those who support victims.
    return office_.Call<sup::CountSupportsResponse>("/accord.supports.v1.SupportCaseService/CountSupports",
                                                    "staff", "protocol_governance",
                                                    sup::CountSupportsRequest());
  }
  // This gives the DSN of the service's database, as the service opens it.
  std::string Dsn() const {
    const Postgres* postgres = Postgres::OfEnvironment();
    return postgres != nullptr ? postgres->Dsn("accord_supports", stack_.database())
                               : absl::StrCat(stack_.data("supports"), "/db");
  }
  // This ends the present period at once, and gives what the office is told then.
  std::map<std::string, std::string> CountedNext() {
    const auto before = accord::testing::Must(Counted());
    stack_.Kill("supports");
    {
      const auto database = accord::testing::Must(storage::Database::Open({Dsn()}));
      EXPECT_OK(database->Transact([](storage::Transaction& tx) {
        return tx.Exec("update due set at_us = 0 where kind = 'supports_counts'").status();
      }));
    }
    stack_.Launch("supports");
    std::map<std::string, std::string> cells;
    EXPECT_TRUE(Eventually(
        [&] {
          const auto counted = Counted();
          if (!counted.ok() || ToMicros(*counted) == ToMicros(before)) return false;
          for (const auto& cell : counted->counts()) {
            cells[cell.label()] = cell.suppressed() ? "suppressed" : absl::StrCat(cell.count());
          }
          return true;
        },
        absl::Seconds(60)));
    return cells;
  }
  static int64_t ToMicros(const sup::CountSupportsResponse& counted) {
    return absl::ToUnixMicros(FromProto(counted.as_of()));
  }

  const AgencyClient york_, durham_, office_;
};

TEST_F(SupportRemedies, E10_OrdersAndClaimsBeginEachOnTheDayOfTheirOwnProvisions) {
  const sup::SupportCase item = Opened();
  const sup::RestrainingOrder order = Prepared(item);
  // The days are that of the founding document, that of Royal Assent, and the eve of the proclaimed day.
  for (const char* day : {"2017-02-23", "2017-05-30", "2018-04-30"}) {
    EXPECT_EQ(File(order, day), "NOT_IN_FORCE") << day;
  }
  sup::GetRestrainingOrderRequest get;
  get.set_name(order.name());
  const auto unfiled =
      Must<sup::RestrainingOrder>(york_, "worker", "RestrainingOrderService/GetRestrainingOrder", get);
  EXPECT_EQ(unfiled.state(), sup::RESTRAINING_ORDER_STATE_PREPARING);
  EXPECT_EQ(unfiled.etag(), order.etag()) << "what was refused has changed nothing";
  EXPECT_EQ(File(order, "2018-05-01"), "");

  // A referral has the day on which it is sent, so the test changes the law instead of the clock.
  BeginCivilClaimsOn(Days(1));
  EXPECT_EQ(RuleOf(Send(item, sup::REFERRAL_KIND_CIVIL_REMEDY).status()), "NOT_IN_FORCE");
  EXPECT_OK(Send(item, sup::REFERRAL_KIND_RESTITUTION));
  EXPECT_EQ(File(Prepared(item), "2018-05-01"), "") << "the one day does not depend on the other";
}

TEST_F(SupportRemedies, E10_ACivilClaimIsPossibleFromTheDayOfItsProvisionsOn) {
  const sup::SupportCase item = Opened();
  BeginCivilClaimsOn(Days(0));
  EXPECT_OK(Send(item, sup::REFERRAL_KIND_CIVIL_REMEDY));
}

TEST_F(SupportRemedies, E13_ReferralsToRemediesAreCountedAndFewOfThemAreSuppressed) {
  Count(4, sup::REFERRAL_KIND_CIVIL_REMEDY);
  EXPECT_THAT(CountedNext(), UnorderedElementsAre(Pair("program/vcao", "suppressed"),
                                                  Pair("referral/civil_remedy", "suppressed")));
  Count(2, sup::REFERRAL_KIND_CIVIL_REMEDY);
  EXPECT_THAT(CountedNext(),
              UnorderedElementsAre(Pair("program/vcao", "6"), Pair("referral/civil_remedy", "6")));
  // Beside four of another kind, which would follow from the sum, the six are withheld, too.
  Count(4, sup::REFERRAL_KIND_RESTITUTION);
  EXPECT_THAT(CountedNext(),
              UnorderedElementsAre(Pair("program/vcao", "10"), Pair("referral/civil_remedy", "suppressed"),
                                   Pair("referral/restitution", "suppressed")));
  EXPECT_EQ(RuleOf(Call<sup::CountSupportsResponse>(durham_, "receiver", "SupportCaseService/CountSupports",
                                                    sup::CountSupportsRequest())
                       .status()),
            "ROLE_NOT_PERMITTED");
}

}  // namespace
}  // namespace accord::e2e
