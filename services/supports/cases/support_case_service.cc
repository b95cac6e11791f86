#include "services/supports/cases/support_case_service.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/base/error.h"
#include "services/supports/case_access.h"
#include "services/supports/cases/case_opening.h"
#include "services/supports/consent_rules.h"
#include "services/supports/consents/live_consent_store.h"
#include "services/supports/lifecycles.h"
#include "services/supports/partners/partners_of_place.h"
#include "services/supports/place_check.h"
#include "services/supports/referrals/referral_endings.h"
#include "services/supports/safe_contact.h"
#include "services/supports/survivor_counts.h"

namespace accord::supports {
namespace {

using v1::SupportCase;

// The labels of the counts begin with these words, each of which makes a table of its own.
constexpr std::array kCountTables = {"program", "referral", "outcome"};

}  // namespace

void SupportCaseService::Register(host::Handlers* handlers) {
  using S = SupportCaseService;
  handlers->Bind("accord.supports.v1.SupportCaseService", this, &S::Create, &S::Get, &S::List, &S::Assign,
                 &S::Remove, &S::RecordContact, &S::Advance, &S::Count);
}

SupportCaseService::Result SupportCaseService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::CreateSupportCaseRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_ASSIGN_OR_RETURN(const auto partners,
                          PartnerAgenciesOfPlace(tx, &partners_, call.caller().agency, request.catchment(),
                                                 FormatDay(OntarioDay(call.now()))));
  ACCORD_RETURN_IF_ERROR(CheckChargeLaid(request.support_case(), partners));
  const auto* consent = request.has_services_consent() ? &request.services_consent() : nullptr;
  return OpenSupportCase(*rules_, call, tx, write, {&cases_, &consents_}, request.support_case(), consent);
}

SupportCaseService::Result SupportCaseService::Get(host::Call& call, Tx& tx,
                                                   const v1::GetSupportCaseRequest& request) {
  SupportCase item;
  ACCORD_RETURN_IF_ERROR(ReadCase(call.caller(), tx, &cases_, request.name(), &item));
  WithholdCaseFromOthers(item, &call);
  return item;
}

absl::StatusOr<v1::ListSupportCasesResponse> SupportCaseService::List(
    host::Call& call, Tx& tx, const v1::ListSupportCasesRequest& request) {
  // One answer has one mask, so a caller who oversees cases gets only the outline of each, even of the
  // own ones.
  if (IsCaseOverseer(call.caller())) WithholdAllOfCase(&call);
  const storage::ListQuery query = storage::QueryOf(CaseViewerOf(call.caller()), request);
  return cases_.ListInto(tx, query, &v1::ListSupportCasesResponse::mutable_support_cases);
}

SupportCaseService::Result SupportCaseService::Keep(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const std::string& etag, SupportCase item) {
  ACCORD_RETURN_IF_ERROR(cases_.Update(tx, &item, etag, write, CasePlacement(item)));
  WithholdCaseFromOthers(item, &call);
  return item;
}

SupportCaseService::Result SupportCaseService::Assign(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::AssignSupportCaseWorkerRequest& request) {
  SupportCase item;
  ACCORD_RETURN_IF_ERROR(ReadCase(call.caller(), tx, &cases_, request.name(), &item));
  const auto& workers = item.workers();
  if (std::find(workers.begin(), workers.end(), request.worker()) != workers.end()) {
    return Refuse(rules::kAlreadyRecorded, "This worker supports the survivor already.");
  }
  item.add_workers(request.worker());
  return Keep(call, tx, write, request.etag(), std::move(item));
}

SupportCaseService::Result SupportCaseService::Remove(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::RemoveSupportCaseWorkerRequest& request) {
  SupportCase item;
  ACCORD_RETURN_IF_ERROR(ReadCase(call.caller(), tx, &cases_, request.name(), &item));
  auto* workers = item.mutable_workers();
  const auto found = std::find(workers->begin(), workers->end(), request.worker());
  if (found == workers->end()) return RefuseFields({{"worker", "is no worker of the case"}});
  if (workers->size() == 1) {
    return Refuse(rules::kLastCaseWorker, "Assign somebody else to the survivor first.");
  }
  workers->erase(found);
  return Keep(call, tx, write, request.etag(), std::move(item));
}

SupportCaseService::Result SupportCaseService::RecordContact(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordSupportCaseContactRequest& request) {
  SupportCase item;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, request.name(), &item));
  ACCORD_RETURN_IF_ERROR(CheckSafeContact("safe_contact", request.safe_contact()));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  item.clear_safe_contact();
  if (request.has_safe_contact()) *item.mutable_safe_contact() = request.safe_contact();
  return Keep(call, tx, write, request.etag(), std::move(item));
}

SupportCaseService::Result SupportCaseService::Advance(host::Call& call, Tx& tx, const storage::Write& write,
                                                       const v1::AdvanceSupportCaseRequest& request) {
  SupportCase item;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, request.name(), &item));
  ACCORD_ASSIGN_OR_RETURN(const int next, SupportCaseLifecycle().Next(item.state(), request.event()));
  if (next == v1::SUPPORT_CASE_STATE_CLOSED) {
    if (request.outcome().empty()) return RefuseFields({{"outcome", "is required to close a case"}});
    ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
    item.set_outcome(request.outcome());
    ACCORD_RETURN_IF_ERROR(EndTransferOffersOf(tx, write, &referrals_, item.name()));
  } else {
    ACCORD_ASSIGN_OR_RETURN(const bool agreed,
                            HasLiveConsent(tx, item.name(), ConsentPurposeWord(v1::CONSENT_PURPOSE_SERVICES),
                                           FormatDay(OntarioDay(call.now()))));
    if (!agreed) {
      return Refuse(rules::kConsentNotLive, "Ask the survivor, and record the consent to services first.");
    }
    item.clear_outcome();
    item.clear_transferred();
  }
  item.set_state(static_cast<v1::SupportCaseState>(next));
  return Keep(call, tx, write, request.etag(), std::move(item));
}

absl::StatusOr<Tallies> SupportCaseService::CountAll(Tx& tx) {
  return CountConsentingSurvivors(tx, FormatDay(OntarioDay(clock_->Now())), rules_->small_cell());
}

absl::StatusOr<v1::CountSupportsResponse> SupportCaseService::Count(host::Call&, Tx& tx,
                                                                    const v1::CountSupportsRequest&) {
  ACCORD_ASSIGN_OR_RETURN(const OfficeCounts counted, ReadOfficeCounts(tx));
  v1::CountSupportsResponse response;
  if (counted.at) *response.mutable_as_of() = ToProto(*counted.at);
  for (const char* table : kCountTables) {
    for (const ShownTally& shown : ShownTable(counted.tallies, table, rules_->small_cell())) {
      auto* cell = response.add_counts();
      cell->set_label(shown.label);
      if (shown.count) cell->set_count(*shown.count);
      cell->set_suppressed(!shown.count);
    }
  }
  return response;
}

}  // namespace accord::supports
