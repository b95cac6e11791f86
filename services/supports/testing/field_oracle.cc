#include "services/supports/testing/field_oracle.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/benefit_resources.pb.h"
#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/order_resources.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "accord/supports/v1/support_transfer_service.pb.h"
#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "common/base/clock.h"

namespace accord::supports {
namespace {

using google::protobuf::Message;
using testing::Act;
using testing::As;
using testing::Change;
using testing::In;
using testing::World;

// This gives the record to which a new one refers. It does not matter for a record that refers to no other.
std::string AboutOf(const Change& made) {
  if (const auto* referral = As<v1::SupportReferral>(made.after.get())) return referral->consent();
  if (const auto* claim = As<v1::BenefitClaim>(made.after.get())) return claim->consent();
  if (const auto* order = As<v1::RestrainingOrder>(made.after.get())) return order->support_case();
  if (const auto* payment = As<v1::BenefitPayment>(made.after.get())) {
    return payment->reverses().empty() ? payment->claim() : payment->reverses();
  }
  const bool below =
      As<v1::Consent>(made.after.get()) != nullptr || As<v1::SupportDisclosure>(made.after.get()) != nullptr;
  if (!below) return made.name;
  return made.name.substr(0, made.name.rfind('/', made.name.rfind('/') - 1));
}

std::string PersonOf(const Caller& who) { return absl::StrCat(who.agency, "/", who.actor); }

bool Did(const std::map<std::string, std::set<std::string>>& deeds, const std::string& record,
         const Caller& who) {
  const auto found = deeds.find(record);
  return found != deeds.end() && found->second.contains(PersonOf(who));
}

// This gives the amount that a claim has taken from its fund line by now.
int64_t TakenBy(const v1::BenefitClaim& claim, const World& world) {
  const auto state = claim.state();
  if (state == v1::BENEFIT_CLAIM_STATE_APPROVED || state == v1::BENEFIT_CLAIM_STATE_SERVICE_DELIVERED) {
    return claim.amount_approved_cents();
  }
  const auto* payment = In<v1::BenefitPayment>(world, claim.payment());
  if (state != v1::BENEFIT_CLAIM_STATE_PAID || payment == nullptr) return 0;
  return payment->amount_cents() - payment->reversed_cents();
}

}  // namespace

OracleOfSupports::OracleOfSupports()
    : TableOracle(Terms{
          .lines = &Lines(),
          .is_among = IsAmong,
          .has_part =
              [this](const Caller& who, const Message& record, const std::string& parts, const World& world) {
                const auto* of = CaseOfNotice(record, world);
                return of == nullptr ? HasPart(who, record, parts, world, Today())
                                     : HasPart(who, *of, parts, world, Today());
              },
          .about = AboutOf,
          .of_deed = [this](const Act& act, const Change& change,
                            const World& world) { return OfDeed(act, change, world); },
          .bar = [this](const Act& act, const std::string& record) { return Bar(act, record); }}) {}

const v1::SupportCase* OracleOfSupports::CaseOfNotice(const Message& record, const World& world) const {
  const auto found = planned_.find(testing::TextOf(record, "name"));
  return found == planned_.end() ? nullptr : In<v1::SupportCase>(world, found->second);
}

std::string OracleOfSupports::Today() const { return FormatDay(OntarioDay(now_)); }

std::string OracleOfSupports::Bar(const Act& act, const std::string& record) const {
  const Caller& who = *act.who;
  const bool decides = act.method == "DecideBenefitClaim" || act.method == "ReviewBenefitClaim" ||
                       act.method == "ApproveBenefitClaim";
  if (decides && Did(requested_, record, who)) return "decides on what he or she requested";
  if (act.method == "ReviewBenefitClaim" && Did(decided_, record, who)) return "reviews the own decision";
  if (act.method == "ConfirmBenefitReversal" && Did(reversed_, record, who)) return "confirms the own word";
  return "";
}

std::string OracleOfSupports::OfDeed(const Act& act, const Change& change, const World& world) const {
  const auto* payment = As<v1::BenefitPayment>(change.after.get());
  // A delivery makes a payment of another agency, and a look-up makes a notice for the preparer of the order.
  const bool for_others = payment != nullptr || As<v1::OrderLookupNotice>(change.after.get()) != nullptr;
  if (change.before == nullptr && !for_others && OwnerOf(change.name) != act.who->agency) {
    return "in another agency's name";
  }
  if (const auto* plan = As<v1::PlanSurvivorNoticeRequest>(act.request)) {
    const auto* of = In<v1::SupportCase>(world, plan->support_case());
    return of != nullptr && IsOfTheTeam(*act.who, *of, world) ? "" : "of somebody else's case";
  }
  if (const auto* accept = As<v1::AcceptSupportTransferRequest>(act.request)) {
    const auto* offered = In<v1::SupportReferral>(world, accept->name());
    if (offered == nullptr || offered->kind() != v1::REFERRAL_KIND_TRANSFER) return "nobody offered this";
    const bool closes = change.before != nullptr && As<v1::SupportCase>(change.after.get()) != nullptr;
    return closes && change.name != offered->support_case() ? "closes another case" : "";
  }
  // A record rests on one consent of its purpose that stands, and ends only with that consent.
  const auto* withdraw = As<v1::WithdrawConsentRequest>(act.request);
  const auto* referral = As<v1::SupportReferral>(change.after.get());
  const auto* claim = As<v1::BenefitClaim>(change.after.get());
  const std::string consent = referral != nullptr ? referral->consent()
                              : claim != nullptr  ? claim->consent()
                                                  : "";
  if (withdraw != nullptr) {
    // A survivor who no longer agrees to be supported is not handed over either.
    const auto* ended = In<v1::Consent>(world, withdraw->name());
    const bool taken_back = referral != nullptr && referral->kind() == v1::REFERRAL_KIND_TRANSFER &&
                            ended != nullptr && ended->purpose() == v1::CONSENT_PURPOSE_SERVICES &&
                            withdraw->name().starts_with(referral->support_case() + "/");
    return consent.empty() || consent == withdraw->name() || taken_back ? "" : "rests on another consent";
  }
  if (const auto* create = As<v1::CreateConsentRequest>(act.request)) {
    const std::string& ended = consent.empty() ? change.name : consent;
    return change.before == nullptr || ended == create->supersedes() ? "" : "rests on another consent";
  }
  const auto* given = In<v1::Consent>(world, consent);
  const bool begins = change.before == nullptr && given != nullptr;
  if (begins && given->expires_on() < Today()) return "by a consent that has expired";
  if (begins && referral != nullptr && given->recipient_agency() != referral->to_agency()) {
    return "to another agency than the survivor agreed to";
  }
  if (begins && claim != nullptr && given->purpose() != v1::CONSENT_PURPOSE_BENEFIT_CLAIM) {
    return "by a consent to something else";
  }
  if (claim == nullptr || change.before == nullptr) return "";
  const bool needs = act.method == "CompleteBenefitClaim" || act.method == "DecideBenefitClaim" ||
                     act.method == "ReviewBenefitClaim" || act.method == "ApproveBenefitClaim";
  const bool stands =
      given != nullptr && given->state() == v1::CONSENT_STATE_LIVE && Today() <= given->expires_on();
  if (needs && !stands) return "without a consent that stands";
  if (claim->has_amount_approved_cents() &&
      claim->amount_approved_cents() > claim->amount_requested_cents()) {
    return "approves more than was asked for";
  }
  return "";
}

std::string OracleOfSupports::OfTime(const Change&, const World&, absl::Time) {
  return "the calendar has nothing to do with this";
}

std::string OracleOfSupports::OfWorld(const World& world) {
  std::map<std::string, int64_t> taken;
  for (const auto& [name, record] : world) {
    const auto* claim = As<v1::BenefitClaim>(record.get());
    if (claim == nullptr || claim->fund_line().empty()) continue;
    const int64_t of_claim = TakenBy(*claim, world);
    if (of_claim < 0) return "more came back than was paid for " + name;
    const auto* line = In<v1::FundLine>(world, claim->fund_line());
    if (line == nullptr) return "of no fund line: " + name;
    if ((taken[line->name()] += of_claim) > line->amount_cents())
      return "more than there is of " + line->name();
  }
  return "";
}

bool OracleOfSupports::MayLearn(const Caller& who, const testing::Told& told, const World& world,
                                absl::Time now) {
  const auto* of = told.record == nullptr ? nullptr : CaseOfNotice(*told.record, world);
  // Only the workers of its case learn that a notice exists.
  if (of != nullptr) return IsOfTheTeam(who, *of, world);
  return MayKnow(who, told, world, FormatDay(OntarioDay(now)));
}

std::string OracleOfSupports::OfAnswer(const Act&, const Message& answer, const World&, absl::Time) {
  const auto* lookup = As<v1::OrderLookup>(&answer);
  if (lookup == nullptr) return "";
  // A repeated answer shows the day on which it was first given.
  const std::string then = FormatDay(OntarioDay(FromProto(lookup->create_time())));
  for (const v1::OrderMatch& match : lookup->matches()) {
    if (match.served_on().empty()) return "tells of an order that nobody has served";
    if (match.expires_on() < then) return "tells of an order that has ended";
  }
  return "";
}

void OracleOfSupports::Learn(const Act& act, const std::vector<Change>& changes, absl::Time now) {
  TableOracle::Learn(act, changes, now);
  for (const Change& change : changes) {
    const std::string who = PersonOf(*act.who);
    if (act.method == "RequestBenefitClaim" || act.method == "CompleteBenefitClaim") {
      requested_[change.name].insert(who);
    }
    if (const auto* plan = As<v1::PlanSurvivorNoticeRequest>(act.request)) {
      planned_[change.name] = plan->support_case();
    }
    if (act.method == "DecideBenefitClaim") decided_[change.name].insert(who);
    // The payment counts what is proposed, and nobody enters that.
    if (act.method == "ReverseBenefitPayment" && change.before == nullptr) reversed_[change.name].insert(who);
  }
}

}  // namespace accord::supports
