// These functions say what people are to survivors' records, and what they may learn of them.
#include <algorithm>

#include "accord/supports/v1/benefit_resources.pb.h"
#include "accord/supports/v1/facility_service.pb.h"
#include "accord/supports/v1/order_resources.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "services/supports/testing/field_oracle.h"

namespace accord::supports {
namespace {

using google::protobuf::Message;
using testing::As;
using testing::In;
using testing::Words;
using testing::World;

namespace a = annotations::v1;

bool Supports(const Caller& who) {
  return who.kind == a::AGENCY_KIND_VICTIM_SERVICES && who.purpose == a::PURPOSE_VICTIM_SUPPORT;
}
bool IsWorker(const Caller& who) {
  return Supports(who) && (who.Has(a::ROLE_VS_WORKER) || who.Has(a::ROLE_VWAP_WORKER));
}
bool IsManager(const Caller& who) { return Supports(who) && who.Has(a::ROLE_VS_MANAGER); }
bool IsProgram(const Caller& who) { return Supports(who) && who.Has(a::ROLE_OVS_PROGRAM); }
bool IsPayer(const Caller& who) {
  return who.kind == a::AGENCY_KIND_MINISTRY && who.purpose == a::PURPOSE_FUNDING &&
         who.Has(a::ROLE_FINANCE_OFFICER);
}
bool IsPolice(const Caller& who) {
  return who.kind == a::AGENCY_KIND_POLICE_SERVICE && who.purpose == a::PURPOSE_CRIMINAL_INVESTIGATION &&
         (who.Has(a::ROLE_POLICE_MEMBER) || who.Has(a::ROLE_POLICE_SUPERVISOR));
}
bool IsPrivacyOfficer(const Caller& who) {
  return who.kind == a::AGENCY_KIND_VICTIM_SERVICES && who.purpose == a::PURPOSE_PRIVACY_REVIEW &&
         who.Has(a::ROLE_PRIVACY_OFFICER);
}

// Consents and disclosures are named below their case. A record below another one belongs to that one.
std::string NameOfCase(const Message& record) {
  const std::string name = testing::TextOf(record, "name");
  if (As<v1::SupportCase>(&record) != nullptr) return name;
  if (const auto* referral = As<v1::SupportReferral>(&record)) return referral->support_case();
  if (const auto* claim = As<v1::BenefitClaim>(&record)) return claim->support_case();
  if (const auto* order = As<v1::RestrainingOrder>(&record)) return order->support_case();
  const auto below = name.rfind('/', name.rfind('/') - 1);
  return below == std::string::npos ? "" : name.substr(0, below);
}

bool Stands(const World& world, const std::string& consent, const std::string& today) {
  const auto* found = In<v1::Consent>(world, consent);
  return found != nullptr && found->state() == v1::CONSENT_STATE_LIVE && today <= found->expires_on();
}

// Police keep no record of the consent by which they have sent somebody, and no case.
bool IsOfPolice(const v1::SupportReferral& referral) { return referral.support_case().empty(); }

bool IsReceiver(const Caller& who, const v1::SupportReferral& referral, const World& world,
                const std::string& today) {
  const bool stands =
      IsOfPolice(referral) ? today <= referral.expires_on() : Stands(world, referral.consent(), today);
  return (IsManager(who) || (IsWorker(who) && !referral.for_manager())) &&
         referral.to_agency() == who.agency && referral.state() != v1::SUPPORT_REFERRAL_STATE_WITHDRAWN &&
         stands;
}

bool IsAsked(const Caller& who, const v1::BenefitClaim& claim, const World& world, const std::string& today) {
  return IsProgram(who) && claim.asked_agency() == who.agency && Stands(world, claim.consent(), today);
}

bool WasServed(const v1::RestrainingOrder& order) {
  return std::any_of(order.servings().begin(), order.servings().end(), [](const v1::OrderServing& each) {
    return each.document() == v1::SERVED_DOCUMENT_ORDER && each.struck_reason().empty();
  });
}
bool IsAskedToServe(const Caller& who, const v1::RestrainingOrder& order, const std::string& today) {
  return IsPolice(who) && order.serving_agency() == who.agency && !WasServed(order) &&
         order.state() == v1::RESTRAINING_ORDER_STATE_GRANTED && today <= order.expires_on();
}

bool IsOwn(const Caller& who, const Message& record) {
  return OwnerOf(testing::TextOf(record, "name")) == who.agency;
}

// The rest of the agency learns that a case or a consent exists.
bool MayKnowStructure(const Caller& who, const testing::Told& told) {
  if (!IsOwn(who, *told.record)) return false;
  if (As<v1::SupportCase>(told.record) != nullptr) {
    return told.text == told.name && (IsManager(who) || IsPrivacyOfficer(who));
  }
  const auto* consent = As<v1::Consent>(told.record);
  if (consent == nullptr || !(IsWorker(who) || IsManager(who) || IsPrivacyOfficer(who))) return false;
  return told.text == told.name || consent->form_version().find(told.text) != std::string::npos;
}

bool MayKnowClaim(const Caller& who, const v1::BenefitClaim& claim, const testing::Told& told,
                  const World& world, const std::string& today) {
  if (IsManager(who) && IsOwn(who, claim)) return true;
  const bool hidden = told.text == claim.support_case() || told.text == claim.consent() ||
                      (!claim.facility().empty() && claim.facility().find(told.text) != std::string::npos);
  return !hidden && IsAsked(who, claim, world, today);
}

// Police learn the content of an order that they serve or have served, and a person who looks it up learns
// its conditions.
bool MayKnowOrder(const Caller& who, const v1::RestrainingOrder& order, const std::string& text,
                  const std::string& today) {
  const bool has_served =
      std::any_of(order.servings().begin(), order.servings().end(),
                  [&](const v1::OrderServing& each) { return IsPolice(who) && each.agency() == who.agency; });
  if (IsAskedToServe(who, order, today) || has_served) {
    return text != order.support_case() && text != order.consent();
  }
  const bool made = order.state() == v1::RESTRAINING_ORDER_STATE_GRANTED;
  if (!IsPolice(who) || !made || !WasServed(order)) return false;
  const auto has = [&](const std::string& in) { return in.find(text) != std::string::npos; };
  return has(order.court()) || has(order.court_file_no()) ||
         std::any_of(order.conditions().begin(), order.conditions().end(),
                     [&](const v1::OrderCondition& each) { return has(each.text()); });
}

}  // namespace

bool IsAmong(const Caller& who, const std::string& people) {
  const auto words = Words(people);
  return (words.contains("workers") && IsWorker(who)) || (words.contains("managers") && IsManager(who)) ||
         (words.contains("program") && IsProgram(who)) || (words.contains("payers") && IsPayer(who)) ||
         (words.contains("police") && IsPolice(who));
}

bool IsOfTheTeam(const Caller& who, const Message& record, const World& world) {
  const auto* of = In<v1::SupportCase>(world, NameOfCase(record));
  if (of == nullptr || !Supports(who) || OwnerOf(of->name()) != who.agency) return false;
  return std::find(of->workers().begin(), of->workers().end(), who.actor) != of->workers().end();
}

bool HasPart(const Caller& who, const Message& record, const std::string& parts, const World& world,
             const std::string& today) {
  std::set<std::string> has;
  if (IsOwn(who, record)) has.insert("owner");
  if (IsOfTheTeam(who, record, world)) has.insert("team");
  const auto* referral = As<v1::SupportReferral>(&record);
  if (referral != nullptr && IsReceiver(who, *referral, world, today)) has.insert("receiver");
  if (referral != nullptr && IsOfPolice(*referral) && IsPolice(who) && IsOwn(who, record)) {
    has.insert("sender");
  }
  const auto* order = As<v1::RestrainingOrder>(&record);
  if (order != nullptr && IsAskedToServe(who, *order, today)) has.insert("serving");
  if (const auto* claim = As<v1::BenefitClaim>(&record)) {
    if (IsAsked(who, *claim, world, today)) has.insert({"asked", "decider"});
    if (IsManager(who) && IsOwn(who, record)) has.insert("decider");
    if (!claim->payment().empty() && OwnerOf(claim->payment()) == who.agency) has.insert("paying");
  }
  return testing::AnyIn(parts, has);
}

bool MayKnow(const Caller& who, const testing::Told& told, const World& world, const std::string& today) {
  if (told.record == nullptr) return false;
  // Partners, positions and facilities of programs name no survivor.
  if (As<v1::CrisisPartner>(told.record) != nullptr || As<v1::WorkerPosition>(told.record) != nullptr ||
      As<v1::Facility>(told.record) != nullptr) {
    return true;
  }
  if (As<v1::BenefitPayment>(told.record) != nullptr) return IsPayer(who) && IsOwn(who, *told.record);
  if (As<v1::FundLine>(told.record) != nullptr) {
    return (IsProgram(who) && IsOwn(who, *told.record)) || (IsPayer(who) && who.agency == "min-mag");
  }
  if (As<v1::OrderLookup>(told.record) != nullptr) return IsPolice(who) && IsOwn(who, *told.record);
  if (As<v1::OrderLookupNotice>(told.record) != nullptr) {
    // The record is named below the order that was looked up.
    const auto* of = In<v1::RestrainingOrder>(world, NameOfCase(*told.record));
    return of != nullptr && IsOfTheTeam(who, *of, world);
  }
  if (IsOfTheTeam(who, *told.record, world) || MayKnowStructure(who, told)) return true;
  if (const auto* order = As<v1::RestrainingOrder>(told.record)) {
    return MayKnowOrder(who, *order, told.text, today);
  }
  if (const auto* claim = As<v1::BenefitClaim>(told.record)) {
    return MayKnowClaim(who, *claim, told, world, today);
  }
  const auto* referral = As<v1::SupportReferral>(told.record);
  // Police know the name of a referral that they have sent, and the form that they have shown.
  if (referral != nullptr && IsOfPolice(*referral) && IsPolice(who) && IsOwn(who, *told.record)) {
    return told.text == told.name || referral->form_version().find(told.text) != std::string::npos;
  }
  return referral != nullptr && told.text != referral->support_case() && told.text != referral->consent() &&
         IsReceiver(who, *referral, world, today);
}

}  // namespace accord::supports
