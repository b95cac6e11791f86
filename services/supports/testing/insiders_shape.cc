#include "services/supports/testing/insiders_shape.h"

#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/benefit_payment_service.pb.h"
#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/crisis_partner_service.pb.h"
#include "accord/supports/v1/crisis_referral_service.pb.h"
#include "accord/supports/v1/facility_service.pb.h"
#include "accord/supports/v1/fund_line_service.pb.h"
#include "accord/supports/v1/order_lookup_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "accord/supports/v1/support_transfer_service.pb.h"
#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "accord/supports/v1/worker_position_service.pb.h"
#include "common/access/names.h"
#include "common/testing/request_shaper.h"

namespace accord::supports {
namespace {

using google::protobuf::Message;

class Shaper : public testing::RequestShaper {
 public:
  using RequestShaper::RequestShaper;

  void Run(Message* request) {
    Cases(request);
    Referrals(request);
    Transfers(request);
    OfPolice(request);
    Claims(request);
    Money(request);
    Orders(request);
    Lookups(request);
  }

 private:
  std::string OneOf(const std::vector<std::string>& words) { return dice_->Any(words); }
  // This gives a word that nobody has used.
  std::string Fresh(const std::string& prefix) { return absl::StrCat(prefix, requests_->Mark().substr(7)); }

  static void InPerson(v1::SafeContact* contact) {
    contact->set_channel(v1::CONTACT_CHANNEL_IN_PERSON);
    contact->clear_reach();
  }
  void ShapeConsent(v1::ConsentPurpose purpose, v1::Consent* consent) {
    consent->set_purpose(purpose);
    consent->clear_recipient_agency();
    consent->clear_data();
    if (purpose == v1::CONSENT_PURPOSE_REFERRAL) {
      consent->set_recipient_agency(who_.agency == "vs-durham" ? "vs-york" : "vs-durham");
      consent->add_data(v1::CONSENTED_DATA_NEEDS);
      consent->add_data(v1::CONSENTED_DATA_SAFE_CONTACT);
    }
    if (purpose == v1::CONSENT_PURPOSE_BENEFIT_CLAIM) consent->set_recipient_agency("vs-ovs");
    if (purpose == v1::CONSENT_PURPOSE_LINK_PROSECUTION) consent->set_recipient_agency("cr-york");
    consent->set_given_by(v1::CONSENT_GIVEN_BY_SELF);
    consent->set_given_on(Day(0));
    consent->set_expires_on(Day(dice_->Percent(20) ? dice_->Below(10) : 30 + dice_->Below(300)));
  }

