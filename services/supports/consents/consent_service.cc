#include "services/supports/consents/consent_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/records/schedule.h"
#include "services/supports/benefits/claim_steps.h"
#include "services/supports/case_access.h"
#include "services/supports/consent_rules.h"
#include "services/supports/consents/live_consent_store.h"
#include "services/supports/lifecycles.h"
#include "services/supports/place_check.h"
#include "services/supports/referrals/referral_endings.h"
#include "services/supports/supports_store.h"

namespace accord::supports {
namespace {

// No survivor has this many cases of one Crown office in court.
constexpr int kMostLinks = 16;

// Checks that the Crown office that the consent names made the link, and that the link is not noted yet.
absl::Status CheckConsentLink(const v1::Consent& consent, const std::string& link) {
  const std::string field = "link_token";
  if (consent.purpose() != v1::CONSENT_PURPOSE_LINK_PROSECUTION) {
    return RefuseFields({{field, "is for a consent to a link with a prosecution alone"}});
  }
  const std::string made_by = absl::StrCat("agencies/", consent.recipient_agency(), "/linkTokens/");
  if (!absl::StartsWith(link, made_by) || link.find('/', made_by.size()) != std::string::npos) {
    return RefuseFields({{field, "must be the name of a link of the Crown office that the consent names"}});
  }
  const auto& known = consent.link_tokens();
  if (std::find(known.begin(), known.end(), link) != known.end()) {
    return Refuse(rules::kAlreadyRecorded, "This link is noted already.");
  }
  if (known.size() >= kMostLinks) return RefuseFields({{field, "is one more than a consent holds"}});
  return absl::OkStatus();
}

}  // namespace

using v1::Consent;

void ConsentService::Register(host::Handlers* handlers) {
  using S = ConsentService;
  handlers->Bind("accord.supports.v1.ConsentService", this, &S::Create, &S::Get, &S::List, &S::RecordLink,
                 &S::Withdraw);
}

ConsentService::Result ConsentService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::CreateConsentRequest& request) {
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, request.parent(), &of));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  if (!request.supersedes().empty()) return Supersede(call, tx, write, of, request);
  return KeepConsent(*rules_, call, tx, write, &consents_, of, "consent", request.consent());
}

ConsentService::Result ConsentService::Supersede(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::SupportCase& of,
                                                 const v1::CreateConsentRequest& request) {
  Consent older;
  ACCORD_RETURN_IF_ERROR(consents_.Get(tx, request.supersedes(), call.caller().agency, &older));
  if (SupportCaseOf(older.name()) != of.name()) return NotFound();
  const Consent& asked = request.consent();
  if (older.purpose() != asked.purpose() || older.recipient_agency() != asked.recipient_agency()) {
    return RefuseFields({{"supersedes", "must be a consent for the same purpose and to the same agency"}});
  }
  older = ConsentAsOf(std::move(older), FormatDay(OntarioDay(call.now())));
  ACCORD_ASSIGN_OR_RETURN(const int next, ConsentLifecycle().Next(older.state(), "supersede"));
  ACCORD_ASSIGN_OR_RETURN(Consent newer,
                          KeepConsent(*rules_, call, tx, write, &consents_, of, "consent", asked));
  older.set_state(static_cast<v1::ConsentState>(next));
  older.set_superseded_by(newer.name());
  const std::string etag = older.etag();
  ACCORD_RETURN_IF_ERROR(EndConsent(tx, write, etag, "consent_superseded", &older));
  return newer;
}

absl::Status ConsentService::EndConsent(Tx& tx, const storage::Write& write, const std::string& etag,
                                        const std::string& step, Consent* consent) {
  EndConsentLinks(consent);
  ACCORD_RETURN_IF_ERROR(consents_.Update(tx, consent, etag, write, ConsentPlacement(*consent)));
  ACCORD_RETURN_IF_ERROR(DropLiveConsent(tx, consent->name()));
  ACCORD_RETURN_IF_ERROR(EndReferralsUnderConsent(tx, write, &referrals_, consent->name()));
  ACCORD_RETURN_IF_ERROR(EndClaimsUnderConsent(tx, write, &claims_, consent->name(), step));
  if (consent->link_revocation() != v1::REVOCATION_PENDING) return absl::OkStatus();
  return storage::Schedule(tx, kLinkRevocation, consent->name(), write.now);
}

ConsentService::Result ConsentService::Get(host::Call& call, Tx& tx, const v1::GetConsentRequest& request) {
  Consent consent;
  ACCORD_RETURN_IF_ERROR(consents_.Get(tx, request.name(), call.caller().agency, &consent));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, SupportCaseOf(consent.name()), &of));
  WithholdCaseFromOthers(of, &call);
  return ConsentAsOf(std::move(consent), FormatDay(OntarioDay(call.now())));
}

