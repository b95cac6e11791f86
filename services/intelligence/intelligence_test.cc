#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/testing/in_process.h"
#include "common/testing/seed.h"
#include "services/intelligence/intelligence_store.h"
#include "services/intelligence/services.h"
#include "services/intelligence/tables.h"

namespace accord::intelligence {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::RuleSet RealRules() {
  v1::RuleSet rules;
  const absl::Status read = ReadTextProto(
      std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/services/intelligence/data/rules.textproto", &rules);
  EXPECT_TRUE(read.ok()) << read;
  return rules;
}

TEST(IntelligenceTables, EveryEventInEveryStateIsAsWritten) {
  const std::string table = absl::StrCat(PositionLifecycle().Table(), "--\n", ReportLifecycle().Table(),
                                         "--\n", ReleaseLifecycle().Table());
  const std::string path =
      std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/services/intelligence/lifecycles.golden";
  if (std::getenv("ACCORD_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << table;
  EXPECT_EQ(table, ReadFile(path).value_or(""));
}

class Intelligence : public ::testing::Test {
 protected:
  Intelligence()
      : in_process_(IntelligenceMigrations()),
        services_(&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(), RealRules()) {
    services_.Register(&in_process_.handlers());
    const absl::Status sealed = in_process_.Seal();
    EXPECT_TRUE(sealed.ok()) << sealed;
    in_process_.clock().Set(EndOfDay(absl::CivilDay(2026, 11, 24)) - absl::Hours(12));
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

  template <class Res, class Req>
  absl::StatusOr<Res> Call(const std::string& method, const Caller& caller, Req request) {
    if constexpr (requires { request.set_request_id(""); }) {
      if (request.request_id().empty()) request.set_request_id(absl::StrCat("request-", ++requests_));
    }
    return in_process_.Call<Res>("/accord.intelligence.v1." + method, caller, request);
  }
  template <class T>
  static std::string Rule(absl::StatusOr<T> result, T* kept = nullptr) {
    if (result.ok() && kept != nullptr) *kept = *std::move(result);
    return result.ok() ? "" : RuleOf(result.status());
  }
  template <class Req, class T>
  std::string Move(const std::string& method, const Caller& caller, T* item, Req request = Req()) {
    request.set_name(item->name());
    request.set_etag(item->etag());
    return Rule(Call<T>(method, caller, request), item);
  }

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
    return Rule(Call<v1::Report>("ReportService/CreateReport", york_, request));
  }
  std::string Grade(v1::Report* report, const Caller& caller) {
    v1::GradeReportRequest request;
    request.set_source_reliability(v1::SOURCE_RELIABILITY_B);
    request.set_information_validity(v1::INFORMATION_VALIDITY_3);
    return Move("ReportService/GradeReport", caller, report, request);
  }
  std::string Decide(v1::Report* report, const std::string& event, const Caller& caller) {
    v1::DecideReportRequest request;
    request.set_event(event);
    return Move("ReportService/DecideReport", caller, report, request);
  }
  v1::Report Active(const std::string& agency = "ps-york") {
    v1::Report report;
    EXPECT_EQ(
        Rule(Call<v1::Report>("ReportService/CreateReport", Police(agency), NewReport(agency)), &report), "");
    EXPECT_EQ(Move("ReportService/SubmitReport", Police(agency), &report, v1::SubmitReportRequest()), "");
    EXPECT_EQ(Grade(&report, analyst_), "");
    EXPECT_EQ(Decide(&report, "activate", coordinator_), "");
    return report;
  }
  std::string Handle(v1::Report* report, v1::Handling handling, const std::vector<std::string>& recipients,
                     const Caller& caller) {
    v1::SetReportHandlingRequest request;
    request.set_handling(handling);
    for (const auto& each : recipients) request.add_recipients(each);
    return Move("ReportService/SetReportHandling", caller, report, request);
  }
  std::string Share(const v1::Report& report, const Caller& from, const std::string& to,
                    v1::ReportCopy* copy = nullptr) {
    v1::ShareReportRequest request;
    request.set_report(report.name());
    request.set_to_agency(to);
    request.set_purpose("joint work");
    return Rule(Call<v1::ReportCopy>("DisseminationService/ShareReport", from, request), copy);
  }
  std::string Open(const v1::ReportCopy& copy, const Caller& caller, v1::ReportCopy* opened = nullptr) {
    v1::GetReportCopyRequest request;
    request.set_name(copy.name());
    return Rule(Call<v1::ReportCopy>("DisseminationService/GetReportCopy", caller, request), opened);
  }
  std::string Ask(const v1::Report& report, const Caller& caller, const std::vector<std::string>& recipients,
                  v1::ReleaseRequest* release) {
    v1::CreateReleaseRequestRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_release_request()->set_report(report.name());
    request.mutable_release_request()->set_justification("a common target");
    for (const auto& each : recipients) request.mutable_release_request()->add_recipients(each);
    return Rule(Call<v1::ReleaseRequest>("DisseminationService/CreateReleaseRequest", caller, request),
                release);
  }
  std::string Answer(v1::ReleaseRequest* release, const Caller& caller, const std::string& event,
                     const std::vector<std::string>& recipients = {},
                     const std::string& until = "2026-12-31") {
    v1::DecideReleaseRequestRequest request;
    request.set_event(event);
    for (const auto& each : recipients) request.add_recipients(each);
    if (event == "grant") request.set_expires_on(until);
    return Move("DisseminationService/DecideReleaseRequest", caller, release, request);
  }
  std::string Recall(v1::Report* report, const Caller& caller) {
    v1::RecallReportRequest request;
    request.set_reason("the operation changed");
    return Move("ReportService/RecallReport", caller, report, request);
  }

  testing::InProcess in_process_;
  Services services_;
  int requests_ = 0;
};

TEST_F(Intelligence, ThereAreThreePositionsAndEveryServiceIsCoveredByOne) {
  const v1::RuleSet rules = RealRules();
  std::vector<v1::Position> positions;
  for (const auto& seed : rules.positions()) {
    v1::EstablishPositionRequest establish;
    establish.set_parent("agencies/ci-ciso");
    establish.set_position_id(seed.id());
    positions.emplace_back();
    EXPECT_EQ(Rule(Call<v1::Position>("PositionService/EstablishPosition", director_, establish),
                   &positions.back()),
              "");
  }
  EXPECT_THAT(positions, SizeIs(3));
  v1::EstablishPositionRequest fourth;
  fourth.set_parent("agencies/ci-ciso");
  fourth.set_position_id("ht-4");
  EXPECT_EQ(Rule(Call<v1::Position>("PositionService/EstablishPosition", director_, fourth)),
            "POSITION_UNKNOWN");
  const auto coverage = [&] {
    return *Call<v1::GetPortfolioCoverageResponse>("PositionService/GetPortfolioCoverage", york_,
                                                   v1::GetPortfolioCoverageRequest());
  };
  const int all = rules.police_services_size();
  EXPECT_EQ(coverage().uncovered(), all);
  std::vector<v1::AssignPositionPortfolioRequest> portfolios(3);
  for (int i = 0; i < all; ++i) {
    portfolios[static_cast<size_t>(i % 3)].add_police_services(rules.police_services(i));
  }
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(Move("PositionService/AssignPositionPortfolio", director_, &positions[i], portfolios[i]), "");
  }
  EXPECT_EQ(coverage().uncovered(), 0);
  // Taken over, never shared.
  v1::AssignPositionPortfolioRequest take;
  take.add_police_services(rules.police_services(0));
  EXPECT_EQ(Move("PositionService/AssignPositionPortfolio", director_, &positions[1], take), "");
  std::map<std::string, int> covered;
  const auto listed =
      Call<v1::ListPositionsResponse>("PositionService/ListPositions", york_, v1::ListPositionsRequest());
  for (const auto& position : listed->positions()) {
    for (const auto& service : position.portfolio()) ++covered[service];
  }
  EXPECT_EQ(covered.size(), static_cast<size_t>(all));
  for (const auto& [service, times] : covered) EXPECT_EQ(times, 1) << service;
  v1::AdvancePositionRequest post;
  post.set_event("post");
  EXPECT_EQ(Move("PositionService/AdvancePosition", director_, &positions[2], post), "");
  v1::AdvancePositionRequest fill;
  fill.set_event("fill");
  EXPECT_EQ(Move("PositionService/AdvancePosition", director_, &positions[2], fill), "FIELD_INVALID");
  fill.set_incumbent("analyst-9");
  fill.set_home_agency("ps-york");
  EXPECT_EQ(Move("PositionService/AdvancePosition", director_, &positions[2], fill), "");
  EXPECT_EQ(positions[2].changes(2).home_agency(), "ps-york");
}

TEST_F(Intelligence, WhatMayNotBeRecordedIsRefusedByName) {
  EXPECT_EQ(Drafted([](v1::Report* r) { r->set_predicate_offence("286.5"); }), "PREDICATE_UNKNOWN");
  EXPECT_EQ(Drafted([](v1::Report* r) { r->set_text("Our Informant saw it"); }), "SOURCE_IDENTITY");
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

TEST_F(Intelligence, SomebodyElseGradesAndTheBureauDecides) {
  v1::Report report;
  ASSERT_EQ(Rule(Call<v1::Report>("ReportService/CreateReport", york_, NewReport()), &report), "");
  v1::GetReportRequest get;
  get.set_name(report.name());
  // A draft is its originator's.
  EXPECT_EQ(Rule(Call<v1::Report>("ReportService/GetReport", analyst_, get)), "NOT_FOUND");
  EXPECT_EQ(Move("ReportService/SubmitReport", york_, &report, v1::SubmitReportRequest()), "");
  EXPECT_EQ(Call<v1::Report>("ReportService/GetReport", analyst_, get)->source_register_ref(), "");
  EXPECT_EQ(Call<v1::Report>("ReportService/GetReport", york_, get)->source_register_ref(), "reg-7");
  EXPECT_EQ(Decide(&report, "activate", coordinator_), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Grade(&report, york_), "GRADED_BY_SUBMITTER");
  EXPECT_EQ(Grade(&report, Police("ps-york", "second")), "NOT_THE_BUREAU");
  EXPECT_EQ(Grade(&report, analyst_), "");
  EXPECT_EQ(Grade(&report, Police("ps-york", "second")), "");
  // Added, not replaced.
  EXPECT_THAT(report.grades(), SizeIs(2));
  EXPECT_EQ(Decide(&report, "activate", analyst_), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Decide(&report, "submit", coordinator_), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Decide(&report, "activate", coordinator_), "");
  EXPECT_EQ(report.review_due(), "2031-11-24");
  in_process_.clock().Set(EndOfDay(absl::CivilDay(2031, 11, 24)) - absl::Hours(12));
  ASSERT_TRUE(services_.sweeper().Sweep().ok());
  report = *Call<v1::Report>("ReportService/GetReport", york_, get);
  EXPECT_EQ(report.state(), v1::REPORT_STATE_REVIEW_DUE);
  EXPECT_EQ(Move("ReportService/ValidateReport", coordinator_, &report, v1::ValidateReportRequest()), "");
  EXPECT_EQ(report.review_due(), "2036-11-24");
}

// MISP #4200: an empty list of recipients is nobody.
TEST_F(Intelligence, AnEmptyListOfRecipientsMeansNobody) {
  const v1::Report report = Active();
  EXPECT_EQ(Share(report, york_, "ps-peel"), "HANDLING_FORBIDS");
}

// MISP #10899 and #4784: out of the group is out of what was shared before.
TEST_F(Intelligence, TakingAnAgencyOutEndsItsAccessToWhatItWasGiven) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  v1::ReportCopy copy, opened;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  ASSERT_EQ(Open(copy, peel_, &opened), "");
  EXPECT_EQ(opened.content().text(), NewReport().report().text());
  EXPECT_EQ(opened.content().source_register_ref(), "");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-durham"}, york_), "");
  EXPECT_EQ(Open(copy, peel_), "NOT_FOUND");
  EXPECT_THAT(Call<v1::ListReportCopiesResponse>("DisseminationService/ListReportCopies", peel_,
                                                 v1::ListReportCopiesRequest())
                  ->report_copies(),
              IsEmpty());
  // #1720 and #1721: who is not named was given nothing.
  EXPECT_EQ(Open(copy, durham_), "NOT_FOUND");
}

// MISP #4113: every change of handling is in the history that the originator sees.
TEST_F(Intelligence, EveryChangeOfHandlingIsKeptAndIsTheOriginatorsAlone) {
  v1::Report report = Active();
  EXPECT_EQ(Handle(&report, v1::HANDLING_H3, {}, peel_), "NOT_FOUND");
  v1::Report at_bureau = report;
  EXPECT_EQ(Handle(&at_bureau, v1::HANDLING_H3, {}, analyst_), "AGENCY_KIND_NOT_PERMITTED");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H3, {}, york_), "");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H1, {}, york_), "");
  std::vector<int> handlings;
  for (const auto& change : report.handling_changes()) handlings.push_back(change.handling());
  EXPECT_THAT(handlings, ElementsAre(v1::HANDLING_H2, v1::HANDLING_H3, v1::HANDLING_H1));
}

