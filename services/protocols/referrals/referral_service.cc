#include "services/protocols/referrals/referral_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/base/opaque.h"
#include "common/host/calls/derived.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/schedule.h"
#include "common/storage/sealing/keyring.h"
#include "services/protocols/agreements/protocol_checks.h"
#include "services/protocols/next_due.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/parties.h"
#include "services/protocols/protocol_store.h"
#include "services/protocols/referrals/referral_amendments.h"
#include "services/protocols/referrals/referral_checks.h"
#include "services/protocols/referrals/referral_clocks.h"
#include "services/protocols/referrals/referral_end.h"
#include "services/protocols/referrals/referral_queries.h"

namespace accord::protocols {
namespace {

using v1::Referral;

// Sender and receiver signed the protocol. Where an agency's own staff is suspected that itself signed it, an
// outside society or police service may receive instead.
absl::Status CheckSides(const v1::Protocol& protocol, const Referral& referral, const std::string& sender,
                        const Territories& territories) {
  const auto signed_by = [&](const std::string& agency) { return SignatoryOf(protocol, agency) != nullptr; };
  const bool outside = referral.staff_suspect() && signed_by(referral.implicated_agency());
  if (!signed_by(sender) || (!signed_by(referral.to_agency()) && !outside)) {
    return Refuse(rules::kSidesNotSignatories, "Sender and receiver must both have signed the protocol.");
  }
  if (!signed_by(referral.to_agency()) && !territories.Serves(referral.to_agency())) {
    return RefuseField(rules::kReceiverUnknown, "referral.to_agency",
                       "is no society or police service that is known");
  }
  return absl::OkStatus();
}

absl::Status CheckSuspect(const Referral& referral, const v1::Protocol& protocol,
                          const Territories& territories) {
  const std::string& implicated = referral.implicated_agency();
  if (referral.staff_suspect() == implicated.empty()) {
    return Refuse(rules::kImplicatedAgency, "staff_suspect and implicated_agency go together.");
  }
  if (!referral.staff_suspect()) return absl::OkStatus();
  if (implicated == referral.to_agency()) {
    return Refuse(rules::kReceiverIsImplicated,
                  "An agency whose staff is suspected does not receive the referral.");
  }
  if (SignatoryOf(protocol, implicated) == nullptr && !territories.Serves(implicated)) {
    return RefuseField(rules::kImplicatedUnknown, "referral.implicated_agency",
                       "is no society or police service that is known");
  }
  return absl::OkStatus();
}

absl::Status CheckService(const Referral& referral) {
  const bool service = referral.kind() == v1::REFERRAL_KIND_SERVICE_REFERRAL;
  if (service != (referral.service() != v1::SERVICE_KIND_UNSPECIFIED)) {
    return Refuse(rules::kServiceKind, "A service referral, and nothing else, names its service.");
  }
  if (service && !referral.consent_given()) {
    return Refuse(rules::kConsentRequired,
                  "A youth is referred to a service with consent: record consent_given.");
  }
  return absl::OkStatus();
}

// Age bands go by the first age that is older.
absl::Status CheckBirthDate(Referral* referral, absl::CivilDay event_day) {
  const auto born = ParseDay(referral->birth_date());
  referral->clear_birth_date();  // Held against the band and not kept.
  if (!born) return absl::OkStatus();
  int age = static_cast<int>(event_day.year() - born->year());
  if (absl::CivilDay(event_day.year(), born->month(), born->day()) > event_day) --age;
  const v1::AgeBand band = age < 12   ? v1::AGE_BAND_UNDER_12
                           : age < 16 ? v1::AGE_BAND_12_15
                           : age < 18 ? v1::AGE_BAND_16_17
                                      : v1::AGE_BAND_18_PLUS;
  if (age >= 0 && band == referral->age_band()) return absl::OkStatus();
  return Refuse(rules::kAgeBandContradictsBirthDate,
                "On event_date a person born then is in another age_band.");
}

}  // namespace

std::string SubjectIndex(const storage::Transaction& tx, const std::string& subject_ref) {
  return tx.keyring()->Index("referral.subject_ref", subject_ref);
}

storage::Placement PlacementOf(const storage::Transaction& tx, const Referral& referral) {
  storage::Placement placement;
  placement.owner = OwnerOf(referral.name());
  placement.state = ShortName(v1::ReferralState_descriptor(), referral.state());
  placement.parties = ViewersOf(referral);
  placement.fields["state"] = placement.state;
  const std::string at_receiver = "@" + referral.to_agency();
  placement.fields["received" + at_receiver] = "yes";
  if (!referral.assignee().empty()) placement.fields["assignee" + at_receiver] = referral.assignee();
  if (!referral.escalations().empty() && !Ended(referral))
    placement.fields["escalated" + at_receiver] = "yes";
  placement.fields["subject"] = SubjectIndex(tx, referral.subject_ref());
  const std::string tally =
      absl::StrCat(ShortName(v1::ReferralKind_descriptor(), referral.kind()), "/", placement.state, "/",
                   ShortName(v1::InvestigationOutcome_descriptor(), referral.outcome()));
  placement.fields["tally"] = tally;
  placement.fields[absl::StrCat("tally@", kOffice)] = tally;
  placement.counted_by = {kOffice};
  return placement;
}

void ReferralService::Register(host::Handlers* handlers) {
  handlers_ = handlers;
  feed_ = &handlers->feed();
  using S = ReferralService;
  const char service[] = "accord.protocols.v1.ReferralService";
  host::Derived<Referral> derived(handlers, service, [](host::Call& call, Tx&, Referral* referral) {
    SetNextDue(DueOf(*referral, call.caller().agency, call.now()), referral);
    return absl::OkStatus();
  });
  derived.Bind(this, &S::Create, &S::Acknowledge, &S::Screen, &S::Close, &S::Reject, &S::Revoke, &S::Redirect,
               &S::Correct, &S::UndoStep, &S::Reopen, &S::Assign, &S::Flag, &S::ClearFlag,
               &S::RecordRiskScreening, &S::RecordCommunityNotice, &S::RecordAssessment, &S::RecordResponse,
               &S::RecordPlaceOfSafety, &S::RecordVoluntaryAgreement, &S::RecordYouthRecord, &S::Get,
               &S::List);
  handlers->Bind(service, this, &S::Revisions, &S::Watch);
}

absl::Status ReferralService::Admit(host::Call& call, Tx& tx, Referral* referral) {
  const std::string& sender = call.caller().agency;
  const absl::CivilDay today = OntarioDay(call.now());
  const absl::CivilDay event_day = *ParseDay(referral->event_date());
  ACCORD_RETURN_IF_ERROR(CheckDayHasCome("referral.event_date", referral->event_date(), today));
  if (referral->to_agency() == sender)
    return Refuse(rules::kReceiverIsSender, "A referral goes to another agency.");

  ACCORD_RETURN_IF_ERROR(CheckBirthDate(referral, event_day));
  ACCORD_RETURN_IF_ERROR(CheckService(*referral));
  v1::Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, referral->protocol(), sender, &protocol));
  ACCORD_RETURN_IF_ERROR(CheckSuspect(*referral, protocol, *territories_));
  ACCORD_ASSIGN_OR_RETURN(const bool stands, StandsOn(tx, &protocols_, protocol, today));
  if (!stands) {
    return Refuse(rules::kProtocolNotInForce, "The protocol, or the one that it adds to, is not in force.");
  }
  ACCORD_RETURN_IF_ERROR(CheckSides(protocol, *referral, sender, *territories_));
  referral->set_protocol_version(protocol.version());
  ACCORD_RETURN_IF_ERROR(CheckPhoneContact(*referral, call.now()));
  referral->set_community_notice_required(Indigenous(*referral));

  if (referral->kind() == v1::REFERRAL_KIND_DUTY_TO_REPORT) {
    if (!ToSociety(protocol, *referral)) {
      return Refuse(rules::kDutyToReportToSociety, "The duty to report is met by a report to a society.");
    }
    if (referral->ground_code().empty())
      return Refuse(rules::kGroundRequired, "A duty to report names its ground.");
  }
  if (!referral->ground_code().empty() && rules_->GroundOn(referral->ground_code(), event_day) == nullptr) {
    return Refuse(rules::kGroundNotInForce, "No such ground was in force on event_date.");
  }
  TakeLaw(rules_->Age(referral->age_band(), event_day), referral);
  return StartClocks(call.now(), ToSociety(protocol, *referral), referral);
}

