#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

TEST_F(Intelligence, ThereAreThreePositionsAndEveryServiceIsCoveredByOne) {
  const v1::RuleSet rules = RealRules();
  std::vector<v1::Position> positions;
  for (const auto& seed : rules.positions()) {
    v1::EstablishPositionRequest establish;
    establish.set_parent("agencies/ci-ciso");
    establish.set_position_id(seed.id());
    positions.emplace_back();
    EXPECT_EQ(Rule(Call<v1::Position>(director_, establish), &positions.back()), "");
  }
  EXPECT_THAT(positions, SizeIs(3));
  v1::EstablishPositionRequest fourth;
  fourth.set_parent("agencies/ci-ciso");
  fourth.set_position_id("ht-4");
  EXPECT_THAT(Call<v1::Position>(director_, fourth), RefusedBy(rules::kPositionUnknown));
  const auto coverage = [&] {
    return Must(Call<v1::GetPortfolioCoverageResponse>(york_, v1::GetPortfolioCoverageRequest()));
  };
  const int all = rules.police_services_size();
  EXPECT_EQ(coverage().uncovered(), all);
  std::vector<v1::AssignPositionPortfolioRequest> portfolios(3);
  for (int i = 0; i < all; ++i) {
    portfolios[static_cast<size_t>(i % 3)].add_police_services(rules.police_services(i));
  }
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(Move(director_, &positions[i], portfolios[i]), "");
  }
  EXPECT_EQ(coverage().uncovered(), 0);
  // A portfolio is taken over, never shared.
  v1::AssignPositionPortfolioRequest take;
  take.add_police_services(rules.police_services(0));
  EXPECT_EQ(Move(director_, &positions[1], take), "");
  std::map<std::string, int> covered;
  const auto listed = Must(Call<v1::ListPositionsResponse>(york_, v1::ListPositionsRequest()));
  for (const auto& position : listed.positions()) {
    for (const auto& service : position.portfolio()) ++covered[service];
  }
  EXPECT_EQ(covered.size(), static_cast<size_t>(all));
  for (const auto& [service, times] : covered) EXPECT_EQ(times, 1) << service;
  v1::AdvancePositionRequest post;
  post.set_event("post");
  EXPECT_EQ(Move(director_, &positions[2], post), "");
  v1::AdvancePositionRequest fill;
  fill.set_event("fill");
  EXPECT_EQ(Move(director_, &positions[2], fill), "FIELD_INVALID");
  fill.set_incumbent("analyst-9");
  fill.set_home_agency("ps-york");
  EXPECT_EQ(Move(director_, &positions[2], fill), "");
  EXPECT_EQ(positions[2].changes(2).home_agency(), "ps-york");
}

TEST_F(Intelligence, WhatMayNotBeRecordedIsRefusedByName) {
  EXPECT_EQ(Drafted([](v1::Report* r) { r->set_predicate_offence("286.5"); }), "PREDICATE_UNKNOWN");
  EXPECT_EQ(Drafted([](v1::Report* r) { r->set_text("Our Informant saw it"); }), "SOURCE_IDENTITY");
  EXPECT_EQ(Drafted([](v1::Report* r) { r->set_text("The source\u2019s name is known"); }),
            "SOURCE_IDENTITY");
  EXPECT_EQ(Drafted([](v1::Report* r) { r->set_text("No other resource is known, panhandler of Main St"); }),
            "");
  const auto person = [](v1::Report* r, const std::string& id, v1::EntityKind kind,
                         const std::string& value) {
    auto* entity = r->add_entities();
    entity->set_id(id);
    entity->set_kind(kind);
    entity->set_value(value);
  };
  EXPECT_EQ(Drafted([&](v1::Report* r) {
              person(r, "a", v1::ENTITY_KIND_PERSON_VICTIM, "Jane Doe");
              person(r, "b", v1::ENTITY_KIND_PERSON_SUBJECT, "JANE DOE");
            }),
            "VICTIM_AS_SUBJECT");
  EXPECT_EQ(Drafted([&](v1::Report* r) {
              person(r, "a", v1::ENTITY_KIND_PERSON_VICTIM, "\u00c9lodie Roy");
              person(r, "b", v1::ENTITY_KIND_PERSON_SUBJECT, "\u00e9lodie  roy");
            }),
            "VICTIM_AS_SUBJECT");
  EXPECT_EQ(
      Drafted([&](v1::Report* r) { person(r, "a", v1::ENTITY_KIND_PERSON_SUBJECT, "Jim, our informant"); }),
      "SOURCE_IDENTITY");
  EXPECT_EQ(Drafted([&](v1::Report* r) {
              person(r, "a", v1::ENTITY_KIND_PERSON_VICTIM, "Jane Doe");
              r->set_handling(v1::HANDLING_H3);
            }),
            "HANDLING_INVALID");
  EXPECT_EQ(Drafted([&](v1::Report* r) {
              person(r, "a", v1::ENTITY_KIND_PHONE, "416");
              auto* link = r->add_links();
              link->set_a("a");
              link->set_b("z");
              link->set_type("uses");
            }),
            "LINK_UNKNOWN");
}

