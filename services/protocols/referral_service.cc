#include "services/protocols/referral_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/protocols/lifecycles.h"

namespace accord::protocols {
namespace {

using absl::StatusCode;
using v1::Referral;

std::string SenderOf(const Referral& referral) {
  const std::size_t start = sizeof("agencies/") - 1;
  return referral.name().substr(start, referral.name().find('/', start) - start);
}

storage::Placement PlacementOf(const Referral& referral) {
  storage::Placement placement;
  placement.owner = SenderOf(referral);
  placement.state = ShortName(v1::ReferralState_descriptor(), referral.state());
  placement.parties = {placement.owner, referral.to_agency()};
  placement.fields["state"] = placement.state;
  placement.fields["received@" + referral.to_agency()] = "yes";
  return placement;
}

const v1::ProtocolParty* SignatoryOf(const v1::Protocol& protocol, const std::string& agency) {
  for (const auto& party : protocol.parties()) {
    if (party.agency() == agency && party.part() == v1::PARTY_PART_SIGNATORY) return &party;
  }
  return nullptr;
}

bool IsSociety(v1::PartyCapacity capacity) {
  return capacity == v1::PARTY_CAPACITY_CAS || capacity == v1::PARTY_CAPACITY_INDIGENOUS_SOCIETY;
}

absl::Status Invalid(std::string_view rule, std::string_view message) {
  return Refuse(StatusCode::kInvalidArgument, rule, message);
}

absl::Status CheckProtocol(const v1::Protocol& protocol, const Referral& referral, const std::string& sender,
                           absl::CivilDay today) {
  if (protocol.state() != v1::PROTOCOL_STATE_IN_FORCE ||
      (!protocol.effective_to().empty() && *ParseDay(protocol.effective_to()) < today)) {
    return Refuse(StatusCode::kFailedPrecondition, "PROTOCOL_NOT_IN_FORCE", "The protocol is not in force.");
  }
  if (SignatoryOf(protocol, sender) == nullptr || SignatoryOf(protocol, referral.to_agency()) == nullptr) {
    return Refuse(StatusCode::kFailedPrecondition, "NOT_A_SIGNATORY",
                  "Sender and receiver must both have signed the protocol.");
  }
  return absl::OkStatus();
}

}  // namespace

void ReferralService::Register(host::Handlers* handlers) {
  const std::string service = "/accord.protocols.v1.ReferralService/";
  handlers->Mutate<v1::CreateReferralRequest, Referral>(service + "CreateReferral",
                                                        std::bind_front(&ReferralService::Create, this));
  handlers->Read<v1::GetReferralRequest, Referral>(service + "GetReferral",
                                                   std::bind_front(&ReferralService::Get, this));
  handlers->Read<v1::ListReferralsRequest, v1::ListReferralsResponse>(
      service + "ListReferrals", std::bind_front(&ReferralService::List, this));
  handlers->Mutate<v1::AcknowledgeReferralRequest, Referral>(
      service + "AcknowledgeReferral", std::bind_front(&ReferralService::Acknowledge, this));
  handlers->Mutate<v1::ScreenReferralRequest, Referral>(service + "ScreenReferral",
                                                        std::bind_front(&ReferralService::Screen, this));
  handlers->Mutate<v1::CloseReferralRequest, Referral>(service + "CloseReferral",
                                                       std::bind_front(&ReferralService::Close, this));
  handlers->Stream<v1::WatchReferralsRequest, v1::ReferralEvent>(
      service + "WatchReferrals", std::bind_front(&ReferralService::Watch, this));
}

absl::Status ReferralService::Admit(host::Call& call, Tx& tx, Referral* referral) {
  const std::string& sender = call.caller().agency;
  const absl::CivilDay today = OntarioDay(call.now());
  const absl::CivilDay event_day = *ParseDay(referral->event_date());
  if (event_day > today) return Invalid("EVENT_IN_FUTURE", "event_date cannot come after today.");
  if (referral->to_agency() == sender)
    return Invalid("RECEIVER_IS_SENDER", "A referral goes to another agency.");

  v1::Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, referral->protocol(), sender, &protocol));
  ACCORD_RETURN_IF_ERROR(CheckProtocol(protocol, *referral, sender, today));
  referral->set_protocol_version(protocol.version());

  if (referral->urgency() == v1::URGENCY_IMMEDIATE && !referral->has_phone_contact_at()) {
    return Invalid("PHONE_CONTACT_REQUIRED",
                   "An immediate referral follows a telephone call: give phone_contact_at.");
  }
  if (referral->has_phone_contact_at() && FromProto(referral->phone_contact_at()) > call.now()) {
    return Invalid("PHONE_CONTACT_IN_FUTURE", "phone_contact_at cannot come after now.");
  }
  if (referral->kind() == v1::REFERRAL_KIND_DUTY_TO_REPORT) {
    if (!IsSociety(SignatoryOf(protocol, referral->to_agency())->capacity())) {
      return Invalid("DUTY_TO_REPORT_TO_SOCIETY", "The duty to report is met by a report to a society.");
    }
    if (referral->ground_code().empty())
      return Invalid("GROUND_REQUIRED", "A duty to report names its ground.");
  }
  if (!referral->ground_code().empty() && rules_->GroundOn(referral->ground_code(), event_day) == nullptr) {
    return Invalid("GROUND_NOT_IN_FORCE", "No such ground was in force on event_date.");
  }
  referral->set_reporting_mandatory(rules_->Age(referral->age_band(), event_day).reporting() ==
                                    v1::REPORTING_MANDATORY);
  ACCORD_ASSIGN_OR_RETURN(absl::Time acknowledge,
                          rules_->Due(v1::CLOCK_KIND_ACKNOWLEDGE, referral->urgency(), call.now()));
  ACCORD_ASSIGN_OR_RETURN(absl::Time assessment,
                          rules_->Due(v1::CLOCK_KIND_ASSESSMENT, referral->urgency(), call.now()));
  ACCORD_ASSIGN_OR_RETURN(absl::Time response,
                          rules_->Due(v1::CLOCK_KIND_RESPONSE, referral->urgency(), call.now()));
  *referral->mutable_acknowledge_due() = ToProto(acknowledge);
  *referral->mutable_assessment_due() = ToProto(assessment);
  *referral->mutable_response_due() = ToProto(response);
  return absl::OkStatus();
}

