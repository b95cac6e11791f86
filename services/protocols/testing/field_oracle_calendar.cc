// This file says what the calendar may do, and what holds at any time.
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "services/protocols/testing/field_lines.h"
#include "services/protocols/testing/field_oracle.h"
#include "services/protocols/testing/field_readers.h"
#include "services/protocols/testing/field_words.h"

namespace accord::protocols {

using testing::World;

bool Signs(const v1::Protocol& protocol, const std::string& agency) {
  return std::any_of(protocol.parties().begin(), protocol.parties().end(), [&](const auto& party) {
    return party.agency() == agency && party.part() == v1::PARTY_PART_SIGNATORY;
  });
}

std::string ObjectionToEntry(const v1::Protocol& p, const World& world, const std::string& today) {
  bool society = false, police = false;
  for (const auto& party : p.parties()) {
    if (party.part() != v1::PARTY_PART_SIGNATORY) continue;
    society |= absl::StartsWith(party.agency(), "cas-");
    police |= absl::StartsWith(party.agency(), "ps-");
    if (party.signed_digest() != p.text_digest())
      return "in force without the signature of " + party.agency();
  }
  if (!society || !police) return "in force without a society or without a police service";
  if (p.effective_from() > today) return "in force before its day";
  if (const auto* old = In<v1::Protocol>(world, p.supersedes())) {
    for (const auto& party : old->parties()) {
      if (Signs(*old, party.agency()) && !Signs(p, party.agency()))
        return "replaces without " + party.agency();
    }
  }
  return "";
}

std::string OracleOfProtocols::OfTime(const testing::Change& change, const World& world, absl::Time now) {
  now_ = now;
  const std::string today = Today(now);
  if (change.before == nullptr && change.after == nullptr) return "a hold came or went";
  if (change.after == nullptr) {
    const std::string objection = ObjectionToEnd(change, world, today);
    for (const std::string& agency : ViewersIn(*change.before, world)) saw_[change.name].insert(agency);
    return objection;
  }
  if (change.before == nullptr)
    return As<v1::PrivacyAlert>(change.after.get()) != nullptr ? "" : "it made this";
  if (const auto* after = As<v1::Protocol>(change.after.get())) {
    const auto* before = As<v1::Protocol>(change.before.get());
    const bool operative =
        before->state() == v1::PROTOCOL_STATE_IN_FORCE || before->state() == v1::PROTOCOL_STATE_UNDER_REVIEW;
    const auto* base = In<v1::Protocol>(world, before->parent_protocol());
    switch (after->state()) {
      case v1::PROTOCOL_STATE_IN_FORCE:
        return before->state() == v1::PROTOCOL_STATE_PARTIALLY_SIGNED ? ObjectionToEntry(*after, world, today)
                                                                      : "in force again";
      case v1::PROTOCOL_STATE_UNDER_REVIEW:
        return before->state() == v1::PROTOCOL_STATE_IN_FORCE && before->next_review_due() <= today
                   ? ""
                   : "reviewed before its day";
      case v1::PROTOCOL_STATE_TERMINATED:
        if (operative && base != nullptr) return "";
        return operative && !before->terminates_on().empty() && before->terminates_on() < today
                   ? ""
                   : "ended without notice";
      case v1::PROTOCOL_STATE_EXPIRED:
        return operative && !before->effective_to().empty() && before->effective_to() < today
                   ? ""
                   : "expired before its day";
      case v1::PROTOCOL_STATE_SUPERSEDED:
        return operative ? "" : "replaced what is not in force";
      default:
        return "something else than an entry, a review or an end";
    }
  }
  if (As<v1::Referral>(change.after.get()) != nullptr) {
    return OtherFields(*change.before, *change.after, "escalations");
  }
  if (As<v1::Dispute>(change.after.get()) != nullptr) {
    return OtherFields(*change.before, *change.after, "levels");
  }
  if (As<v1::InspectorReferral>(change.after.get()) != nullptr) {
    return OtherFields(*change.before, *change.after, "overdue");
  }
  return "the calendar has nothing to do with this";
}

std::string OracleOfProtocols::OfWorld(const World& world) {
  std::set<std::string> operative;
  for (const auto& [name, record] : world) {
    if (const auto* p = As<v1::Protocol>(record.get())) {
      if (p->state() != v1::PROTOCOL_STATE_IN_FORCE && p->state() != v1::PROTOCOL_STATE_UNDER_REVIEW)
        continue;
      if (!p->parent_protocol().empty()) {
        const auto* base = In<v1::Protocol>(world, p->parent_protocol());
        if (base == nullptr || (base->state() != v1::PROTOCOL_STATE_IN_FORCE &&
                                base->state() != v1::PROTOCOL_STATE_UNDER_REVIEW)) {
          return absl::StrCat("an addendum outlives its base: ", name);
        }
      }
      for (const auto& one : p->parties()) {
        for (const auto& other : p->parties()) {
          if (!Signs(*p, one.agency()) || !Signs(*p, other.agency()) || one.agency() >= other.agency())
            continue;
          if (absl::StartsWith(one.agency(), "cas-") == absl::StartsWith(other.agency(), "cas-")) continue;
          const std::string pair = absl::StrCat(p->kind(), " ", one.agency(), " ", other.agency(), " ");
          std::vector<std::string> grounds(p->territory().begin(), p->territory().end());
          if (grounds.empty()) grounds = {"everywhere"};
          for (const auto& ground : grounds) {
            if (!operative.insert(pair + ground).second) return "two in force of one kind, pair and ground";
          }
        }
      }
    }
    if (const auto* r = As<v1::Referral>(record.get())) {
      const bool taken_back =
          r->state() == v1::REFERRAL_STATE_REVOKED || r->state() == v1::REFERRAL_STATE_REJECTED;
      if (r->kind() == v1::REFERRAL_KIND_DUTY_TO_REPORT && taken_back)
        return "a duty to report was taken back";
      if (r->kind() == v1::REFERRAL_KIND_DUTY_TO_REPORT && !absl::StartsWith(r->to_agency(), "cas-")) {
        return "a duty to report went elsewhere than to a society";
      }
      if (r->staff_suspect() && r->implicated_agency() == r->to_agency())
        return "the implicated agency receives";
      if (r->urgency() == v1::URGENCY_IMMEDIATE && !r->has_phone_contact_at())
        return "immediate without a call";
    }
  }
  return "";
}

}  // namespace accord::protocols
