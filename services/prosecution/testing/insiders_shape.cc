#include "services/prosecution/testing/insiders_shape.h"

#include <algorithm>

#include "accord/prosecution/v1/accused_service.pb.h"
#include "accord/prosecution/v1/advice_service.pb.h"
#include "accord/prosecution/v1/case_duplicate_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/prosecution/v1/link_service.pb.h"
#include "common/testing/request_shaper.h"

namespace accord::prosecution {
namespace {

using google::protobuf::Message;
using testing::World;

class CaseShaper : public testing::RequestShaper {
 public:
  using RequestShaper::RequestShaper;

  void Shape(Message* request) {
    ShapeCase(request);
    ShapeCourse(request);
    ShapeRecords(request);
    Try<v1::CreateAdviceRequestRequest>(request, [&](auto* r) {
      r->mutable_advice_request()->set_crown_agency(dice_->Percent(70) ? "cr-york" : "cr-ottawa");
    });
    Try<v1::CreateLinkTokenRequest>(request, [&](auto* r) {
      auto* link = r->mutable_link_token();
      link->set_victim(VictimOf(link->case_()));
      link->set_support_agency(dice_->Percent(80) ? "vs-york" : "vs-ottawa");
      link->set_consent_on(Day(0));
      link->set_expires_on(Day(dice_->Below(90)));
    });
    Try<v1::WithdrawLinkTokenRequest>(request, [&](auto* r) {
      const auto* link = In<v1::LinkToken>(r->name());
      if (link != nullptr && dice_->Percent(80)) r->set_on_behalf_of(link->support_agency());
    });
    Try<v1::LinkCaseDuplicateRequest>(request, [&](auto* r) { NewDuplicate(r->mutable_case_duplicate()); });
    // Lists are asked for everything.
    Try<v1::ListBoardRequest>(request, [&](auto* r) {
      if (dice_->Percent(70)) r->Clear();
    });
  }

 private:
  // The link is mostly to another case of the same office.
  void NewDuplicate(v1::CaseDuplicate* link) const {
    if (In<v1::Case>(link->record()) == nullptr || dice_->Percent(20)) return;
    for (const auto& [name, record] : world_) {
      if (dynamic_cast<const v1::Case*>(record.get()) == nullptr || name == link->record()) continue;
      if (OwnerOf(name) == OwnerOf(link->record()) && dice_->Percent(50)) link->set_same_as(name);
    }
  }
  std::string VictimOf(const std::string& name) const {
    const auto* of = In<v1::Case>(name);
    if (of == nullptr || of->victims().empty() || dice_->Percent(5)) return "v1";
    return dice_->Any(of->victims()).id();
  }
  std::string VictimOfAccused(const std::string& name) const {
    return VictimOf(name.substr(0, name.rfind("/accused/")));
  }

  void ShapeCase(Message* request) {
    Try<v1::CreateCaseRequest>(request, [&](auto* r) { NewCase(r->mutable_case_()); });
    Try<v1::AssignCrownRequest>(request, [&](auto* r) {
      static const std::vector<std::string> kOfYork = {"counsel", "second", "third", "clerk"};
      const bool own = dice_->Percent(80);
      if (dice_->Percent(95)) r->set_agency(own ? OwnerOf(r->name()) : "cr-phtpt");
      r->set_crown(own ? dice_->Any(kOfYork) : dice_->Percent(70) ? "specialist" : "deputy");
      if (dice_->Percent(60)) r->set_mode(v1::ASSIGNMENT_MODE_LEAD);
    });
    Try<v1::ReplaceCrownRequest>(request, [&](auto* r) {
      const auto* of = In<v1::Case>(r->name());
      if (of == nullptr || of->assignments().empty()) return;
      const v1::Assignment& known = dice_->Any(of->assignments());
      r->set_agency(known.agency());
      r->set_crown(known.crown());
      static const std::vector<std::string> kSuccessors = {"counsel", "second", "third", "specialist"};
      r->set_successor(dice_->Percent(75) ? dice_->Any(kSuccessors) : "");
    });
    Try<v1::RecordPublicationBanRequest>(request, [&](auto* r) {
      auto* ban = r->mutable_publication_ban();
      ban->set_victim(VictimOf(r->name()));
      for (auto* day : {ban->mutable_wishes_inquired_on(), ban->mutable_informed_of_ban_on(),
                        ban->mutable_informed_of_revocation_on()}) {
        *day = dice_->Percent(50) ? "" : Day(dice_->Percent(95) ? -dice_->Below(30) : 1);
      }
    });
    Try<v1::RecordTestimonialAidRequest>(request, [&](auto* r) {
      auto* aid = r->mutable_testimonial_aid();
      aid->set_victim(VictimOf(r->name()));
      aid->clear_state();
      r->set_to(v1::AID_STATE_CONSIDERED);
      const auto* of = In<v1::Case>(r->name());
      if (of == nullptr || of->aids().empty() || dice_->Percent(40)) return;
      const v1::TestimonialAid& known = dice_->Any(of->aids());
      aid->set_victim(known.victim());
      aid->set_kind(known.kind());
      r->set_to(static_cast<v1::AidState>(std::min(known.state() + 1 + dice_->Below(2), 5)));
    });
    Try<v1::RecordRecordsApplicationRequest>(request, [&](auto* r) {
      auto* filed = r->mutable_records_application();
      filed->set_victim(VictimOf(r->name()));
      filed->set_holder("vs-york");
      filed->set_filed_on(Day(-20));
      filed->set_counsel_offered_on(dice_->Percent(50) ? "" : Day(-10));
      filed->set_ordered_to_judge_on(dice_->Percent(50) ? "" : Day(-5));
      filed->set_ordered_to_accused_on(dice_->Percent(70) ? "" : Day(-1));
    });
  }
  void NewCase(v1::Case* of) {
    of->set_court_region(who_.agency == "cr-ottawa" ? "east" : "central-east");
    of->set_police_service(dice_->Percent(80) ? "ps-york" : "ps-ottawa");
    of->set_team_flag(dice_->Percent(70));
    while (of->victims_size() < 2) of->add_victims()->set_ref("somebody-1");
    for (auto& victim : *of->mutable_victims()) victim.clear_id();
    if (dice_->Percent(90)) return;
    // These are numbers of other offices' informations.
    for (const auto& [name, record] : world_) {
      const auto* other = dynamic_cast<const v1::Case*>(record.get());
      if (other == nullptr || dice_->Percent(70)) continue;
      of->set_information_number(other->information_number());
      of->set_police_service(other->police_service());
      return;
    }
  }