absl::Status ConsentService::ReadListed(const Caller& caller, Tx& tx, const std::string& name,
                                        const std::string& today, google::protobuf::Message* out) {
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(caller, tx, &cases_, SupportCaseOf(name), &of));
  Consent consent;
  ACCORD_RETURN_IF_ERROR(consents_.Get(tx, name, caller.agency, &consent));
  out->CopyFrom(ConsentAsOf(std::move(consent), today));
  return absl::OkStatus();
}

absl::StatusOr<v1::ListConsentsResponse> ConsentService::List(host::Call& call, Tx& tx,
                                                              const v1::ListConsentsRequest& request) {
  ACCORD_RETURN_IF_ERROR(storage::PageSize(request.page_size()).status());
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, request.support_case(), &of));
  const storage::ListQuery query = PageOfRecordsUnder(of.name(), "consents", call.caller(), request);
  ACCORD_ASSIGN_OR_RETURN(auto response,
                          consents_.ListInto(tx, query, &v1::ListConsentsResponse::mutable_consents));
  const std::string today = FormatDay(OntarioDay(call.now()));
  for (Consent& each : *response.mutable_consents()) each = ConsentAsOf(std::move(each), today);
  return response;
}

ConsentService::Result ConsentService::RecordLink(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::RecordConsentLinkRequest& request) {
  Consent consent;
  ACCORD_RETURN_IF_ERROR(consents_.Get(tx, request.name(), call.caller().agency, &consent));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, SupportCaseOf(consent.name()), &of));
  if (!IsConsentLive(consent, FormatDay(OntarioDay(call.now())))) {
    return Refuse(rules::kConsentNotLive, "The survivor's consent to this link does not stand.");
  }
  ACCORD_RETURN_IF_ERROR(CheckConsentLink(consent, request.link_token()));
  consent.add_link_tokens(request.link_token());
  ACCORD_RETURN_IF_ERROR(consents_.Update(tx, &consent, request.etag(), write, ConsentPlacement(consent)));
  // The schedule has the end of the last day, so that nobody has to be at work then.
  ACCORD_RETURN_IF_ERROR(
      storage::Schedule(tx, kLinkRevocation, consent.name(), EndOfDay(*ParseDay(consent.expires_on()))));
  return consent;
}

ConsentService::Result ConsentService::Withdraw(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::WithdrawConsentRequest& request) {
  Consent consent;
  ACCORD_RETURN_IF_ERROR(consents_.Get(tx, request.name(), call.caller().agency, &consent));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, SupportCaseOf(consent.name()), &of));
  const std::string today = FormatDay(OntarioDay(call.now()));
  consent = ConsentAsOf(std::move(consent), today);
  ACCORD_ASSIGN_OR_RETURN(const int next, ConsentLifecycle().Next(consent.state(), "withdraw"));
  consent.set_state(static_cast<v1::ConsentState>(next));
  *consent.mutable_withdrawn_at() = ToProto(call.now());
  consent.set_withdrawal_channel(request.withdrawal_channel());
  consent.set_withdrawn_by(call.caller().actor);
  ACCORD_RETURN_IF_ERROR(EndConsent(tx, write, request.etag(), "consent_withdrawn", &consent));
  WithholdCaseFromOthers(of, &call);
  if (consent.purpose() == v1::CONSENT_PURPOSE_SERVICES) {
    ACCORD_RETURN_IF_ERROR(CloseCase(tx, write, std::move(of), today));
  }
  ACCORD_RETURN_IF_ERROR(NameStillLive(call.caller(), tx, today, &consent));
  return consent;
}

absl::Status ConsentService::NameStillLive(const Caller& caller, Tx& tx, const std::string& today,
                                           Consent* withdrawn) {
  const storage::ListQuery query{
      caller.agency, {}, 0, "", absl::StrCat(SupportCaseOf(withdrawn->name()), "/consents/")};
  ACCORD_ASSIGN_OR_RETURN(const auto all, consents_.ListEvery<Consent>(tx, query));
  for (const Consent& each : all) {
    const bool same =
        each.purpose() == withdrawn->purpose() && each.recipient_agency() == withdrawn->recipient_agency();
    if (same && each.name() != withdrawn->name() && IsConsentLive(each, today)) {
      withdrawn->add_still_live(each.name());
    }
  }
  return absl::OkStatus();
}

absl::Status ConsentService::CloseCase(Tx& tx, const storage::Write& write, v1::SupportCase of,
                                       const std::string& today) {
  if (of.state() != v1::SUPPORT_CASE_STATE_OPEN) return absl::OkStatus();
  // The survivor may have agreed anew before the older consent was withdrawn.
  ACCORD_ASSIGN_OR_RETURN(
      const bool agreed,
      HasLiveConsent(tx, of.name(), ConsentPurposeWord(v1::CONSENT_PURPOSE_SERVICES), today));
  if (agreed) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(EndTransferOffersOf(tx, write, &referrals_, of.name()));
  of.set_state(v1::SUPPORT_CASE_STATE_CLOSED);
  const std::string etag = of.etag();
  return cases_.Update(tx, &of, etag, write, CasePlacement(of));
}

}  // namespace accord::supports
