// These are the handlers of AccusedService that record what happened: appearances, bail, disclosure,
// dispositions and sentences.
#include <string>
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/months.h"
#include "common/base/opaque_reference.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/cases/case_victims.h"
#include "services/prosecution/cases/event_days.h"
#include "services/prosecution/lifecycles.h"

namespace accord::prosecution {
namespace {

using v1::Accused;

// This requires that what happened to an accused lies between the charge and today.
absl::Status CheckRecordedDay(const Accused& accused, const std::string& field, const std::string& day,
                              absl::Time now) {
  ACCORD_RETURN_IF_ERROR(CheckPastDay(field, day, now));
  return CheckDayOrder({{"charge_date", accused.charge_date()}, {field, day}});
}

// Judges the bond by the row of its first day, and notes in it what that row cannot judge.
absl::Status CheckRecordedRecognizance(const Rules& rules, v1::Recognizance* bond) {
  if (bond->protected_age() < 0) {
    return RefuseFields({{"recognizance.protected_age", "must not be negative"}});
  }
  const absl::CivilDay from = *ParseDay(bond->from());
  const v1::RecognizanceRule* rule = rules.RecognizanceOn(bond->section(), from);
  if (rule == nullptr) {
    return Refuse(rules::kRecognizanceUnknown,
                  "section is none that the rule set has for the first day of the recognizance.");
  }
  bond->set_rule_set(rules.digest());
  if (!rule->note().empty()) bond->add_law_notes(rule->note());
  if (std::string note = rules.LawNote(from); !note.empty()) bond->add_law_notes(std::move(note));
  if (rule->mark() == annotations::v1::LAW_MARK_MEMORY) {
    bond->add_law_notes("The row of this section is from memory; nobody has looked it up.");
    return absl::OkStatus();
  }
  const int months =
      bond->qualifying_prior() && rule->months_with_prior() > 0 ? rule->months_with_prior() : rule->months();
  if (*ParseDay(bond->to()) >= MonthsAfter(from, months)) {
    return Refuse(rules::kRecognizanceTooLong,
                  "A recognizance of this section is shorter; see the rule set.");
  }
  if (rule->protects_under_age() > 0 &&
      (!bond->has_protected_age() || bond->protected_age() >= rule->protects_under_age())) {
    return Refuse(rules::kRecognizanceAge,
                  "This section protects persons under an age; name the age of the youngest.");
  }
  if (rule->listed_offence() && !rules.ListedIn810_1(bond->feared_section(), from)) {
    return Refuse(rules::kRecognizanceOffence,
                  "This section is for offences that it lists; name the one that is feared.");
  }
  return absl::OkStatus();
}

}  // namespace

AccusedService::Result AccusedService::RecordAppearance(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::RecordAccusedAppearanceRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  const v1::Appearance& appearance = request.appearance();
  ACCORD_RETURN_IF_ERROR(CheckRecordedDay(opened.accused, "appearance.on", appearance.on(), call.now()));
  if (!appearance.next_on().empty() && !ParseDay(appearance.next_on())) {
    return RefuseFields({{"appearance.next_on", "must be YYYY-MM-DD, a day that exists"}});
  }
  ACCORD_RETURN_IF_ERROR(
      CheckDayOrder({{"appearance.on", appearance.on()}, {"appearance.next_on", appearance.next_on()}}));
  *opened.accused.add_appearances() = appearance;
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

AccusedService::Result AccusedService::RecordDisposition(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::RecordAccusedDispositionRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  if (request.count() < 0 || request.count() >= opened.accused.counts_size()) {
    return Refuse(rules::kCountUnknown, "count is a position in counts, from 0.");
  }
  ACCORD_RETURN_IF_ERROR(CheckRecordedDay(opened.accused, "on", request.on(), call.now()));
  v1::Count* count = opened.accused.mutable_counts(request.count());
  if (count->disposition() != v1::DISPOSITION_UNSPECIFIED) {
    return Refuse(rules::kAlreadyDisposed, "This count has its disposition.");
  }
  count->set_disposition(request.disposition());
  count->set_disposed_on(request.on());
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

AccusedService::Result AccusedService::RecordSentence(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::RecordAccusedSentenceRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(SentenceLifecycle().Next(opened.accused.stage(), "record_sentence").status());
  const v1::Restitution& restitution = request.order().restitution();
  ACCORD_RETURN_IF_ERROR(CheckRecordedDay(opened.accused, "order.on", request.order().on(), call.now()));
  if (!restitution.considered() && (restitution.ordered() || restitution.reason().empty())) {
    return Refuse(rules::kRestitutionNotConsidered,
                  "The court considers restitution in every sentence (s. 737.1): record that, or why not.");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckOpaqueReference("order.restitution.payee_ref", restitution.payee_ref(), OntarioDay(call.now())));
  if (restitution.ordered() != (restitution.amount_cents() > 0)) {
    return RefuseFields(
        {{"order.restitution.amount_cents", "is above 0 if, and only if, restitution is ordered"}});
  }
  *opened.accused.add_orders() = request.order();
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

AccusedService::Result AccusedService::RecordBail(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::RecordAccusedBailRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(CheckRecordedDay(opened.accused, "bail.on", request.bail().on(), call.now()));
  for (const auto& victim : request.bail().no_contact())
    ACCORD_RETURN_IF_ERROR(CheckVictim(opened.of, victim));
  *opened.accused.add_bails() = request.bail();
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

AccusedService::Result AccusedService::RecordDisclosure(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::RecordAccusedDisclosureRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  const v1::Disclosure& package = request.disclosure();
  ACCORD_RETURN_IF_ERROR(
      CheckRecordedDay(opened.accused, "disclosure.sent_on", package.sent_on(), call.now()));
  if ((package.kind() == v1::DISCLOSURE_KIND_INITIAL) != opened.accused.disclosures().empty()) {
    return Refuse(rules::kDisclosureOrder,
                  "The first package is the initial one, and all others are further ones.");
  }
  *opened.accused.add_disclosures() = package;
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

AccusedService::Result AccusedService::RecordRecognizance(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordAccusedRecognizanceRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  v1::Recognizance bond = request.recognizance();
  ACCORD_RETURN_IF_ERROR(CheckDayOrder({{"recognizance.from", bond.from()}, {"recognizance.to", bond.to()}}));
  ACCORD_RETURN_IF_ERROR(CheckPastDay("recognizance.breached_on", bond.breached_on(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckRecordedRecognizance(*rules_, &bond));
  *opened.accused.add_recognizances() = std::move(bond);
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

}  // namespace accord::prosecution