TEST_F(Intelligence, ASourceIsNamedByANumberOfTheRegisterAlone) {
  const auto referred = [&](const std::string& ref) {
    return Drafted([&](v1::Report* r) { r->set_source_register_ref(ref); });
  };
  EXPECT_EQ(referred("John Roe"), "REFERENCE_NAMES_PERSON");
  EXPECT_EQ(referred("1984-05-06"), "REFERENCE_NAMES_PERSON");
  EXPECT_EQ(referred("reg-114"), "");
  EXPECT_EQ(referred(""), "");
}

TEST_F(Intelligence, TheEndOfAccessToAYouthRecordIsADayAndComesWithItsCaveat) {
  const auto drafted = [&](bool caveat, const std::string& last_day) {
    return Drafted([&](v1::Report* r) {
      if (caveat) r->add_caveats(v1::CAVEAT_YCJA);
      r->set_youth_access_ends_on(last_day);
    });
  };
  EXPECT_EQ(drafted(true, "2027-03-01"), "");
  EXPECT_EQ(drafted(true, ""), "YOUTH_ACCESS_UNDATED");
  EXPECT_EQ(drafted(true, "soon"), "YOUTH_ACCESS_UNDATED");
  EXPECT_EQ(drafted(false, "2027-03-01"), "YOUTH_ACCESS_UNDATED");
  // A text that is no day would come before all days by which the report must be reviewed.
  EXPECT_EQ(drafted(false, "0"), "YOUTH_ACCESS_UNDATED");
  EXPECT_EQ(drafted(false, "2026-13-45"), "YOUTH_ACCESS_UNDATED");
}

TEST_F(Intelligence, SomebodyElseGradesAndTheBureauDecides) {
  v1::Report report;
  ASSERT_EQ(Rule(Call<v1::Report>(york_, NewReport()), &report), "");
  v1::GetReportRequest get;
  get.set_name(report.name());
  // Only its originator sees a draft.
  EXPECT_THAT(Call<v1::Report>(analyst_, get), RefusedBy(rules::kNotFound));
  EXPECT_EQ(Move(york_, &report, v1::SubmitReportRequest()), "");
  EXPECT_EQ(Must(Call<v1::Report>(analyst_, get)).source_register_ref(), "");
  EXPECT_EQ(Must(Call<v1::Report>(york_, get)).source_register_ref(), "reg-7");
  EXPECT_EQ(Decide(&report, "activate", coordinator_), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Grade(&report, york_), "GRADED_BY_SUBMITTER");
  EXPECT_EQ(Grade(&report, Police("ps-york", "second")), "NOT_THE_BUREAU");
  EXPECT_EQ(Grade(&report, analyst_), "");
  EXPECT_EQ(Grade(&report, Police("ps-york", "second")), "");
  // A grade is added and replaces none.
  EXPECT_THAT(report.grades(), SizeIs(2));
  EXPECT_EQ(Decide(&report, "activate", analyst_), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Decide(&report, "submit", coordinator_), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Decide(&report, "activate", coordinator_), "");
  EXPECT_EQ(report.review_due(), "2031-11-24");
  in_process_.clock().Set(EndOfDay(absl::CivilDay(2031, 11, 24)) - absl::Hours(12));
  ASSERT_OK(services_.sweeper().Sweep());
  report = Must(Call<v1::Report>(york_, get));
  EXPECT_EQ(report.state(), v1::REPORT_STATE_REVIEW_DUE);
  EXPECT_EQ(Move(coordinator_, &report, v1::ValidateReportRequest()), "");
  EXPECT_EQ(report.review_due(), "2036-11-24");
}