bool ReferralService::ToSociety(const v1::Protocol& protocol, const Referral& referral) const {
  const auto* receiver = SignatoryOf(protocol, referral.to_agency());
  return receiver != nullptr ? IsSociety(receiver->capacity())
                             : territories_->IsSociety(referral.to_agency());
}

absl::Status ReferralService::StartClocks(absl::Time now, bool to_society, Referral* referral) const {
  ACCORD_ASSIGN_OR_RETURN(absl::Time acknowledge,
                          rules_->Due(v1::CLOCK_KIND_ACKNOWLEDGE, referral->urgency(), now));
  ACCORD_ASSIGN_OR_RETURN(absl::Time assessment,
                          rules_->Due(v1::CLOCK_KIND_ASSESSMENT, referral->urgency(), now));
  ACCORD_ASSIGN_OR_RETURN(absl::Time response,
                          rules_->Due(v1::CLOCK_KIND_RESPONSE, referral->urgency(), now));
  ACCORD_ASSIGN_OR_RETURN(absl::Time completion,
                          rules_->Due(v1::CLOCK_KIND_COMPLETION, referral->urgency(), now));
  *referral->mutable_completion_due() = ToProto(completion);
  *referral->mutable_acknowledge_due() = ToProto(acknowledge);
  // The Standards bind societies.
  if (to_society) *referral->mutable_assessment_due() = ToProto(assessment);
  *referral->mutable_response_due() = ToProto(response);
  referral->set_rule_set(rules_->digest());
  return absl::OkStatus();
}

