// These tests read what the office shows and publishes of the strategy, by the real commands through
// the gateway.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "common/base/file.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace st = accord::strategy::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class StrategyExports : public ServiceRows {
 protected:
  StrategyExports()
      : ServiceRows("strategy", "funding"),
        office_(Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}, {"director", ROLE_OFFICE_DIRECTOR}})),
        labour_(Enrol("min-mol", {{"lead", ROLE_MINISTRY_LEAD}})) {
    ctl_.SetContext("office", identities_.at("co-pahtco"), "staff", "funding");
    const Ran loaded = Office(absl::StrCat("load-founding ", std::getenv("ACCORD_SOURCE_DIR"),
                                           "/services/strategy/data/founding.textproto"));
    EXPECT_EQ(loaded.code, 0) << loaded.said;
  }

  Ran Office(const std::string& words) const {
    return ctl_(absl::StrCat("--context office strategy ", words));
  }
  std::string Path(const std::string& name) const { return stack_.directory().path(name); }
  // This gives the file that an export with these words writes.
  std::string Exported(const std::string& words, const std::string& name) const {
    const Ran ran = Office(absl::StrCat("export ", words, " ", Path(name)));
    EXPECT_EQ(ran.code, 0) << ran.said;
    return ReadFile(Path(name)).value_or("");
  }
  // This enters an observation of a quarter of 2016, which the office verifies.
  void Observe(const std::string& start, const std::string& end, int64_t value,
               const std::string& indicator = "inspectors-trained") {
    st::CreateIndicatorObservationRequest request;
    request.set_parent("agencies/min-mol");
    auto* figure = request.mutable_indicator_observation();
    figure->set_indicator("agencies/co-pahtco/indicators/" + indicator);
    figure->set_period_start(start);
    figure->set_period_end(end);
    figure->set_value(value);
    figure->set_qualifier(st::QUALIFIER_ABOUT);
    figure->add_evidence("a list");
    figure->set_source_ref("a list");
    auto observation = Must<st::IndicatorObservation>(labour_, "lead",
                                                      "IndicatorService/CreateIndicatorObservation", request);
    Move<st::SubmitIndicatorObservationRequest>(labour_, "lead",
                                                "IndicatorService/SubmitIndicatorObservation", &observation);
    st::GetIndicatorObservationRequest open;
    open.set_name(observation.name());
    Must<st::IndicatorObservation>(office_, "staff", "IndicatorService/GetIndicatorObservation", open);
    Move<st::VerifyIndicatorObservationRequest>(office_, "staff",
                                                "IndicatorService/VerifyIndicatorObservation", &observation);
  }

  static st::CreateIndicatorRequest Disaggregated() {
    st::CreateIndicatorRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* indicator = request.mutable_indicator();
    indicator->set_indicator_id("first-nations");
    indicator->set_definition("Members of First Nations who were served");
    indicator->set_unit("people");
    indicator->set_type(st::INDICATOR_TYPE_OUTPUT);
    indicator->set_aggregation(st::AGGREGATION_SUM);
    indicator->set_owner_ministry("min-mol");
    indicator->set_indigenous_disaggregated(true);
    indicator->set_source_ref("a test");
    return request;
  }

  const Accordctl ctl_{stack_};
  const AgencyClient office_, labour_;
};

TEST_F(StrategyExports, SeedRow37_WhatNobodyStatedIsInNoExportOfMoney) {
  const Ran contributions = Office("export contributions " + Path("contributions.json"));
  EXPECT_NE(contributions.code, 0);
  EXPECT_THAT(contributions.said, AllOf(HasSubstr("amount not stated"), HasSubstr("EXPORT_EMPTY")));
  EXPECT_FALSE(ReadFile(Path("contributions.json")).ok());
  st::CreateAllocationRequest plan;
  plan.set_parent("agencies/co-pahtco");
  plan.mutable_allocation()->set_envelope("agencies/co-pahtco/envelopes/vcao-ht");
  plan.mutable_allocation()->set_recipient("min-mag");
  plan.mutable_allocation()->set_source_ref("what is nobody's business");
  plan.mutable_allocation()->set_amount_cents(10005);
  auto allocation = Must<st::Allocation>(office_, "staff", "MoneyService/CreateAllocation", plan);
  EXPECT_THAT(Office("export awards " + Path("none.json")).said, HasSubstr("EXPORT_EMPTY"));
  Move<st::CommitAllocationRequest>(office_, "director", "MoneyService/CommitAllocation", &allocation);
  EXPECT_THAT(Exported("awards", "awards.json"),
              AllOf(HasSubstr("\"amountAwarded\": 100.05"), Not(HasSubstr("nobody's business")),
                    Not(HasSubstr("mohltc"))));
  EXPECT_THAT(Exported("awards --format csv", "awards.csv"), HasSubstr(",CAD,100.05,"));
  const Ran position = Office("envelope vcao-ht");
  EXPECT_EQ(position.code, 0) << position.said;
  EXPECT_THAT(position.said, AllOf(HasSubstr("$6,650,000.00"), HasSubstr("$100.05"),
                                   HasSubstr("$6,649,899.95"), HasSubstr("over four years")));
}

