#include "services/supports/referrals/support_referral_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/host/calls/earlier_step.h"
#include "services/supports/case_access.h"
#include "services/supports/lifecycles.h"
#include "services/supports/place_check.h"
#include "services/supports/referrals/referral_access.h"
#include "services/supports/referrals/referral_endings.h"
#include "services/supports/referrals/referral_sending.h"
#include "services/supports/referrals/referral_store.h"

namespace accord::supports {

using v1::SupportReferral;

namespace {

// This tells whether a referral of this kind can have this outcome. A legal remedy has outcomes of its own.
bool DoesOutcomeFitReferral(v1::ReferralKind kind, v1::SupportReferralOutcome outcome) {
  switch (outcome) {
    case v1::SUPPORT_REFERRAL_OUTCOME_HELPED:
    case v1::SUPPORT_REFERRAL_OUTCOME_NOT_PURSUED:
      return true;
    case v1::SUPPORT_REFERRAL_OUTCOME_REPRESENTED:
      return kind == v1::REFERRAL_KIND_LEGAL_HELP;
    case v1::SUPPORT_REFERRAL_OUTCOME_CLAIM_BEGUN:
    case v1::SUPPORT_REFERRAL_OUTCOME_CLAIM_ENDED:
      return kind == v1::REFERRAL_KIND_CIVIL_REMEDY;
    case v1::SUPPORT_REFERRAL_OUTCOME_RESTITUTION_ORDERED:
    case v1::SUPPORT_REFERRAL_OUTCOME_RESTITUTION_NOT_ORDERED:
      return kind == v1::REFERRAL_KIND_RESTITUTION;
    case v1::SUPPORT_REFERRAL_OUTCOME_TRANSFERRED:
      // Only the agency that takes the survivor over records this outcome.
      return false;
    default:
      return kind == v1::REFERRAL_KIND_SERVICE || kind == v1::REFERRAL_KIND_YITW;
  }
}

// Checks that a fitting outcome comes with the event that completes the referral, and with no other event.
absl::Status CheckReferralOutcome(const SupportReferral& referral, int next,
                                  v1::SupportReferralOutcome outcome) {
  if (next != v1::SUPPORT_REFERRAL_STATE_COMPLETED) {
    if (outcome == v1::SUPPORT_REFERRAL_OUTCOME_UNSPECIFIED) return absl::OkStatus();
    return RefuseFields({{"outcome", "is for a referral that is completed"}});
  }
  if (DoesOutcomeFitReferral(referral.kind(), outcome)) return absl::OkStatus();
  return RefuseFields({{"outcome", "must say what became of what the survivor was referred for"}});
}

}  // namespace

void SupportReferralService::Register(host::Handlers* handlers) {
  using S = SupportReferralService;
  handlers->Bind("accord.supports.v1.SupportReferralService", this, &S::Send, &S::Get, &S::List, &S::Advance,
                 &S::Withdraw);
}

SupportReferralService::Result SupportReferralService::Send(host::Call& call, Tx& tx,
                                                            const storage::Write& write,
                                                            const v1::SendSupportReferralRequest& request) {
  v1::Consent consent;
  ACCORD_RETURN_IF_ERROR(consents_.Get(tx, request.consent(), call.caller().agency, &consent));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, SupportCaseOf(consent.name()), &of));
  if (request.kind() == v1::REFERRAL_KIND_TRANSFER) {
    return RefuseFields({{"kind", "must not be a transfer, which OfferSupportTransfer offers"}});
  }
  return SendReferralByConsent(*rules_, call, tx, write, &referrals_, of, consent, request.kind());
}

SupportReferralService::Result SupportReferralService::Get(host::Call& call, Tx& tx,
                                                           const v1::GetSupportReferralRequest& request) {
  SupportReferral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, request.name(), &referral));
  if (IsReferralReceiver(call.caller(), referral, FormatDay(OntarioDay(call.now())))) {
    return ReferralAsReceived(std::move(referral));
  }
  if (IsReferralSentByPolice(call.caller(), referral)) return ReferralAsSentByPolice(std::move(referral));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, referral.support_case(), &of));
  return referral;
}