ReferralService::Result ReferralService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::CreateReferralRequest& request) {
  Referral referral = request.referral();
  ACCORD_RETURN_IF_ERROR(CheckOpaque("referral.subject_ref", referral.subject_ref(), OntarioDay(call.now())));
  ACCORD_RETURN_IF_ERROR(Admit(call, tx, &referral));
  ACCORD_RETURN_IF_ERROR(Submit(tx, write, &referral));
  return referral;
}

absl::Status ReferralService::Submit(Tx& tx, const storage::Write& write, Referral* referral) {
  referral->set_name(absl::StrCat("agencies/", write.agency, "/referrals/", NewId(write.now)));
  referral->set_state(v1::REFERRAL_STATE_SUBMITTED);
  ACCORD_RETURN_IF_ERROR(referrals_.Insert(tx, referral, write, PlacementOf(tx, *referral)));
  ACCORD_RETURN_IF_ERROR(NoteSent(tx, write.agency, write.now));
  return storage::Schedule(tx, "referral", referral->name(), NextInstant(*rules_, *referral));
}

ReferralService::Result ReferralService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                              Referral referral) {
  if (Ended(referral) && !referral.has_ended_at()) *referral.mutable_ended_at() = ToProto(write.now);
  ACCORD_RETURN_IF_ERROR(referrals_.Update(tx, &referral, etag, write, PlacementOf(tx, referral)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, "referral", referral.name(), NextInstant(*rules_, referral)));
  return referral;
}

ReferralService::Result ReferralService::Visible(host::Call& call, Tx& tx, const std::string& name) {
  Referral referral;
  const Caller& caller = call.caller();
  absl::Status found = referrals_.Get(tx, name, caller.agency, &referral);
  const bool director =
      caller.Has(annotations::v1::ROLE_CAS_DIRECTOR) || caller.Has(annotations::v1::ROLE_POLICE_CHIEF);
  if (absl::IsNotFound(found) && director)
    found = referrals_.Get(tx, name, DirectorOf(caller.agency), &referral);
  ACCORD_RETURN_IF_ERROR(found);
  return referral;
}

