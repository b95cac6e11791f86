// This fixture has Crowns, police and a victim's supporters at the handlers of this service.
#ifndef ACCORD_SERVICES_PROSECUTION_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_PROSECUTION_TESTING_FIXTURE_H_

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/testing/callers.h"
#include "common/testing/matchers.h"
#include "common/testing/service_fixture.h"
#include "services/prosecution/board_store.h"
#include "services/prosecution/prosecution_store.h"
#include "services/prosecution/services.h"

namespace accord::prosecution {

using testing::FailsWith;
using testing::IsOk;
using testing::Must;
using testing::RefusedBy;

class ProsecutionFixture : public testing::ServiceFixture<ProsecutionServices> {
 protected:
  // If `dsn` is empty, the database is SQLite.
  explicit ProsecutionFixture(const std::string& dsn = "")
      : ServiceFixture(ProsecutionMigrations(), dsn, RealRules()) {
    On("2026-11-24");
  }

  static Rules RealRules() {
    return Must(Rules::Load(testing::SourceFile("services/prosecution/data/rules.textproto")));
  }
  static Caller Crown(const std::string& agency, const std::string& actor,
                      Role role = annotations::v1::ROLE_CROWN_COUNSEL) {
    return {agency, annotations::v1::AGENCY_KIND_CROWN,  "dcms", actor,
            {role}, annotations::v1::PURPOSE_PROSECUTION};
  }
  const Caller coordinator_ = Crown("cr-phtpt", "coordinator", annotations::v1::ROLE_CROWN_COORDINATOR);
  const Caller team_ = Crown("cr-phtpt", "specialist");
  const Caller counsel_ = Crown("cr-york", "counsel");
  const Caller colleague_ = Crown("cr-york", "colleague");
  const Caller clerk_ = Crown("cr-york", "clerk", annotations::v1::ROLE_CROWN_ADMIN);
  const Caller elsewhere_ = Crown("cr-ottawa", "counsel");
  const Caller police_ = {"ps-york",
                          annotations::v1::AGENCY_KIND_POLICE_SERVICE,
                          "rms",
                          "member",
                          {annotations::v1::ROLE_POLICE_MEMBER},
                          annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION};
  const Caller support_ = {"vs-york",
                           annotations::v1::AGENCY_KIND_VICTIM_SERVICES,
                           "cms",
                           "worker",
                           {annotations::v1::ROLE_VS_WORKER},
                           annotations::v1::PURPOSE_VICTIM_SUPPORT};
  const Caller office_ = testing::OfficeStaff();

  // This puts the accused where he or she would be after reaching this stage on 2026-01-15, at the Ontario
  // Court of Justice.
  static void PutAt(v1::Stage stage, v1::Accused* accused) {
    accused->set_stage(stage);
    accused->set_court_region("central-east");
    accused->set_police_service("ps-york");
    accused->set_team_flag(true);
    auto* reached = accused->add_stages();
    reached->set_stage(stage);
    reached->set_on("2026-01-15");
    auto* forum = accused->add_forums();
    forum->set_forum(v1::FORUM_OCJ);
    forum->set_on("2026-01-15");
  }
  // This asks for a link between a case and vs-york, to which its first victim consented on 2026-11-24.
  static v1::CreateLinkTokenRequest LinkTo(const v1::Case& item,
                                           const std::string& parent = "agencies/cr-york") {
    v1::CreateLinkTokenRequest request;
    request.set_parent(parent);
    auto* token = request.mutable_link_token();
    token->set_case_(item.name());
    token->set_victim("v1");
    token->set_support_agency("vs-york");
    token->set_consent_on("2026-11-24");
    token->set_expires_on("2026-12-31");
    return request;
  }