TEST_F(Intelligence, OnwardSharingNeedsALiveReleaseAndARecallReachesEveryCopy) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  v1::ReportCopy copy, onward;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  EXPECT_EQ(Share(report, peel_, "ps-durham"), "NO_RELEASE");
  EXPECT_EQ(Share(report, analyst_, "ps-durham"), "NO_RELEASE");
  EXPECT_EQ(Share(report, durham_, "ps-halton"), "NOT_FOUND");
  v1::ReleaseRequest release;
  EXPECT_EQ(Ask(report, durham_, {"ps-halton"}, &release), "NOT_FOUND");
  ASSERT_EQ(Ask(report, peel_, {"ps-durham"}, &release), "");
  EXPECT_EQ(Answer(&release, peel_, "grant", {"ps-durham"}), "NOT_THE_ORIGINATOR");
  EXPECT_EQ(Answer(&release, york_, "grant", {"ps-durham", "ps-halton"}), "RELEASE_BEYOND_REQUEST");
  EXPECT_EQ(Answer(&release, york_, "grant", {}), "FIELD_INVALID");
  ASSERT_EQ(Answer(&release, york_, "grant", {"ps-durham"}), "");
  EXPECT_EQ(Share(report, peel_, "ps-halton"), "NO_RELEASE");
  ASSERT_EQ(Share(report, peel_, "ps-durham", &onward), "");
  EXPECT_EQ(Open(onward, durham_), "");
  // The originator's log names every copy.
  v1::ListDisclosuresRequest log;
  log.set_report(report.name());
  EXPECT_THAT(
      Call<v1::ListDisclosuresResponse>("DisseminationService/ListDisclosures", york_, log)->report_copies(),
      SizeIs(2));
  EXPECT_EQ(Rule(Call<v1::ListDisclosuresResponse>("DisseminationService/ListDisclosures", peel_, log)),
            "NOT_FOUND");
  ASSERT_EQ(Answer(&release, york_, "revoke"), "");
  EXPECT_EQ(Open(onward, durham_), "NOT_FOUND");
  EXPECT_EQ(Open(copy, peel_), "");
  ASSERT_EQ(Recall(&report, york_), "");
  EXPECT_EQ(Open(copy, peel_), "NOT_FOUND");
}