TEST_F(Intelligence, WhatIsReturnedOrRejectedSaysToItsOriginatorWhy) {
  for (const char* event : {"return", "reject"}) {
    v1::Report report = Submitted();
    ASSERT_EQ(Grade(&report, analyst_), "");
    v1::DecideReportRequest decide;
    decide.set_event(event);
    EXPECT_EQ(Move(coordinator_, &report, decide), "REASON_REQUIRED") << event;
    decide.set_reason("The basis names one hotel.");
    ASSERT_EQ(Move(coordinator_, &report, decide), "") << event;
    EXPECT_EQ(Read(report.name(), york_).decision_reason(), "The basis names one hotel.") << event;
  }
  v1::Report admitted = Active();
  EXPECT_EQ(admitted.decision_reason(), "");
}

TEST_F(Intelligence, WhyAReportCameBackIsReadWhileItIsWrittenAnewAndNotAfterwards) {
  v1::Report report = Submitted();
  ASSERT_EQ(Grade(&report, analyst_), "");
  ASSERT_EQ(Decide(&report, "return", coordinator_), "");
  const std::string why = report.decision_reason();
  ASSERT_NE(why, "");
  v1::UpdateReportDraftRequest edit;
  *edit.mutable_report() = NewReport().report();
  edit.mutable_report()->set_name(report.name());
  edit.mutable_report()->set_etag(report.etag());
  edit.mutable_report()->set_decision_reason("nobody else writes this");
  ASSERT_EQ(Rule(Call<v1::Report>(york_, edit), &report), "");
  EXPECT_EQ(report.decision_reason(), why);
  ASSERT_EQ(Move(york_, &report, v1::SubmitReportRequest()), "");
  EXPECT_EQ(report.decision_reason(), "");
}

TEST_F(Intelligence, ARepeatedRequestSaysOfARecalledReportWhatGetSays) {
  v1::Report report;
  ASSERT_EQ(Rule(Call<v1::Report>(york_, NewReport()), &report), "");
  ASSERT_EQ(Move(york_, &report, v1::SubmitReportRequest()), "");
  v1::GradeReportRequest grade;
  grade.set_name(report.name());
  grade.set_etag(report.etag());
  grade.set_source_reliability(v1::SOURCE_RELIABILITY_B);
  grade.set_information_validity(v1::INFORMATION_VALIDITY_3);
  grade.set_request_id("the-same-request");
  const auto graded = [&] { return Call<v1::Report>(analyst_, grade); };
  ASSERT_OK(graded());
  EXPECT_NE(graded()->text(), "");
  EXPECT_EQ(graded()->source_register_ref(), "") << "withheld from a repetition as from the first answer";
  report = Read(report.name(), york_);
  ASSERT_EQ(Decide(&report, "activate", coordinator_), "");
  ASSERT_EQ(Recall(&report, york_), "");
  v1::GetReportRequest get;
  get.set_name(report.name());
  const absl::Status unseen = Call<v1::Report>(analyst_, get).status();
  ASSERT_TRUE(absl::IsNotFound(unseen));
  EXPECT_EQ(graded().status(), unseen);
  const auto kept = in_process_.database().Read([&](storage::Transaction& tx) {
    return tx.Query<std::string>("select response from idempotency where request_id = 'the-same-request'");
  });
  ASSERT_THAT(*kept, SizeIs(1));
  EXPECT_EQ(std::get<0>(kept->at(0)), "");
}

}  // namespace
}  // namespace accord::intelligence