  static v1::CreateCaseRequest NewCase(const std::string& information = "26-1001") {
    v1::CreateCaseRequest request;
    request.set_parent("agencies/cr-york");
    auto* item = request.mutable_case_();
    item->set_court_region("central-east");
    item->set_police_service("ps-york");
    item->set_information_number(information);
    item->set_team_flag(true);
    auto* victim = item->add_victims();
    victim->set_ref("victim-of-york-1");
    victim->set_under_18(true);
    item->add_victims()->set_ref("another-victim-1");
    return request;
  }
  v1::Case Opened(const std::string& information = "26-1001") {
    v1::Case item;
    EXPECT_EQ(Rule(Call<v1::Case>(counsel_, NewCase(information)), &item), "");
    return item;
  }
  std::string Assign(v1::Case* item, const Caller& who, v1::AssignmentMode mode = v1::ASSIGNMENT_MODE_LEAD) {
    v1::AssignCrownRequest request;
    request.set_agency(who.agency);
    request.set_crown(who.actor);
    request.set_mode(mode);
    return Move(coordinator_, item, request);
  }
  // This gives a case that has York's counsel as its lead.
  v1::Case Assigned(const std::string& information = "26-1001") {
    v1::Case item = Opened(information);
    EXPECT_EQ(Assign(&item, counsel_), "");
    return item;
  }
  static v1::CreateAccusedRequest NewAccused(const v1::Case& of, const std::string& charged = "2026-01-15") {
    v1::CreateAccusedRequest request;
    request.set_parent(of.name());
    auto* accused = request.mutable_accused();
    accused->set_accused_ref("accused-one-1");
    accused->set_charge_date(charged);
    accused->set_forum(v1::FORUM_OCJ);
    auto* count = accused->add_counts();
    count->set_section("279.01(1)");
    count->set_offence_from("2025-11-01");
    count->set_offence_to("2026-01-10");
    count->set_victim("v1");
    count->set_mode(v1::COUNT_MODE_INDICTABLE);
    return request;
  }
  v1::Accused Charged(const v1::Case& of, const std::string& charged = "2026-01-15") {
    v1::Accused accused;
    EXPECT_EQ(Rule(Call<v1::Accused>(counsel_, NewAccused(of, charged)), &accused), "");
    return accused;
  }
  v1::Accused Read(const std::string& name, const Caller& caller) {
    v1::GetAccusedRequest request;
    request.set_name(name);
    return Must(Call<v1::Accused>(caller, request));
  }
  // This says why somebody does not read an accused or a case; it is empty if they do.
  std::string Unread(const std::string& name, const Caller& caller) {
    v1::GetAccusedRequest request;
    request.set_name(name);
    return Rule(Call<v1::Accused>(caller, request));
  }
  std::string UnreadCase(const std::string& name, const Caller& caller) {
    v1::GetCaseRequest request;
    request.set_name(name);
    return Rule(Call<v1::Case>(caller, request));
  }
  std::string Advance(v1::Accused* accused, const std::string& event, const std::string& on,
                      const Caller& caller) {
    v1::AdvanceAccusedRequest request;
    request.set_event(event);
    request.set_on(on);
    return Move(caller, accused, request);
  }
  std::string Delay(v1::Accused* accused, const std::string& from, const std::string& to,
                    v1::DelayPosition position, v1::DelayCause cause = v1::DELAY_CAUSE_DEFENCE_CAUSED) {
    v1::RecordAccusedDelayRequest request;
    request.mutable_delay()->set_from(from);
    request.mutable_delay()->set_to(to);
    request.mutable_delay()->set_cause(cause);
    request.mutable_delay()->set_position(position);
    return Move(counsel_, accused, request);
  }
  std::string Dispose(v1::Accused* accused, int count, v1::Disposition disposition, const std::string& on) {
    v1::RecordAccusedDispositionRequest request;
    request.set_count(count);
    request.set_disposition(disposition);
    request.set_on(on);
    return Move(counsel_, accused, request);
  }
  // This concludes for this reason, although nobody is sentenced.
  std::string ConcludeWithout(v1::Accused* accused, const std::string& on, const std::string& reason) {
    v1::AdvanceAccusedRequest request;
    request.set_event("conclude");
    request.set_on(on);
    request.set_no_sentence_reason(reason);
    return Move(counsel_, accused, request);
  }
  // Records on days that follow each other bail, a plea of guilt to the only count, and an end
  // without sentence.
  void PleadAndConclude(v1::Accused* accused, const absl::CivilDay& first, const std::string& reason) {
    const std::string plea = FormatDay(first + 1);
    EXPECT_EQ(Advance(accused, "hear_bail", FormatDay(first), counsel_), "");
    EXPECT_EQ(Advance(accused, "plead_guilty", plea, counsel_), "");
    EXPECT_EQ(Dispose(accused, 0, v1::DISPOSITION_GUILTY_PLEA, plea), "");
    EXPECT_EQ(ConcludeWithout(accused, FormatDay(first + 2), reason), "");
  }
  std::string Book(v1::Accused* accused, const std::string& end, const Caller& caller) {
    v1::BookAccusedTrialRequest request;
    request.set_trial_end(end);
    return Move(caller, accused, request);
  }
  std::string Consider(v1::Case* item, const std::string& victim,
                       v1::AidState to = v1::AID_STATE_CONSIDERED) {
    v1::RecordTestimonialAidRequest request;
    request.mutable_testimonial_aid()->set_victim(victim);
    request.mutable_testimonial_aid()->set_kind(v1::AID_KIND_OUTSIDE_COURTROOM);
    request.set_to(to);
    return Move(counsel_, item, request);
  }
  std::vector<std::string> Board(const Caller& caller, const std::string& region = "", v1::Stage stage = {}) {
    std::vector<std::string> names;
    v1::ListBoardRequest request;
    request.set_court_region(region);
    request.set_stage(stage);
    request.set_page_size(2);
    do {
      const auto page = Call<v1::ListBoardResponse>(caller, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const auto& accused : page->accused()) names.push_back(accused.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  std::vector<v1::CeilingAlert> Alerts() {
    auto page = Must(Call<v1::ListCeilingAlertsResponse>(coordinator_, v1::ListCeilingAlertsRequest()));
    return {page.ceiling_alerts().begin(), page.ceiling_alerts().end()};
  }
};

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_TESTING_FIXTURE_H_