TEST_F(Intelligence, SilenceRefusesARelease) {
  v1::Report report = Active();
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
  ASSERT_EQ(Share(report, york_, "ps-peel"), "");
  v1::ReleaseRequest release;
  ASSERT_EQ(Ask(report, peel_, {"ps-durham"}, &release), "");
  in_process_.clock().Set(FromProto(release.due()));
  EXPECT_EQ(Answer(&release, york_, "grant", {"ps-durham"}), "RELEASE_LAPSED");
  ASSERT_TRUE(services_.sweeper().Sweep().ok());
  EXPECT_EQ(Answer(&release, york_, "grant", {"ps-durham"}), "STATE_NOT_PERMITTED");
}

TEST_F(Intelligence, TheTwoRefusalsOfARequestCannotBeToldApart) {
  v1::CreateInformationRequestRequest request;
  request.set_parent("agencies/ps-york");
  auto* asked = request.mutable_information_request();
  asked->set_priority(v1::REQUEST_PRIORITY_URGENT);
  asked->set_question("Is this plate known?");
  asked->set_justification("seen twice");
  asked->set_predicate_offence("279.01(1)");
  asked->add_to("ps-york");
  EXPECT_EQ(Rule(Call<v1::InformationRequest>("RequestService/CreateInformationRequest", york_, request)),
            "REQUEST_TO_ONESELF");
  asked->set_to(0, "ps-peel");
  asked->add_to("ps-durham");
  v1::InformationRequest kept;
  ASSERT_EQ(
      Rule(Call<v1::InformationRequest>("RequestService/CreateInformationRequest", york_, request), &kept),
      "");
  EXPECT_EQ(FromProto(kept.due()) - in_process_.clock().Now(), absl::Hours(4));
  v1::AnswerInformationRequestRequest answer;
  answer.set_name(kept.name());
  EXPECT_EQ(Rule(Call<v1::InformationReply>("RequestService/AnswerInformationRequest", Police("ps-halton"),
                                            answer)),
            "NOT_FOUND");
  EXPECT_EQ(Rule(Call<v1::InformationReply>("RequestService/AnswerInformationRequest", peel_, answer)), "");
  EXPECT_FALSE(Call<v1::InformationReply>("RequestService/AnswerInformationRequest", peel_, answer).ok());
  EXPECT_EQ(Rule(Call<v1::InformationReply>("RequestService/AnswerInformationRequest", durham_, answer)), "");
  v1::GetInformationRequestRequest get;
  get.set_name(kept.name());
  kept = *Call<v1::InformationRequest>("RequestService/GetInformationRequest", york_, get);
  ASSERT_THAT(kept.replies(), SizeIs(2));
  EXPECT_EQ(kept.replies(0).answer(), kNoReleasableInformation);
  EXPECT_EQ(kept.replies(0).answer(), kept.replies(1).answer());
  // Each asked agency reads its own reply.
  EXPECT_THAT(Call<v1::InformationRequest>("RequestService/GetInformationRequest", peel_, get)->replies(),
              SizeIs(1));
}

