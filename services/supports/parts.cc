#include "services/supports/parts.h"

#include <memory>

#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/supports/benefits/claims.h"
#include "services/supports/orders/orders.h"
#include "services/supports/received.h"
#include "services/supports/supports_store.h"
#include "services/supports/team.h"

namespace accord::supports {
namespace {

namespace a = annotations::v1;
using host::PartSet;
using storage::Resources;

struct Records {
  explicit Records(const storage::PageTokens* tokens)
      : cases("support_case", tokens),
        consents("consent", tokens),
        disclosures("support_disclosure", tokens),
        notices("survivor_notice", tokens),
        referrals("support_referral", tokens),
        orders("restraining_order", tokens),
        claims("benefit_claim", tokens) {}
  Resources cases, consents, disclosures, notices, referrals, orders, claims;
};

absl::StatusOr<PartSet> InSupportCase(Records& records, host::Call& call, storage::Transaction& tx,
                                      const std::string& name) {
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCase(call.caller(), tx, &records.cases, name, &of));
  PartSet parts = {a::PART_OWNER};
  if (IsWorkerOf(call.caller(), of)) parts.insert(a::PART_CASE_TEAM);
  return parts;
}

// Whoever works for victims at the agency may end a consent, and need not work in the case for that.
absl::StatusOr<PartSet> InConsent(Records& records, host::Call& call, storage::Transaction& tx,
                                  const std::string& name) {
  v1::Consent consent;
  ACCORD_RETURN_IF_ERROR(records.consents.Get(tx, name, call.caller().agency, &consent));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(records.cases.GetAny(tx, CaseOf(name), &of));
  PartSet parts = {a::PART_OWNER};
  if (IsWorkerOf(call.caller(), of)) parts.insert(a::PART_CASE_TEAM);
  return parts;
}

absl::StatusOr<PartSet> InSupportDisclosure(Records& records, host::Call& call, storage::Transaction& tx,
                                            const std::string& name) {
  v1::SupportDisclosure disclosure;
  ACCORD_RETURN_IF_ERROR(records.disclosures.Get(tx, name, call.caller().agency, &disclosure));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &records.cases, CaseOf(name), &of));
  return PartSet{a::PART_OWNER, a::PART_CASE_TEAM};
}

absl::StatusOr<PartSet> InSurvivorNotice(Records& records, host::Call& call, storage::Transaction& tx,
                                         const std::string& name) {
  v1::SurvivorNotice notice;
  ACCORD_RETURN_IF_ERROR(records.notices.Get(tx, name, call.caller().agency, &notice));
  ACCORD_ASSIGN_OR_RETURN(const std::string case_name, CaseOfNotice(tx, name));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &records.cases, case_name, &of));
  return PartSet{a::PART_OWNER, a::PART_CASE_TEAM};
}

absl::StatusOr<PartSet> InSupportReferral(Records& records, host::Call& call, storage::Transaction& tx,
                                          const std::string& name) {
  v1::SupportReferral referral;
  ACCORD_RETURN_IF_ERROR(records.referrals.GetAny(tx, name, &referral));
  if (IsReceiver(call.caller(), referral, FormatDay(OntarioDay(call.now())))) {
    return PartSet{a::PART_RECEIVER};
  }
  if (IsSentByPolice(call.caller(), referral)) return PartSet{a::PART_SENDER};
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &records.cases, referral.support_case(), &of));
  return PartSet{a::PART_SENDER, a::PART_CASE_TEAM};
}

absl::StatusOr<PartSet> InBenefitClaim(Records& records, host::Call& call, storage::Transaction& tx,
                                       const std::string& name) {
  v1::BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(ReadClaim(call, tx, &records.cases, &records.claims, name, &claim));
  if (OwnerOf(name) != call.caller().agency) return PartSet{a::PART_ASKED};
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(records.cases.GetAny(tx, claim.support_case(), &of));
  PartSet parts = {a::PART_OWNER};
  if (IsWorkerOf(call.caller(), of)) parts.insert(a::PART_CASE_TEAM);
  return parts;
}

absl::StatusOr<PartSet> InRestrainingOrder(Records& records, host::Call& call, storage::Transaction& tx,
                                           const std::string& name) {
  v1::RestrainingOrder order;
  ACCORD_RETURN_IF_ERROR(records.orders.GetAny(tx, name, &order));
  if (IsServing(call.caller(), order, FormatDay(OntarioDay(call.now())))) return PartSet{a::PART_ASKED};
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &records.cases, order.support_case(), &of));
  return PartSet{a::PART_OWNER, a::PART_CASE_TEAM};
}

}  // namespace

void TellParts(const storage::PageTokens* tokens, host::Handlers* handlers) {
  const auto records = std::make_shared<Records>(tokens);
  const auto tell = [&](const std::string& collection, auto teller) {
    handlers->parts().Tell(
        collection, [records, teller](host::Call& call, storage::Transaction& tx, const std::string& name) {
          return teller(*records, call, tx, name);
        });
  };
  tell("supportCases", InSupportCase);
  tell("consents", InConsent);
  tell("supportDisclosures", InSupportDisclosure);
  tell("supportReferrals", InSupportReferral);
  tell("benefitClaims", InBenefitClaim);
  tell("survivorNotices", InSurvivorNotice);
  tell("restrainingOrders", InRestrainingOrder);
}

}  // namespace accord::supports