  void ShapeCourse(Message* request) {
    Try<v1::CreateAccusedRequest>(request, [&](auto* r) { NewAccused(r->parent(), r->mutable_accused()); });
    Try<v1::CorrectAccusedRequest>(request, [&](auto* r) { Corrected(r); });
    Try<v1::CorrectAccusedAppearanceRequest>(request, [&](auto* r) {
      const auto* accused = In<v1::Accused>(r->name());
      const bool none = accused == nullptr || accused->appearances().empty();
      r->set_position(none ? dice_->Below(2) : dice_->Below(accused->appearances_size()));
      r->mutable_appearance()->set_on(Day(-dice_->Below(20)));
      r->mutable_appearance()->set_next_on(dice_->Percent(80) ? Day(1 + dice_->Below(60)) : "");
    });
    Try<v1::AdvanceAccusedRequest>(request, [&](auto* r) {
      r->set_on(Day(dice_->Percent(90) ? 0 : 1 - dice_->Below(30)));
      r->set_event(EventFor(r->name()));
      if (r->event() != "conclude" || dice_->Percent(50)) r->clear_no_sentence_reason();
    });
    Try<v1::ChangeAccusedForumRequest>(request, [&](auto* r) { r->set_on(Day(-dice_->Below(3))); });
    Try<v1::BookAccusedTrialRequest>(request,
                                     [&](auto* r) { r->set_trial_end(Day(30 + dice_->Below(900))); });
    Try<v1::RecordAccusedDelayRequest>(request, [&](auto* r) {
      r->mutable_delay()->set_from(Day(-60 + dice_->Below(3)));
      r->mutable_delay()->set_to(Day(-30));
    });
    Try<v1::RecordAccusedDelayArgumentRequest>(
        request, [&](auto* r) { r->mutable_delay_argument()->set_on(Day(1 - dice_->Below(30))); });
    Try<v1::RecordAccusedDispositionRequest>(request, [&](auto* r) {
      const auto* accused = In<v1::Accused>(r->name());
      r->set_count(dice_->Below(accused == nullptr ? 2 : accused->counts_size()));
      r->set_on(Day(0));
      for (int i = 0; accused != nullptr && i < accused->counts_size(); ++i) {
        if (accused->counts(i).disposition() == v1::DISPOSITION_UNSPECIFIED && dice_->Percent(80))
          r->set_count(i);
      }
    });
  }
  void NewAccused(const std::string& parent, v1::Accused* accused) {
    static const std::vector<std::string> kSections = {"279.01(1)", "279.01(1)", "286.3(1)", "286.4",
                                                       "286.5"};
    accused->set_charge_date(Day(-100 - dice_->Below(300)));
    accused->clear_counts();
    for (int counts = 1 + dice_->Below(2); counts > 0; --counts) {
      auto* count = accused->add_counts();
      count->set_section(dice_->Any(kSections));
      count->set_offence_from(Day(-450));
      count->set_mode(v1::COUNT_MODE_INDICTABLE);
      if (dice_->Percent(85)) count->set_victim(VictimOf(parent));
    }
  }
  void Corrected(v1::CorrectAccusedRequest* request) {
    const bool day = dice_->Percent(50);
    request->set_charge_date(day ? Day(-400 + dice_->Below(250)) : "");
    request->clear_counts();
    const auto* accused = In<v1::Accused>(request->name());
    if (day || accused == nullptr) return;
    *request->mutable_counts() = accused->counts();
    auto* count = request->mutable_counts(dice_->Below(accused->counts_size()));
    count->set_victim(VictimOfAccused(request->name()));
    if (dice_->Percent(50)) count->set_section("286.3(1)");
  }
  // This gives an event that mostly leads on from where the record stands.
  std::string EventFor(const std::string& name) const {
    static const std::map<v1::Stage, std::vector<std::string>> kOn = {
        {v1::STAGE_CHARGED, {"hear_bail", "hear_bail", "indict_directly"}},
        {v1::STAGE_BAIL, {"take_in", "plead_guilty"}},
        {v1::STAGE_INTAKE, {"hold_pretrial"}},
        {v1::STAGE_PRETRIAL, {"elect"}},
        {v1::STAGE_ELECTION, {"order_preliminary", "schedule_trial"}},
        {v1::STAGE_PRELIMINARY, {"commit"}},
        {v1::STAGE_COMMITTED, {"schedule_trial"}},
        {v1::STAGE_TRIAL_SCHEDULED, {"begin_trial", "begin_trial", "plead_guilty"}},
        {v1::STAGE_TRIAL, {"reserve", "give_verdict"}},
        {v1::STAGE_UNDER_RESERVE, {"give_verdict"}},
        {v1::STAGE_VERDICT, {"begin_sentencing"}},
        {v1::STAGE_SENTENCING, {"conclude"}},
        {v1::STAGE_CONCLUDED, {"appeal"}},
        {v1::STAGE_APPEAL, {"decide_appeal", "order_retrial"}},
        {v1::STAGE_RETRIAL, {"schedule_trial"}}};
    static const std::vector<std::string> kAny = {"hear_bail", "begin_trial",  "give_verdict",
                                                  "conclude",  "plead_guilty", "commit",
                                                  "appeal",    "order_retrial"};
    const auto* accused = In<v1::Accused>(name);
    if (accused == nullptr || dice_->Percent(10)) return dice_->Any(kAny);
    return dice_->Any(kOn.at(accused->stage()));
  }