// Random originators, sharers, releases and recalls against an oracle of a few plain lines.
TEST_F(Intelligence, NobodyEverReadsWhatItsOriginatorDoesNotAllowNow) {
  const unsigned seed = testing::SeedOr(20261124);
  std::mt19937 random(seed);
  const std::vector<std::string> agencies = {"ps-york", "ps-peel", "ps-durham", "ps-halton", "ps-toronto"};
  const auto any = [&] { return agencies[random() % agencies.size()]; };
  struct Release {
    v1::ReleaseRequest request;
    std::string asker;
    std::set<std::string> covers;
    bool live = false;
  };
  struct Copy {
    v1::ReportCopy copy;
    // Index of the release that it was given under; -1: by the originator.
    int release;
  };
  struct Case {
    v1::Report report;
    std::string originator;
    v1::Handling handling = v1::HANDLING_H2;
    std::set<std::string> recipients;
    bool recalled = false;
    std::vector<Release> releases;
    std::vector<Copy> copies;
    // The oracle.
    bool Permits(const std::string& agency) const {
      return agency == originator || handling == v1::HANDLING_H3 ||
             (handling == v1::HANDLING_H2 && recipients.contains(agency));
    }
    bool Opens(const Copy& copy) const {
      const std::string& to = copy.copy.to_agency();
      if (recalled) return false;
      if (copy.release < 0) return Permits(to);
      const Release& release = releases[static_cast<size_t>(copy.release)];
      return handling != v1::HANDLING_H1 && release.live && release.covers.contains(to);
    }
    bool Holds(const std::string& agency) const {
      if (agency == originator) return true;
      for (const Copy& copy : copies) {
        if (copy.copy.to_agency() == agency && Opens(copy)) return true;
      }
      return false;
    }
  };
  std::vector<Case> cases;
  int opened = 0, closed = 0, onward = 0;
  for (int step = 0; step < 6000; ++step) {
    const std::string where = absl::StrCat("seed ", seed, " step ", step);
    if (cases.empty() || (cases.size() < 30 && random() % 100 == 0)) {
      const std::string originator = any();
      cases.push_back({Active(originator), originator, v1::HANDLING_H2, {}, false, {}, {}});
      continue;
    }
    Case& one = cases[random() % cases.size()];
    const Caller owner = Police(one.originator);
    switch (random() % 8) {
      case 0: {  // The originator changes the handling.
        if (one.recalled || random() % 3 != 0) break;
        one.handling = random() % 4 == 0   ? v1::HANDLING_H1
                       : random() % 4 == 0 ? v1::HANDLING_H3
                                           : v1::HANDLING_H2;
        one.recipients.clear();
        for (size_t i = random() % 4; one.handling == v1::HANDLING_H2 && i > 0; --i)
          one.recipients.insert(any());
        ASSERT_EQ(Handle(&one.report, one.handling, {one.recipients.begin(), one.recipients.end()}, owner),
                  "")
            << where;
        break;
      }
      case 1:
      case 2: {  // Somebody shares with somebody.
        std::string from = any(), to = any();
        // Half of the time somebody who could: otherwise little is shared.
        if (const auto bias = random() % 4; bias == 0 && !one.recipients.empty()) {
          from = one.originator;
          to = *one.recipients.begin();
        } else if (bias == 1 && !one.releases.empty()) {
          const Release& some = one.releases[random() % one.releases.size()];
          from = some.asker;
          if (!some.covers.empty()) to = *some.covers.begin();
        }
        int release = -1;
        std::string expected;
        if (!one.Holds(from)) {
          expected = "NOT_FOUND";
        } else if (one.recalled) {
          expected = "REPORT_NOT_ACTIVE";
        } else if (to == from || to == one.originator) {
          expected = "RECIPIENT_HAS_IT";
        } else if (from == one.originator) {
          if (!one.Permits(to)) expected = "HANDLING_FORBIDS";
        } else {
          expected = "NO_RELEASE";
          for (size_t i = 0; i < one.releases.size() && one.handling != v1::HANDLING_H1; ++i) {
            const Release& each = one.releases[i];
            if (each.asker == from && each.live && each.covers.contains(to)) {
              release = static_cast<int>(i);
              expected = "";
              break;
            }
          }
        }
        Copy copy{{}, release};
        ASSERT_EQ(Share(one.report, Police(from), to, &copy.copy), expected) << where;
        if (!expected.empty()) break;
        // Of several releases that cover it the service takes one: learn which.
        for (size_t i = 0; i < one.releases.size(); ++i) {
          if (one.releases[i].request.name() == copy.copy.release()) copy.release = static_cast<int>(i);
        }
        onward += release >= 0;
        one.copies.push_back(copy);
        break;
      }
      case 3: {  // A holder asks for a release.
        const std::string asker = random() % 2 == 0 && !one.copies.empty()
                                      ? one.copies[random() % one.copies.size()].copy.to_agency()
                                      : any();
        Release release;
        release.asker = asker;
        const std::string to = any();
        const std::string expected = !one.Holds(asker)         ? "NOT_FOUND"
                                     : asker == one.originator ? "ORIGINATOR_ASKS_NOBODY"
                                                               : "";
        ASSERT_EQ(Ask(one.report, Police(asker), {to}, &release.request), expected) << where;
        if (!expected.empty()) break;
        if (random() % 4 != 0) {
          ASSERT_EQ(Answer(&release.request, owner, "grant", {to}), "") << where;
          release.covers = {to};
          release.live = true;
        } else {
          ASSERT_EQ(Answer(&release.request, owner, "refuse"), "") << where;
        }
        one.releases.push_back(release);
        break;
      }
      case 4: {  // A release is revoked.
        if (one.releases.empty()) break;
        Release& release = one.releases[random() % one.releases.size()];
        ASSERT_EQ(Answer(&release.request, owner, "revoke"), release.live ? "" : "STATE_NOT_PERMITTED")
            << where;
        release.live = false;
        break;
      }
      case 5:
        if (one.recalled || random() % 60 != 0) break;
        ASSERT_EQ(Recall(&one.report, owner), "") << where;
        one.recalled = true;
        break;
      default: {  // Everybody tries a copy.
        if (one.copies.empty()) break;
        const Copy& copy = one.copies[random() % one.copies.size()];
        for (const auto& agency : agencies) {
          v1::ReportCopy read;
          const std::string rule = Open(copy.copy, Police(agency), &read);
          const bool may = agency == copy.copy.to_agency() && one.Opens(copy);
          if (agency == one.originator) {
            EXPECT_EQ(rule, "") << where;  // Its own log, without contents.
            EXPECT_FALSE(read.has_content()) << where;
            continue;
          }
          ASSERT_EQ(rule, may ? "" : "NOT_FOUND") << where << " " << agency;
          ASSERT_EQ(read.has_content(), may) << where;
          ++(may ? opened : closed);
        }
      }
    }
  }
  std::printf("%d reads opened, %d refused, %d shared onward\n", opened, closed, onward);
  EXPECT_GT(opened, 50) << "seed " << seed;
  EXPECT_GT(closed, 500) << "seed " << seed;
  EXPECT_GT(onward, 5) << "seed " << seed;
}

}  // namespace
}  // namespace accord::intelligence
