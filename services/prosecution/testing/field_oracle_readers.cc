// This file says, in the field's words, who may learn what of a prosecution (docs/domain.md 4.5 and 8).
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "accord/prosecution/v1/link_service.pb.h"
#include "common/base/clock.h"
#include "services/prosecution/testing/field_oracle.h"

namespace accord::prosecution {
namespace {

using google::protobuf::Message;
using testing::World;

bool StandsIn(const Message& record, const std::string& text) {
  const auto texts = testing::TextsIn(record);
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& each) { return each.find(text) != std::string::npos; });
}

// This removes the victims, and where they could be found.
void HideVictims(v1::Case* of) {
  for (auto& victim : *of->mutable_victims()) victim.clear_ref();
  for (auto& filed : *of->mutable_records_applications()) filed.clear_holder();
  for (auto& each : *of->mutable_corrections()) each.clear_reason();
}

void HideVictims(v1::Accused* accused) {
  for (auto& each : *accused->mutable_appearances()) each.clear_purpose();
  for (auto& each : *accused->mutable_bails()) each.clear_conditions();
  for (auto& each : *accused->mutable_recognizances()) each.clear_conditions();
  for (auto& each : *accused->mutable_orders()) each.clear_restitution();
  for (auto& each : *accused->mutable_corrections()) each.clear_reason();
}

// This removes the brief: the accused, counsel's work, and what a court said of a person.
void HideBrief(v1::Case* of) {
  of->clear_case_officer_ref();
  of->clear_intel_contact();
}

void HideBrief(v1::Accused* accused) {
  accused->clear_accused_ref();
  accused->clear_disclosures();
  accused->clear_orders();
  accused->clear_no_sentence_reason();
  accused->clear_recognizances();
  for (auto& each : *accused->mutable_delays()) each.clear_evidence_ref();
  for (auto& each : *accused->mutable_delay_arguments()) each.clear_evidence_ref();
}

// Whoever acts in the case reads it all. An adviser knows the case without its victims; clerks, and whoever
// must keep away, know its stage and dates.
template <class M>
bool ReadsProsecution(const Caller& who, const M& record, const v1::Case& of, const std::string& text) {
  if (!Opens(who, of)) return false;
  const bool counsel = IsAmong(who, "crown") && (IsCrownOf(who, of) || IsAmong(who, "coordinators"));
  if (counsel && Acts(who, of)) return true;
  M open = record;
  HideVictims(&open);
  if (!counsel || HasConflict(who, of)) HideBrief(&open);
  return StandsIn(open, text);
}

std::string NextOf(const v1::Accused& accused) {
  std::string latest, next;
  for (const auto& appearance : accused.appearances()) {
    if (appearance.on() < latest) continue;
    latest = appearance.on();
    next = appearance.next_on();
  }
  return next;
}

// By section 4.5 a link tells the next date, what keeps the accused away, and outcomes, for the accused with
// a count against this victim.
std::vector<std::string> OutcomesIn(const World& world, const v1::LinkToken& link) {
  std::vector<std::string> outcomes;
  for (const auto& [name, record] : world) {
    const auto* accused = As<v1::Accused>(record.get());
    if (accused == nullptr || CaseIn(*accused, world) != In<v1::Case>(world, link.case_())) continue;
    bool against = false;
    std::string said = absl::StrCat(accused->stage(), " ", NextOf(*accused));
    for (const auto& count : accused->counts()) {
      if (count.victim() != link.victim()) continue;
      against = true;
      if (count.disposition() != v1::DISPOSITION_UNSPECIFIED)
        absl::StrAppend(&said, " ", count.disposition());
    }
    if (!accused->bails().empty()) {
      const v1::Bail& bail = *accused->bails().rbegin();
      const bool away = std::find(bail.no_contact().begin(), bail.no_contact().end(), link.victim()) !=
                        bail.no_contact().end();
      absl::StrAppend(&said, " bail ", bail.status(), away ? " away" : "");
    }
    if (against) outcomes.push_back(std::move(said));
  }
  std::sort(outcomes.begin(), outcomes.end());
  return outcomes;
}

std::string ObjectionToLinkedCase(const Caller& who, const v1::GetLinkedCaseResponse& answer,
                                  const World& world, const std::string& today) {
  const auto* link = In<v1::LinkToken>(world, answer.link_token().name());
  if (link == nullptr) return "opened nothing";
  if (!IsAmong(who, "support") || link->support_agency() != who.agency) return "opened by somebody else";
  if (link->revoked() || link->expires_on() < today) return "opened what is over";
  std::vector<std::string> told;
  for (const auto& outcome : answer.outcomes()) {
    std::string said = absl::StrCat(outcome.stage(), " ", outcome.next_on());
    for (const int each : outcome.dispositions()) absl::StrAppend(&said, " ", each);
    if (outcome.bail() != v1::BAIL_STATUS_UNSPECIFIED) {
      absl::StrAppend(&said, " bail ", outcome.bail(), outcome.no_contact() ? " away" : "");
    }
    told.push_back(std::move(said));
  }
  std::sort(told.begin(), told.end());
  const auto allowed = OutcomesIn(world, *link);
  if (!std::includes(allowed.begin(), allowed.end(), told.begin(), told.end())) {
    return "tells of a co-accused who did nothing to this victim";
  }
  const auto other = [&](const auto& each) { return each.victim() != link->victim(); };
  if (std::any_of(answer.bans().begin(), answer.bans().end(), other)) return "tells of another victim's ban";
  if (std::any_of(answer.aids().begin(), answer.aids().end(), other)) return "tells of another victim's aid";
  return "";
}