ReferralService::Result ReferralService::Get(host::Call& call, Tx& tx,
                                             const v1::GetReferralRequest& request) {
  auto referral = Visible(call, tx, request.name());
  if (!absl::IsNotFound(referral.status())) return referral;
  // In an emergency the referral opens to the people with a grade only, and to nobody beside them.
  if (rules_->GradeOf(call.caller().roles) == 0) return referral;
  ACCORD_ASSIGN_OR_RETURN(const bool open,
                          OpenToAgency(tx, call.caller().agency, request.name(), call.now()));
  if (!open) return referral.status();
  Referral opened;
  ACCORD_RETURN_IF_ERROR(ReadInEmergency(tx, &referrals_, request.name(), call.caller().agency, &opened));
  call.Withhold(annotations::v1::SENSITIVE_CLASS_SOURCE);
  return opened;
}

absl::StatusOr<v1::ListReferralsResponse> ReferralService::List(host::Call& call, Tx& tx,
                                                                const v1::ListReferralsRequest& request) {
  storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  v1::ReferralFilter kept;
  if (NamesKeptFilter(request.filter())) {
    query.where.clear();
    ACCORD_RETURN_IF_ERROR(filters_.Get(tx, request.filter(), FilterViewer(call.caller()), &kept));
  }
  const auto narrow = [&](const auto& from) {
    if (from.state() != v1::REFERRAL_STATE_UNSPECIFIED) {
      query.filters.emplace_back("state", ShortName(v1::ReferralState_descriptor(), from.state()));
    }
    if (!from.assignee().empty()) query.filters.emplace_back("assignee", from.assignee());
    if (from.escalated()) query.filters.emplace_back("escalated", "yes");
    if (from.sent_to_us()) query.filters.emplace_back("received", "yes");
  };
  // The most selective one stands first: it drives the scan.
  if (!request.subject_ref().empty()) {
    query.filters.emplace_back("subject", SubjectIndex(tx, request.subject_ref()));
  }
  narrow(request);
  narrow(kept);
  ACCORD_ASSIGN_OR_RETURN(const storage::Place place, storage::LastPlace(tx));
  ACCORD_ASSIGN_OR_RETURN(auto response,
                          referrals_.ListInto(tx, query, &v1::ListReferralsResponse::mutable_referrals));
  response.set_watch_token(positions_.Seal(call.caller().agency, place));
  return response;
}

absl::StatusOr<storage::Place> ReferralService::BeginOf(Tx& tx, const std::string& agency,
                                                        const v1::WatchReferralsRequest& request) const {
  if (!request.watch_token().empty()) return positions_.Open(tx, agency, request.watch_token());
  if (request.after_sequence() == 0) return storage::LastPlace(tx);
  return positions_.At(tx, request.after_sequence());
}

absl::Status ReferralService::Watch(host::Call& call, const v1::WatchReferralsRequest& request,
                                    const std::function<bool(const v1::ReferralEvent&)>& send) {
  const std::string& agency = call.caller().agency;
  ACCORD_ASSIGN_OR_RETURN(const storage::Place begin,
                          database_->Read([&](Tx& tx) { return BeginOf(tx, agency, request); }));
  return feed_->Follow(call, begin, {.kind = "referral", .viewer = agency},
                       [&](const storage::Event* event, const storage::Place& place) {
                         if (event == nullptr && !request.progress()) return true;
                         v1::ReferralEvent out;
                         out.set_watch_token(positions_.Seal(agency, place));
                         if (event != nullptr) {
                           out.set_sequence(place.position);
                           out.set_name(event->name);
                           out.set_state(static_cast<v1::ReferralState>(
                               FromShortName(v1::ReferralState_descriptor(), event->state)
                                   .value_or(v1::REFERRAL_STATE_UNSPECIFIED)));
                           *out.mutable_time() = ToProto(event->at);
                         }
                         return send(out);
                       });
}

}  // namespace accord::protocols
