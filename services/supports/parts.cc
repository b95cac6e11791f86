#include "services/supports/parts.h"

#include <memory>
#include <string>

#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/supports/benefits/claim_access.h"
#include "services/supports/case_access.h"
#include "services/supports/notices/notice_store.h"
#include "services/supports/orders/orders.h"
#include "services/supports/referrals/referral_access.h"

namespace accord::supports {
namespace {

namespace a = annotations::v1;
using host::PartSet;
using storage::Resources;

struct PartRecords {
  explicit PartRecords(const storage::PageTokens* tokens)
      : cases("support_case", tokens),
        consents("consent", tokens),
        disclosures("support_disclosure", tokens),
        notices("survivor_notice", tokens),
        referrals("support_referral", tokens),
        orders("restraining_order", tokens),
        claims("benefit_claim", tokens) {}
  Resources cases, consents, disclosures, notices, referrals, orders, claims;
};

absl::StatusOr<PartSet> PartsInSupportCase(PartRecords& records, host::Call& call, storage::Transaction& tx,
                                           const std::string& name) {
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCase(call.caller(), tx, &records.cases, name, &of));
  PartSet parts = {a::PART_OWNER};
  if (IsCaseWorker(call.caller(), of)) parts.insert(a::PART_CASE_TEAM);
  return parts;
}

// Everybody who works for victims at the agency may end a consent, and need not work in the case for that.
absl::StatusOr<PartSet> PartsInConsent(PartRecords& records, host::Call& call, storage::Transaction& tx,
                                       const std::string& name) {
  v1::Consent consent;
  ACCORD_RETURN_IF_ERROR(records.consents.Get(tx, name, call.caller().agency, &consent));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(records.cases.GetAny(tx, SupportCaseOf(name), &of));
  PartSet parts = {a::PART_OWNER};
  if (IsCaseWorker(call.caller(), of)) parts.insert(a::PART_CASE_TEAM);
  return parts;
}

absl::StatusOr<PartSet> PartsInSupportDisclosure(PartRecords& records, host::Call& call,
                                                 storage::Transaction& tx, const std::string& name) {
  v1::SupportDisclosure disclosure;
  ACCORD_RETURN_IF_ERROR(records.disclosures.Get(tx, name, call.caller().agency, &disclosure));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &records.cases, SupportCaseOf(name), &of));
  return PartSet{a::PART_OWNER, a::PART_CASE_TEAM};
}

absl::StatusOr<PartSet> PartsInSurvivorNotice(PartRecords& records, host::Call& call,
                                              storage::Transaction& tx, const std::string& name) {
  v1::SurvivorNotice notice;
  ACCORD_RETURN_IF_ERROR(records.notices.Get(tx, name, call.caller().agency, &notice));
  ACCORD_ASSIGN_OR_RETURN(const std::string case_name, CaseOfNotice(tx, name));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &records.cases, case_name, &of));
  return PartSet{a::PART_OWNER, a::PART_CASE_TEAM};
}

absl::StatusOr<PartSet> PartsInSupportReferral(PartRecords& records, host::Call& call,
                                               storage::Transaction& tx, const std::string& name) {
  v1::SupportReferral referral;
  ACCORD_RETURN_IF_ERROR(records.referrals.GetAny(tx, name, &referral));
  if (IsReferralReceiver(call.caller(), referral, FormatDay(OntarioDay(call.now())))) {
    return PartSet{a::PART_RECEIVER};
  }
  if (IsReferralSentByPolice(call.caller(), referral)) return PartSet{a::PART_SENDER};
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &records.cases, referral.support_case(), &of));
  return PartSet{a::PART_SENDER, a::PART_CASE_TEAM};
}

absl::StatusOr<PartSet> PartsInBenefitClaim(PartRecords& records, host::Call& call, storage::Transaction& tx,
                                            const std::string& name) {
  v1::BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(ReadClaim(call, tx, &records.cases, &records.claims, name, &claim));
  if (OwnerOf(name) != call.caller().agency) return PartSet{a::PART_ASKED};
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(records.cases.GetAny(tx, claim.support_case(), &of));
  PartSet parts = {a::PART_OWNER};
  if (IsCaseWorker(call.caller(), of)) parts.insert(a::PART_CASE_TEAM);
  return parts;
}

absl::StatusOr<PartSet> PartsInRestrainingOrder(PartRecords& records, host::Call& call,
                                                storage::Transaction& tx, const std::string& name) {
  v1::RestrainingOrder order;
  ACCORD_RETURN_IF_ERROR(records.orders.GetAny(tx, name, &order));
  if (IsServingOrder(call.caller(), order, FormatDay(OntarioDay(call.now())))) return PartSet{a::PART_ASKED};
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &records.cases, order.support_case(), &of));
  return PartSet{a::PART_OWNER, a::PART_CASE_TEAM};
}

}  // namespace

void TellParts(const storage::PageTokens* tokens, host::Handlers* handlers) {
  const auto records = std::make_shared<PartRecords>(tokens);
  const auto tell = [&](const std::string& collection, auto teller) {
    handlers->parts().Tell(
        collection, [records, teller](host::Call& call, storage::Transaction& tx, const std::string& name) {
          return teller(*records, call, tx, name);
        });
  };
  tell("supportCases", PartsInSupportCase);
  tell("consents", PartsInConsent);
  tell("supportDisclosures", PartsInSupportDisclosure);
  tell("supportReferrals", PartsInSupportReferral);
  tell("benefitClaims", PartsInBenefitClaim);
  tell("survivorNotices", PartsInSurvivorNotice);
  tell("restrainingOrders", PartsInRestrainingOrder);
}

}  // namespace accord::supports