TEST_F(StrategyExports, SeedRow10_InitiativesAndFiguresLeaveAsTheyMayAndTheSameTwice) {
  Observe("2016-07-01", "2016-09-30", 450);
  Observe("2016-10-01", "2016-12-31", 3);
  Observe("2017-01-01", "2017-03-31", 12);
  // A small number of people is withheld with the figure that it follows from, and the large one is shown.
  const std::string csv = Exported("indicators", "indicators.csv");
  EXPECT_THAT(csv, AllOf(HasSubstr(",2016-07-01,2016-09-30,shown,450,about,"),
                         HasSubstr(",2016-10-01,2016-12-31,suppressed,,,"),
                         HasSubstr(",2017-01-01,2017-03-31,suppressed,,,")));
  EXPECT_THAT(csv, HasSubstr(",no_observation,,"));
  EXPECT_THAT(ReadFile(Path("indicators.csv-metadata.json")).value_or(""), HasSubstr("/ns/csvw"));
  // The report does not say on which day any initiative began.
  EXPECT_THAT(Office("export iati " + Path("none.xml")).said, HasSubstr("EXPORT_EMPTY"));
  const std::string xml = Exported("iati --undated-as-of 2017-02-23", "first.xml");
  EXPECT_EQ(Exported("iati --undated-as-of 2017-02-23", "second.xml"), xml);
  EXPECT_THAT(xml, AllOf(HasSubstr("initiatives-inspector-training</iati-identifier>"),
                         HasSubstr("<narrative>about 450</narrative>"), HasSubstr("The figure is withheld"),
                         Not(HasSubstr("value=\"450\""))));
}

TEST_F(StrategyExports, WhatDistinguishesIndigenousPeopleLeavesUnderNoAuthorisationAlone) {
  Must<st::Indicator>(office_, "staff", "IndicatorService/CreateIndicator", Disaggregated());
  const Ran alone = Office("export indicators --indicator first-nations " + Path("alone.csv"));
  EXPECT_NE(alone.code, 0);
  EXPECT_THAT(alone.said, HasSubstr("DATA_AUTHORISATION_MISSING"));
  EXPECT_FALSE(ReadFile(Path("alone.csv")).ok());
  // Among the other results it is a result that there is none.
  EXPECT_THAT(Exported("indicators", "indicators.csv"), HasSubstr(",no_authorisation,,"));
}

TEST_F(StrategyExports, SeedRow08_WhatDistinguishesIndigenousPeopleLeavesWhileTheirGoverningBodyAgrees) {
  const AgencyClient dilico = Enrol("cas-i-dilico", {{"elder", ROLE_INDIGENOUS_REP}});
  st::CreateIndicatorRequest request = Disaggregated();
  request.mutable_indicator()->add_governing_bodies("cas-i-dilico");
  const auto indicator = Must<st::Indicator>(office_, "staff", "IndicatorService/CreateIndicator", request);
  Observe("2016-07-01", "2016-09-30", 40, "first-nations");
  const std::string words = "export indicators --indicator first-nations " + Path("nations.csv");
  const Ran before = Office(words);
  EXPECT_NE(before.code, 0);
  EXPECT_THAT(before.said, HasSubstr("DATA_AUTHORISATION_MISSING"));
  st::CreateDataAuthorisationRequest agree;
  agree.set_parent("agencies/cas-i-dilico");
  agree.mutable_data_authorisation()->set_indicator(indicator.name());
  agree.mutable_data_authorisation()->set_scope("yearly figures, for the strategy's report");
  agree.mutable_data_authorisation()->set_granted_on(FormatDay(OntarioDay(absl::Now())));
  agree.mutable_data_authorisation()->set_source_ref("a test");
  auto agreement =
      Must<st::DataAuthorisation>(dilico, "elder", "IndicatorService/CreateDataAuthorisation", agree);
  EXPECT_THAT(Exported("indicators --indicator first-nations", "agreed.csv"), HasSubstr(",shown,40,"));
  Move<st::WithdrawDataAuthorisationRequest>(dilico, "elder", "IndicatorService/WithdrawDataAuthorisation",
                                             &agreement);
  const Ran after = Office(words);
  EXPECT_NE(after.code, 0);
  EXPECT_THAT(after.said, HasSubstr("DATA_AUTHORISATION_MISSING"));
  EXPECT_FALSE(ReadFile(Path("nations.csv")).ok());
}

TEST_F(StrategyExports, SeedRow01_TheBoardShowsEachInitiativeBesideWhatTheReportSaid) {
  const Ran table = Office("board");
  EXPECT_EQ(table.code, 0) << table.said;
  EXPECT_THAT(table.said, AllOf(HasSubstr("AGAINST THE REPORT"),
                                HasSubstr("reported as done, not confirmed as delivered"),
                                HasSubstr("18 initiatives, 0 things are late")));
  const Ran as_json = Office("board -o json");
  EXPECT_EQ(as_json.code, 0) << as_json.said;
  EXPECT_THAT(as_json.said, HasSubstr("\"against_report\": \"as_reported\""));
  const Ran page = ctl_("--context office --language fr strategy board --html " + Path("board.html"));
  EXPECT_EQ(page.code, 0) << page.said;
  EXPECT_THAT(ReadFile(Path("board.html")).value_or(""), HasSubstr("<html lang=\"fr\">"));
}

}  // namespace
}  // namespace accord::e2e
