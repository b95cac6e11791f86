#include "services/strategy/initiatives/legislation_service.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/strategy/days.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

storage::Placement BillPlacement(const v1::LegislativeInitiative& bill) {
  return PublicPlacement(bill.name(), ShortName(v1::LegislativeState_descriptor(), bill.state()));
}

// This gives the section of this range, or null if the bill does not list it.
v1::LegislativeSection* SectionOfBill(const std::string& range, v1::LegislativeInitiative* bill) {
  for (v1::LegislativeSection& section : *bill->mutable_sections()) {
    if (section.range() == range) return &section;
  }
  return nullptr;
}

absl::Status RefuseUnknownSection() {
  return Refuse(rules::kActSectionUnknown, "Name a section of the record, written as it stands there.");
}

template <class Holds>
bool AllSectionsOfBill(const v1::LegislativeInitiative& bill, Holds holds) {
  return std::all_of(bill.sections().begin(), bill.sections().end(), holds);
}

}  // namespace

void LegislationService::Register(host::Handlers* handlers) {
  using S = LegislationService;
  handlers->Bind("accord.strategy.v1.InitiativeService", this, &S::Create, &S::Get, &S::List, &S::Advance,
                 &S::Assent, &S::Commence, &S::Repeal);
}

LegislationService::Result LegislationService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::CreateLegislativeInitiativeRequest& request) {
  v1::LegislativeInitiative bill = request.legislative_initiative();
  if (bill.introduced_on().empty() && bill.introduced_until().empty()) {
    return RefuseField(rules::kFieldRequired, "legislative_initiative.introduced_on",
                       "must be there, or introduced_until if the day itself is not known");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckDayNotInFuture(call, "legislative_initiative.introduced_on", bill.introduced_on()));
  ACCORD_RETURN_IF_ERROR(
      CheckDayNotInFuture(call, "legislative_initiative.introduced_until", bill.introduced_until()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("legislative_initiative.introduced_on", bill.introduced_on(),
                                          "legislative_initiative.introduced_until",
                                          bill.introduced_until()));
  std::set<std::string> ranges;
  for (const v1::LegislativeSection& section : bill.sections()) {
    if (!ranges.insert(section.range()).second) {
      return RefuseFields({{"legislative_initiative.sections", "must have ranges of their own"}});
    }
  }
  bill.set_name(absl::StrCat(request.parent(), "/legislativeInitiatives/", bill.legislative_initiative_id()));
  bill.set_state(v1::LEGISLATIVE_STATE_INTRODUCED);
  ACCORD_RETURN_IF_ERROR(bills_.Insert(tx, &bill, write, BillPlacement(bill)));
  return bill;
}

LegislationService::Result LegislationService::Get(host::Call& call, Tx& tx,
                                                   const v1::GetLegislativeInitiativeRequest& request) {
  v1::LegislativeInitiative bill;
  ACCORD_RETURN_IF_ERROR(bills_.Get(tx, request.name(), call.caller().agency, &bill));
  return bill;
}

absl::StatusOr<v1::ListLegislativeInitiativesResponse> LegislationService::List(
    host::Call& call, Tx& tx, const v1::ListLegislativeInitiativesRequest& request) {
  return bills_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                         &v1::ListLegislativeInitiativesResponse::mutable_legislative_initiatives);
}

LegislationService::Result LegislationService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                     const std::string& event) {
  v1::LegislativeInitiative bill;
  ACCORD_RETURN_IF_ERROR(bills_.Get(tx, name, call.caller().agency, &bill));
  ACCORD_ASSIGN_OR_RETURN(const int next, LegislativeLifecycle().Next(bill.state(), event));
  bill.set_state(static_cast<v1::LegislativeState>(next));
  return bill;
}

LegislationService::Result LegislationService::Keep(Tx& tx, const storage::Write& write,
                                                    const std::string& etag, v1::LegislativeInitiative bill) {
  ACCORD_RETURN_IF_ERROR(bills_.Update(tx, &bill, etag, write, BillPlacement(bill)));
  return bill;
}

LegislationService::Result LegislationService::Advance(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::AdvanceLegislativeInitiativeRequest& request) {
  const bool pass = request.event() == "pass";
  const bool ours = pass || request.event() == "lapse";
  ACCORD_ASSIGN_OR_RETURN(v1::LegislativeInitiative bill,
                          Moved(call, tx, request.name(), ours ? request.event() : ""));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "on", request.on()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("introduced_on", bill.introduced_on(), "on", request.on()));
  pass ? bill.set_passed_on(request.on()) : bill.set_lapsed_on(request.on());
  return Keep(tx, write, request.etag(), std::move(bill));
}

LegislationService::Result LegislationService::Assent(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::AssentLegislativeInitiativeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::LegislativeInitiative bill, Moved(call, tx, request.name(), kAssent));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "assented_on", request.assented_on()));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("passed_on", bill.passed_on(), "assented_on", request.assented_on()));
  bill.set_assented_on(request.assented_on());
  bill.set_citation(request.citation());
  return Keep(tx, write, request.etag(), std::move(bill));
}

LegislationService::Result LegislationService::Commence(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CommenceLegislativeInitiativeSectionRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::LegislativeInitiative bill, Moved(call, tx, request.name(), kCommence));
  v1::LegislativeSection* section = SectionOfBill(request.range(), &bill);
  if (section == nullptr) return RefuseUnknownSection();
  if (!section->in_force_on().empty()) {
    return Refuse(rules::kAlreadyRecorded, "This section has come into force.");
  }
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "in_force_on", request.in_force_on()));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("assented_on", bill.assented_on(), "in_force_on", request.in_force_on()));
  section->set_in_force_on(request.in_force_on());
  section->set_commencement_citation(request.citation());
  // The last event leads from the same states as the others, so the state can be set here.
  if (AllSectionsOfBill(bill, [](const v1::LegislativeSection& each) {
        return !each.in_force_on().empty() && each.repealed_on().empty();
      })) {
    bill.set_state(v1::LEGISLATIVE_STATE_IN_FORCE);
  }
  return Keep(tx, write, request.etag(), std::move(bill));
}

LegislationService::Result LegislationService::Repeal(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RepealLegislativeInitiativeSectionRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::LegislativeInitiative bill, Moved(call, tx, request.name(), kRepeal));
  v1::LegislativeSection* section = SectionOfBill(request.range(), &bill);
  if (section == nullptr) return RefuseUnknownSection();
  if (section->in_force_on().empty()) {
    return Refuse(rules::kSectionNotInForce, "What never came into force is not repealed here.");
  }
  if (!section->repealed_on().empty()) return Refuse(rules::kAlreadyRecorded, "This section was repealed.");
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "repealed_on", request.repealed_on()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("in_force_on", section->in_force_on(), "repealed_on",
                                          request.repealed_on(), /*equal=*/false));
  section->set_repealed_on(request.repealed_on());
  section->set_repeal_citation(request.citation());
  if (AllSectionsOfBill(bill,
                        [](const v1::LegislativeSection& each) { return !each.repealed_on().empty(); })) {
    bill.set_state(v1::LEGISLATIVE_STATE_REPEALED);
  }
  return Keep(tx, write, request.etag(), std::move(bill));
}

}  // namespace accord::strategy