  void Begin(v1::SupportCase* item, v1::Consent* consent) {
    item->set_program(v1::SUPPORT_PROGRAM_VCAO);
    item->clear_crisis_contact_on();
    item->set_reported_to(v1::REPORTED_TO_SHELTER);
    if (item->has_safe_contact()) InPerson(item->mutable_safe_contact());
    if (consent->form_version().empty()) consent->set_form_version(requests_->Mark());
    if (consent->language().empty()) consent->set_language(requests_->Mark());
    ShapeConsent(v1::CONSENT_PURPOSE_SERVICES, consent);
  }
  // Police send to a partner that serves the place, and now and then they send a child whose guardian is
  // not safe.
  void OfPolice(Message* request) {
    Try<v1::CreateCrisisPartnerRequest>(request, [&](auto* r) {
      r->mutable_crisis_partner()->set_partner_agency(OneOf({"vs-york", "vs-durham"}));
      r->mutable_crisis_partner()->set_funded_from("2017-02-23");
    });
    Try<v1::SendCrisisReferralRequest>(request, [&](auto* r) {
      v1::Consent* consent = r->mutable_consent();
      ShapeConsent(v1::CONSENT_PURPOSE_REFERRAL, consent);
      for (const auto& [name, record] : world_) {
        const auto* partner = testing::As<v1::CrisisPartner>(record.get());
        if (partner == nullptr || !partner->funded_to().empty() || partner->catchment().empty()) continue;
        if (!dice_->Percent(60)) continue;
        r->set_catchment(partner->catchment(0));
        consent->set_recipient_agency(partner->partner_agency());
      }
      if (r->handed().has_safe_contact()) InPerson(r->mutable_handed()->mutable_safe_contact());
      if (dice_->Percent(30)) {
        r->mutable_handed()->set_age_band(v1::AGE_BAND_UNDER_16);
        r->set_guardian_involved(v1::GUARDIAN_INVOLVED_UNSAFE);
      }
    });
  }
  // An offer uses a consent of the own agency that hands something over, and an acceptance uses an offer to
  // the agency.
  void Transfers(Message* request) {
    Try<v1::OfferSupportTransferRequest>(request, [&](auto* r) {
      for (const auto& [name, record] : world_) {
        const auto* consent = testing::As<v1::Consent>(record.get());
        const bool hands = consent != nullptr && consent->purpose() == v1::CONSENT_PURPOSE_REFERRAL &&
                           consent->state() == v1::CONSENT_STATE_LIVE && OwnerOf(name) == who_.agency;
        if (hands && dice_->Percent(50)) r->set_consent(name);
      }
    });
    Try<v1::AcceptSupportTransferRequest>(request, [&](auto* r) {
      for (const auto& [name, record] : world_) {
        const auto* offered = testing::As<v1::SupportReferral>(record.get());
        const bool waits = offered != nullptr && offered->kind() == v1::REFERRAL_KIND_TRANSFER &&
                           offered->to_agency() == who_.agency &&
                           offered->state() < v1::SUPPORT_REFERRAL_STATE_ACCEPTED;
        if (!waits || !dice_->Percent(70)) continue;
        r->set_name(name);
        r->set_etag(offered->etag());
      }
      Begin(r->mutable_support_case(), r->mutable_services_consent());
    });
  }
  void Cases(Message* request) {
    Try<v1::CreateSupportCaseRequest>(
        request, [&](auto* r) { Begin(r->mutable_support_case(), r->mutable_services_consent()); });
    Try<v1::RecordSupportCaseContactRequest>(request, [&](auto* r) {
      if (r->has_safe_contact()) InPerson(r->mutable_safe_contact());
    });
    Try<v1::AdvanceSupportCaseRequest>(request, [&](auto* r) {
      r->set_event(OneOf({"close", "reopen", "reopen"}));
      if (r->outcome().empty()) r->set_outcome(requests_->Mark());
    });
    Try<v1::CreateConsentRequest>(request, [&](auto* r) {
      static const std::vector<v1::ConsentPurpose> kPurposes = {
          v1::CONSENT_PURPOSE_SERVICES,         v1::CONSENT_PURPOSE_COUNTING,
          v1::CONSENT_PURPOSE_REFERRAL,         v1::CONSENT_PURPOSE_BENEFIT_CLAIM,
          v1::CONSENT_PURPOSE_BENEFIT_CLAIM,    v1::CONSENT_PURPOSE_LINK_PROSECUTION,
          v1::CONSENT_PURPOSE_ORDER_APPLICATION};
      ShapeConsent(dice_->Any(kPurposes), r->mutable_consent());
      // Now and then the consent replaces an older one.
      const auto* older = In<v1::Consent>(r->supersedes());
      if (older != nullptr && dice_->Percent(15)) {
        ShapeConsent(older->purpose(), r->mutable_consent());
      } else {
        r->clear_supersedes();
      }
    });
    Try<v1::RecordConsentLinkRequest>(request, [&](auto* r) {
      std::string id = Fresh("l");
      id.pop_back();
      r->set_link_token("agencies/cr-york/linkTokens/" + id);
    });
    Try<v1::PlanSurvivorNoticeRequest>(request, [&](auto* r) { r->set_due_on(Day(dice_->Below(30))); });
    Try<v1::CreateFacilityRequest>(request, [&](auto* r) {
      r->mutable_facility()->set_location_kind(v1::FACILITY_LOCATION_KIND_SITE);
      if (r->facility().confidential()) r->mutable_facility()->clear_address();
    });
    Try<v1::ApproveFacilityRequest>(request, [&](auto* r) { r->mutable_approval()->clear_to(); });
    Try<v1::AdvanceWorkerPositionRequest>(request, [&](auto* r) {
      r->set_event(OneOf({"hire", "hire", "leave", "end"}));
      r->set_on(Day(0));
      if (r->reason().empty()) r->set_reason(requests_->Mark());
    });
  }
  void Referrals(Message* request) {
    Try<v1::AdvanceSupportReferralRequest>(request, [&](auto* r) {
      r->set_event(OneOf({"acknowledge", "acknowledge", "accept", "accept", "decline", "complete"}));
      if (r->event() != "complete") r->clear_outcome();
      if (r->reason().empty()) r->set_reason(requests_->Mark());
    });
  }
  void Finish(google::protobuf::RepeatedPtrField<v1::OrderCondition>* conditions) {
    for (v1::OrderCondition& each : *conditions) {
      if (each.text().empty()) each.set_text(requests_->Mark());
    }
  }
  void Orders(Message* request) {
    Try<v1::PrepareRestrainingOrderRequest>(request, [&](auto* r) {
      v1::RestrainingOrder order;
      order.set_applicant(v1::ORDER_APPLICANT_VICTIM);
      order.set_respondent_in_ontario(true);
      order.mutable_respondent()->set_full_name(requests_->Mark());
      order.mutable_respondent()->set_birth_date("1990-01-01");
      *r->mutable_restraining_order() = order;
    });
    // A correction changes the respondent alone, or the court's file with a reason.
    Try<v1::CorrectRestrainingOrderRequest>(request, [&](auto* r) {
      r->clear_consent();
      r->clear_respondent_in_ontario();
      r->clear_lawyer_considered();
      r->clear_court();
      r->clear_made_on();
      r->clear_expires_on();
      r->clear_strike_serving();
      if (dice_->Below(2) == 0) r->clear_court_file_no();
      if (r->court_file_no().empty()) r->clear_reason();
    });
    Try<v1::AdvanceRestrainingOrderRequest>(request, [&](auto* r) {
      r->set_event(OneOf({"file", "file", "file", "dismiss", "withdraw", "set_aside"}));
      r->set_on(Day(0));
    });
    Try<v1::GrantRestrainingOrderRequest>(request, [&](auto* r) {
      r->set_made_on(Day(0));
      r->set_expires_on(Day(1 + dice_->Below(300)));
      r->set_without_notice(false);
      r->clear_basis();
      Finish(r->mutable_conditions());
    });
    Try<v1::EntrustRestrainingOrderRequest>(request, [&](auto* r) {
      r->set_serving_agency(OneOf({"ps-york", "ps-peel"}));
    });
    Try<v1::ServeRestrainingOrderRequest>(request, [&](auto* r) { r->set_served_on(Day(0)); });
    Try<v1::ExtendRestrainingOrderRequest>(request, [&](auto* r) {
      r->set_made_on(Day(0));
      r->set_expires_on(Day(301 + dice_->Below(700)));
    });
    Try<v1::VaryRestrainingOrderRequest>(request, [&](auto* r) {
      r->set_made_on(Day(0));
      Finish(r->mutable_conditions());
    });
    Try<v1::AppealRestrainingOrderRequest>(request, [&](auto* r) { r->set_filed_on(Day(0)); });
  }
  // A look-up names the respondent of an order, or somebody of whom nothing is known.
  void Lookups(Message* request) {
    Try<v1::CreateOrderLookupRequest>(request, [&](auto* r) {
      std::map<std::string, const v1::RestrainingOrder*> by_respondent;
      for (const auto& [name, record] : world_) {
        const auto* order = testing::As<v1::RestrainingOrder>(record.get());
        if (order != nullptr) by_respondent[order->respondent().full_name()] = order;
      }
      v1::OrderLookup lookup;
      lookup.set_reason(v1::ORDER_LOOKUP_REASON_SAFETY);
      lookup.set_respondent_name(requests_->Mark());
      lookup.set_birth_date("1990-01-01");
      if (!by_respondent.empty() && dice_->Percent(90)) {
        const int nth = dice_->Below(static_cast<int>(by_respondent.size()));
        const v1::RestrainingOrder& order = *std::next(by_respondent.begin(), nth)->second;
        lookup.set_respondent_name(order.respondent().full_name());
        if (!order.respondent().birth_date().empty()) lookup.set_birth_date(order.respondent().birth_date());
        if (!order.court_file_no().empty() && dice_->Percent(50)) {
          lookup.clear_respondent_name();
          lookup.clear_birth_date();
          lookup.set_court_file_no(order.court_file_no());
        }
      }
      *r->mutable_order_lookup() = lookup;
    });
  }
  void Claims(Message* request) {
    Try<v1::RequestBenefitClaimRequest>(request, [&](auto* r) {
      static const std::vector<v1::BenefitCode> kBenefits = {v1::BENEFIT_CODE_TATTOO_REMOVAL,
                                                             v1::BENEFIT_CODE_SAFETY, v1::BENEFIT_CODE_PHONE};
      auto* claim = r->mutable_benefit_claim();
      claim->set_benefit(dice_->Any(kBenefits));
      claim->set_event_on(Day(-1 - dice_->Below(30)));
      claim->clear_event_until();
      claim->set_amount_requested_cents(1 + dice_->Below(60));
      claim->set_residual_need_declared(dice_->Percent(90));
      claim->mutable_payee()->set_kind(v1::PAYEE_KIND_PROVIDER);
      claim->mutable_payee()->clear_delivery();
      if (claim->payee().provider().empty()) claim->mutable_payee()->set_provider(requests_->Mark());
    });
    Try<v1::DecideBenefitClaimRequest>(request, [&](auto* r) {
      r->set_event(
          OneOf({"find_eligible", "find_eligible", "find_eligible", "find_ineligible", "return", "decline"}));
      r->set_code(v1::BENEFIT_REASON_OTHER);
      if (r->reason().empty()) r->set_reason(requests_->Mark());
      if (r->next_route().empty()) r->set_next_route(requests_->Mark());
    });
    Try<v1::CompleteBenefitClaimRequest>(request, [&](auto* r) {
      r->set_residual_need_declared(true);
      if (!r->event_on().empty()) r->set_event_on(Day(-1 - dice_->Below(30)));
      r->clear_event_until();
      if (r->has_amount_requested_cents()) r->set_amount_requested_cents(1 + dice_->Below(60));
      if (r->has_payee()) {
        r->mutable_payee()->set_kind(v1::PAYEE_KIND_PROVIDER);
        r->mutable_payee()->clear_delivery();
        if (r->payee().provider().empty()) r->mutable_payee()->set_provider(requests_->Mark());
      }
      if (r->extension_reason().empty()) r->set_extension_reason(requests_->Mark());
    });
    Try<v1::ApproveBenefitClaimRequest>(request, [&](auto* r) {
      r->set_amount_cents(1 + dice_->Below(40));
      r->clear_authority_ref();
    });
    Try<v1::DeliverBenefitClaimRequest>(request, [&](auto* r) { r->set_amount_cents(1 + dice_->Below(10)); });
  }
  void Money(Message* request) {
    Try<v1::CreateFundLineRequest>(request, [&](auto* r) {
      auto* line = r->mutable_fund_line();
      line->set_fund(v1::BENEFIT_FUND_VQRP_HT);
      std::string id = Fresh("a");
      id.pop_back();
      line->set_allocation("agencies/co-pahtco/allocations/" + id);
      line->set_amount_cents(1 + dice_->Below(150));
      line->clear_fiscal_year();
    });
    Try<v1::ReviseFundLineRequest>(request, [&](auto* r) { r->set_amount_cents(1 + dice_->Below(200)); });
    Try<v1::PayBenefitPaymentRequest>(request, [&](auto* r) {
      const auto* payment = In<v1::BenefitPayment>(r->name());
      if (payment != nullptr) r->set_claim(payment->claim());
    });
    Try<v1::ReverseBenefitPaymentRequest>(request,
                                          [&](auto* r) { r->set_amount_cents(1 + dice_->Below(4)); });
  }
};

}  // namespace

void Shape(const Caller& who, const testing::World& world, absl::Time now, testing::RandomRequest* requests,
           Message* request) {
  Shaper(who, world, now, requests).Run(request);
}

}  // namespace accord::supports