ReferralService::Result ReferralService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::CreateReferralRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  Referral referral = request.referral();
  ACCORD_RETURN_IF_ERROR(Admit(call, tx, &referral));
  referral.set_name(absl::StrCat(request.parent(), "/referrals/", NewId(call.now())));
  referral.set_state(v1::REFERRAL_STATE_SUBMITTED);
  ACCORD_RETURN_IF_ERROR(referrals_.Insert(tx, &referral, write, PlacementOf(referral)));
  return referral;
}

ReferralService::Result ReferralService::Get(host::Call& call, Tx& tx,
                                             const v1::GetReferralRequest& request) {
  Referral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, request.name(), call.caller().agency, &referral));
  return referral;
}

absl::StatusOr<v1::ListReferralsResponse> ReferralService::List(host::Call& call, Tx& tx,
                                                                const v1::ListReferralsRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (request.state() != v1::REFERRAL_STATE_UNSPECIFIED) {
    query.filters.emplace_back("state", ShortName(v1::ReferralState_descriptor(), request.state()));
  }
  if (request.sent_to_us()) query.filters.emplace_back("received", "yes");
  ACCORD_ASSIGN_OR_RETURN(auto page, referrals_.List<Referral>(tx, query));
  v1::ListReferralsResponse response;
  for (auto& referral : page.items) *response.add_referrals() = std::move(referral);
  response.set_next_page_token(page.next_page_token);
  return response;
}

ReferralService::Result ReferralService::Received(host::Call& call, Tx& tx, const std::string& name,
                                                  const std::string& event) {
  Referral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, name, call.caller().agency, &referral));
  if (referral.to_agency() != call.caller().agency) {
    return Refuse(StatusCode::kPermissionDenied, "NOT_THE_RECEIVER", "Only the receiving agency does this.");
  }
  ACCORD_ASSIGN_OR_RETURN(int next, ReferralLifecycle().Next(referral.state(), event));
  referral.set_state(static_cast<v1::ReferralState>(next));
  return referral;
}