SupportReferralService::Page SupportReferralService::List(host::Call& call, Tx& tx,
                                                          const v1::ListSupportReferralsRequest& request) {
  ACCORD_RETURN_IF_ERROR(storage::PageSize(request.page_size()).status());
  if (request.support_case().empty()) {
    return ListReceived(call.caller(), tx, FormatDay(OntarioDay(call.now())), request);
  }
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, request.support_case(), &of));
  const storage::ListQuery query{
      call.caller().agency, {{"case", of.name()}}, request.page_size(), request.page_token(), ""};
  return referrals_.ListInto(tx, query, &v1::ListSupportReferralsResponse::mutable_support_referrals);
}

SupportReferralService::Page SupportReferralService::ListReceived(
    const Caller& caller, Tx& tx, const std::string& today, const v1::ListSupportReferralsRequest& request) {
  // Each page checks again what stands, so a referral that is withdrawn between two pages is not on the
  // second one.
  storage::ListQuery query{
      absl::StrCat("#received/", caller.agency), {}, request.page_size(), request.page_token(), ""};
  query.names = [keys = ReferralReceiverViewersOf(caller), today](const storage::Bind& bind,
                                                                  const std::string& after, int limit) {
    return ReceivedReferralsSql(keys, today, bind, after, limit);
  };
  ACCORD_ASSIGN_OR_RETURN(
      auto response,
      referrals_.ListInto(tx, query, &v1::ListSupportReferralsResponse::mutable_support_referrals));
  for (SupportReferral& each : *response.mutable_support_referrals())
    each = ReferralAsReceived(std::move(each));
  return response;
}

SupportReferralService::Result SupportReferralService::Advance(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::AdvanceSupportReferralRequest& request) {
  SupportReferral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, request.name(), &referral));
  // Without the consent the receiver no longer has a part in the referral.
  if (!IsReferralReceiver(call.caller(), referral, FormatDay(OntarioDay(call.now())))) return NotFound();
  // An agency that takes a survivor over opens a case for that by AcceptSupportTransfer.
  const Lifecycle& answers =
      referral.kind() == v1::REFERRAL_KIND_TRANSFER ? SupportOfferLifecycle() : SupportReferralLifecycle();
  const auto next = answers.Next(referral.state(), request.event());
  if (!next.ok()) {
    return host::ExplainRefusedStep(next.status(), answers, request.event(), call.caller(), tx, &referrals_,
                                    referral);
  }
  if (*next == v1::SUPPORT_REFERRAL_STATE_DECLINED) {
    if (request.reason().empty()) return RefuseFields({{"reason", "is required to decline"}});
    ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
    referral.set_reason(request.reason());
  }
  ACCORD_RETURN_IF_ERROR(CheckReferralOutcome(referral, *next, request.outcome()));
  referral.set_outcome(request.outcome());
  referral.set_state(static_cast<v1::SupportReferralState>(*next));
  ACCORD_RETURN_IF_ERROR(
      referrals_.Update(tx, &referral, request.etag(), write, ReferralPlacement(referral)));
  ACCORD_RETURN_IF_ERROR(NoteReferralOutcome(tx, referral));
  return ReferralAsReceived(std::move(referral));
}

SupportReferralService::Result SupportReferralService::Withdraw(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::WithdrawSupportReferralRequest& request) {
  SupportReferral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, request.name(), &referral));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, referral.support_case(), &of));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_ASSIGN_OR_RETURN(const int next, SupportWithdrawalLifecycle().Next(referral.state(), "withdraw"));
  referral.set_state(static_cast<v1::SupportReferralState>(next));
  referral.set_reason(request.reason());
  ACCORD_RETURN_IF_ERROR(
      referrals_.Update(tx, &referral, request.etag(), write, ReferralPlacement(referral)));
  ACCORD_RETURN_IF_ERROR(HideSentReferral(tx, referral.name()));
  return referral;
}

}  // namespace accord::supports
