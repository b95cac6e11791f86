#include "services/supports/cases/case_opening.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/opaque_reference.h"
#include "services/supports/case_access.h"
#include "services/supports/consent_rules.h"
#include "services/supports/days.h"
#include "services/supports/safe_contact.h"

namespace accord::supports {

absl::Status CheckChargeLaid(const v1::SupportCase& item, const std::vector<std::string>& partners) {
  if (item.program() != v1::SUPPORT_PROGRAM_VWAP || item.charge_laid() == v1::CHARGE_LAID_YES) {
    return absl::OkStatus();
  }
  const std::string who =
      partners.empty() ? "the crisis partner (VCAO) of the area"
                       : absl::StrCat("a crisis partner (VCAO), ", absl::StrJoin(partners, " or "), ",");
  return Refuse(rules::kChargeNotLaid, absl::StrCat("Before charges are laid ", who, " helps the survivor."));
}

absl::StatusOr<v1::SupportCase> OpenSupportCase(const v1::RuleSet& rules, const host::Call& call,
                                                storage::Transaction& tx, const storage::Write& write,
                                                const CaseRecords& records, v1::SupportCase item,
                                                const v1::Consent* services_consent) {
  ACCORD_RETURN_IF_ERROR(
      CheckOpaqueReference("support_case.subject_ref", item.subject_ref(), OntarioDay(call.now())));
  ACCORD_RETURN_IF_ERROR(
      CheckDayNotInFuture("support_case.crisis_contact_on", item.crisis_contact_on(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckSafeContact("support_case.safe_contact", item.safe_contact()));
  if (services_consent == nullptr && item.crisis_contact_on().empty()) {
    return Refuse(rules::kConsentNotLive,
                  "Record the survivor's consent to services, or the day of the crisis.");
  }
  if (services_consent != nullptr && services_consent->purpose() != v1::CONSENT_PURPOSE_SERVICES) {
    return RefuseFields({{"services_consent.purpose", "must be services"}});
  }
  item.set_name(absl::StrCat("agencies/", call.caller().agency, "/supportCases/", NewId(call.now())));
  item.set_state(v1::SUPPORT_CASE_STATE_OPEN);
  item.set_opened_on(FormatDay(OntarioDay(call.now())));
  item.add_workers(call.caller().actor);
  ACCORD_RETURN_IF_ERROR(records.cases->Insert(tx, &item, write, CasePlacement(item)));
  if (services_consent != nullptr) {
    ACCORD_RETURN_IF_ERROR(
        KeepConsent(rules, call, tx, write, records.consents, item, "services_consent", *services_consent)
            .status());
  }
  return item;
}

}  // namespace accord::supports