  void ShapeRecords(Message* request) {
    Try<v1::RecordAccusedAppearanceRequest>(request, [&](auto* r) {
      r->mutable_appearance()->set_on(Day(-dice_->Below(20)));
      r->mutable_appearance()->set_next_on(dice_->Percent(80) ? Day(1 + dice_->Below(60)) : "");
    });
    Try<v1::RecordAccusedSentenceRequest>(request, [&](auto* r) {
      auto* order = r->mutable_order();
      order->set_on(Day(0));
      auto* restitution = order->mutable_restitution();
      restitution->set_considered(dice_->Percent(95));
      restitution->set_ordered(restitution->amount_cents() > 0);
    });
    Try<v1::RecordAccusedBailRequest>(request, [&](auto* r) {
      r->mutable_bail()->set_on(Day(-dice_->Below(20)));
      r->mutable_bail()->clear_no_contact();
      r->mutable_bail()->add_no_contact(VictimOfAccused(r->name()));
    });
    Try<v1::RecordAccusedDisclosureRequest>(request, [&](auto* r) {
      auto* package = r->mutable_disclosure();
      package->set_sent_on(Day(-dice_->Below(20)));
      const auto* accused = In<v1::Accused>(r->name());
      if (accused == nullptr || dice_->Percent(5)) return;
      package->set_kind(accused->disclosures().empty() ? v1::DISCLOSURE_KIND_INITIAL
                                                       : v1::DISCLOSURE_KIND_FURTHER);
    });
    Try<v1::RecordAccusedRecognizanceRequest>(request, [&](auto* r) {
      auto* bond = r->mutable_recognizance();
      bond->set_section(dice_->Percent(50) ? "810.1" : dice_->Percent(50) ? "810" : "810.2");
      bond->set_from(Day(0));
      bond->set_to(Day(200 + dice_->Below(600)));
      bond->set_protected_age(10 + dice_->Below(8));
      bond->set_feared_section("279.011(1)");
      bond->set_breached_on("");
    });
  }
};

}  // namespace

void Shape(const Caller& who, const World& world, absl::Time now, testing::RandomRequest* requests,
           Message* request) {
  CaseShaper(who, world, now, requests).Shape(request);
}

}  // namespace accord::prosecution