ReferralService::Result ReferralService::Acknowledge(host::Call& call, Tx& tx, const storage::Write& write,
                                                     const v1::AcknowledgeReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Received(call, tx, request.name(), "acknowledge"));
  *referral.mutable_acknowledged_at() = ToProto(call.now());
  referral.set_acknowledged_by(call.caller().actor);
  ACCORD_RETURN_IF_ERROR(referrals_.Update(tx, &referral, request.etag(), write, PlacementOf(referral)));
  return referral;
}

ReferralService::Result ReferralService::Screen(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::ScreenReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral,
                          Received(call, tx, request.name(), ScreenEvent(request.outcome())));
  const auto& law = rules_->Age(referral.age_band(), *ParseDay(referral.event_date()));
  const bool to_society = call.caller().kind == annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
  const bool eligible = Eligible(law, referral.existing_order());
  const bool takes_protection =
      request.outcome() == v1::REFERRAL_STATE_JOINT || request.outcome() == v1::REFERRAL_STATE_CAS_LEAD;
  if (to_society && !eligible && takes_protection) {
    return Refuse(
        StatusCode::kFailedPrecondition, "NOT_ELIGIBLE_CFSA",
        "The law of event_date gives this person no protection services without an existing order: screen "
        "as not_eligible_cfsa and offer a service referral.");
  }
  if (request.outcome() == v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA && (!to_society || eligible)) {
    return Refuse(StatusCode::kFailedPrecondition, "ELIGIBLE",
                  "The law of event_date does not exclude this person.");
  }
  referral.set_service_referral_offer_required(request.outcome() == v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA);
  referral.set_outcome_reason(request.reason());
  *referral.mutable_screened_at() = ToProto(call.now());
  referral.set_screened_by(call.caller().actor);
  ACCORD_RETURN_IF_ERROR(referrals_.Update(tx, &referral, request.etag(), write, PlacementOf(referral)));
  return referral;
}

ReferralService::Result ReferralService::Close(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::CloseReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Received(call, tx, request.name(), "close"));
  if (referral.service_referral_offer_required() && request.supports_offered().empty()) {
    return Refuse(StatusCode::kFailedPrecondition, "SUPPORT_OFFER_REQUIRED",
                  "Who is not eligible is offered a service referral: record it in supports_offered.");
  }
  *referral.mutable_supports_offered() = request.supports_offered();
  ACCORD_RETURN_IF_ERROR(referrals_.Update(tx, &referral, request.etag(), write, PlacementOf(referral)));
  return referral;
}

absl::Status ReferralService::Watch(host::Call& call, const v1::WatchReferralsRequest& request,
                                    const std::function<bool(const v1::ReferralEvent&)>& send) {
  int64_t seen = request.after_sequence();
  if (seen == 0) {
    ACCORD_ASSIGN_OR_RETURN(seen, database_->Read([](Tx& tx) { return storage::LastEvent(tx); }));
  }
  while (!call.ended()) {
    ACCORD_ASSIGN_OR_RETURN(auto events, database_->Read([&](Tx& tx) {
      return storage::EventsAfter(tx, seen, "referral", call.caller().agency, 100);
    }));
    for (const auto& event : events) {
      v1::ReferralEvent out;
      out.set_sequence(event.seq);
      out.set_name(event.name);
      out.set_state(static_cast<v1::ReferralState>(FromShortName(v1::ReferralState_descriptor(), event.state)
                                                       .value_or(v1::REFERRAL_STATE_UNSPECIFIED)));
      *out.mutable_time() = ToProto(event.at);
      if (!send(out)) return absl::OkStatus();
      seen = event.seq;
    }
    if (events.empty()) call.WaitForChange(absl::Seconds(1));
  }
  return absl::OkStatus();
}

}  // namespace accord::protocols