// By section 8 a police service hears of its own cases.
std::string ObjectionToStatuses(const Caller& who, const v1::ListCaseStatusesResponse& answer,
                                const World& world) {
  for (const auto& status : answer.case_statuses()) {
    const auto* accused = In<v1::Accused>(world, status.accused());
    if (accused == nullptr || !IsAmong(who, "police") || accused->police_service() != who.agency) {
      return "tells of another service's case";
    }
  }
  return "";
}

}  // namespace

bool MayRead(const Caller& who, const Message& record, const std::string& text, const World& world) {
  if (const auto* of = As<v1::Case>(&record)) {
    if (ReadsProsecution(who, *of, *of, text)) return true;
    // The police service that laid the charge knows its own number, and knows the case by its accused.
    return (text == of->information_number() || text == of->name()) && IsAmong(who, "police") &&
           of->police_service() == who.agency;
  }
  if (const auto* accused = As<v1::Accused>(&record)) {
    if (ReadsProsecution(who, *accused, *CaseIn(*accused, world), text)) return true;
    return text == accused->name() && IsAmong(who, "police") && accused->police_service() == who.agency;
  }
  if (As<v1::CeilingAlert>(&record) != nullptr) return IsAmong(who, "coordinators");
  if (const auto* advice = As<v1::AdviceRequest>(&record)) {
    return (IsAmong(who, "police") && OwnerOf(advice->name()) == who.agency) ||
           (IsAmong(who, "crown") && advice->crown_agency() == who.agency);
  }
  if (const auto* note = As<v1::CaseNote>(&record)) {
    const auto* of = In<v1::Case>(world, note->case_());
    if (of == nullptr) return false;
    const bool both = note->readers() == v1::CASE_NOTE_READERS_BOTH;
    const bool own = OwnerOf(note->name()) == who.agency;
    if (IsAmong(who, "police")) return of->police_service() == who.agency && (both || own);
    return IsAmong(who, "crown") && Acts(who, *of) && (both || own);
  }
  if (const auto* link = As<v1::CaseDuplicate>(&record)) {
    const auto [one, other] = EndsIn(*link, world);
    if (one == nullptr || other == nullptr || !Opens(who, *one) || !Opens(who, *other)) return false;
    v1::CaseDuplicate open = *link;
    if (!IsAmong(who, "crown") || !Acts(who, *one) || !Acts(who, *other)) {
      open.clear_reason();
      open.clear_unlink_reason();
    }
    return StandsIn(open, text);
  }
  if (const auto* link = As<v1::LinkToken>(&record)) {
    const auto* of = In<v1::Case>(world, link->case_());
    if (IsAmong(who, "crown")) return OwnerOf(link->name()) == who.agency && of != nullptr && Opens(who, *of);
    // The service that keeps consents has the name from those who keep them, and is told nothing else.
    if (IsAmong(who, "services")) return text == link->name();
    // An agency that gave up the link is told by its name that it did.
    return IsAmong(who, "support") && link->support_agency() == who.agency &&
           (!link->revoked() || text == link->name());
  }
  return false;
}

// By section 1.6 no cell is under five, and none moves within a period.
std::string OracleOfProsecution::ObjectionToCounts(const Caller& who,
                                                   const v1::CountProsecutionsResponse& answer,
                                                   absl::Time now) {
  if (!IsAmong(who, "office")) return "counted for somebody else";
  for (const auto& cell : answer.counts()) {
    if (cell.has_count() && cell.count() < 5) return "tells of fewer than five";
  }
  if (!answer.has_as_of()) return answer.counts().empty() ? "" : "counts as of now";
  const absl::Time at = FromProto(answer.as_of());
  const absl::CivilMonth month(OntarioDay(now));
  // The calendar counts once in each month that it comes to.
  if (at > now || absl::CivilMonth(OntarioDay(at)) != month) return "counts as of another period";
  const std::string told = answer.SerializeAsString();
  return counted_.emplace(month, told).first->second == told ? "" : "a count moved within a period";
}

std::string OracleOfProsecution::OfAnswer(const testing::Act& act, const Message& answer, const World& world,
                                          absl::Time now) {
  if (const auto* linked = As<v1::GetLinkedCaseResponse>(&answer)) {
    return ObjectionToLinkedCase(*act.who, *linked, world, FormatDay(OntarioDay(now)));
  }
  if (const auto* statuses = As<v1::ListCaseStatusesResponse>(&answer)) {
    return ObjectionToStatuses(*act.who, *statuses, world);
  }
  if (const auto* counts = As<v1::CountProsecutionsResponse>(&answer))
    return ObjectionToCounts(*act.who, *counts, now);
  return "";
}

}  // namespace accord::prosecution
