#include "services/supports/disclosures/support_disclosure_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/supports/case_access.h"
#include "services/supports/days.h"
#include "services/supports/place_check.h"

namespace accord::supports {
namespace {

using v1::SupportDisclosure;

storage::Placement DisclosurePlacement(const SupportDisclosure& disclosure) {
  storage::Placement placement;
  placement.owner = OwnerOf(disclosure.name());
  // The handlers check who works in the case.
  placement.parties = {placement.owner};
  return placement;
}

// This gives the day that stands in the record, or the day that is told now if none stands there. A recorded
// day does not change.
absl::StatusOr<std::string> DisclosureDayToldOnce(const std::string& field, const std::string& stands,
                                                  const std::string& told, absl::Time now) {
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(field, told, now));
  if (told.empty() || told == stands) return stands;
  if (stands.empty()) return told;
  return Refuse(rules::kAlreadyRecorded, "Another day is recorded for this already, and it stays.");
}

// This enters what the accused may see of the records, which is recorded once and together with the
// court's order.
absl::Status SetDisclosureToAccused(const v1::RecordSupportDisclosureRequest& request,
                                    SupportDisclosure* disclosure) {
  const std::string& what = request.what_to_accused();
  const bool ordered = !request.ordered_to_accused_on().empty();
  const std::string& stands = disclosure->what_to_accused();
  if (what.empty() && (!ordered || !stands.empty())) return absl::OkStatus();
  if (what.empty()) return RefuseFields({{"what_to_accused", "is required with the court's order"}});
  if (!ordered) return RefuseFields({{"what_to_accused", "comes with the court's order"}});
  if (!stands.empty() && stands != what) {
    return Refuse(rules::kAlreadyRecorded, "What the accused may see is recorded already, and it stays.");
  }
  disclosure->set_what_to_accused(what);
  return absl::OkStatus();
}

}  // namespace

void SupportDisclosureService::Register(host::Handlers* handlers) {
  using S = SupportDisclosureService;
  handlers->Bind("accord.supports.v1.SupportDisclosureService", this, &S::Create, &S::Get, &S::List,
                 &S::Record);
}

SupportDisclosureService::Result SupportDisclosureService::Read(const Caller& caller, Tx& tx,
                                                                const std::string& name) {
  SupportDisclosure disclosure;
  ACCORD_RETURN_IF_ERROR(disclosures_.Get(tx, name, caller.agency, &disclosure));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(caller, tx, &cases_, SupportCaseOf(name), &of));
  return disclosure;
}

SupportDisclosureService::Result SupportDisclosureService::Create(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CreateSupportDisclosureRequest& request) {
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, request.parent(), &of));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  SupportDisclosure disclosure = request.support_disclosure();
  ACCORD_RETURN_IF_ERROR(
      CheckDayNotInFuture("support_disclosure.disclosed_on", disclosure.disclosed_on(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture("support_disclosure.counsel_offered_on",
                                             disclosure.counsel_offered_on(), call.now()));
  disclosure.set_name(absl::StrCat(of.name(), "/supportDisclosures/", NewId(call.now())));
  ACCORD_RETURN_IF_ERROR(disclosures_.Insert(tx, &disclosure, write, DisclosurePlacement(disclosure)));
  return disclosure;
}

SupportDisclosureService::Result SupportDisclosureService::Get(
    host::Call& call, Tx& tx, const v1::GetSupportDisclosureRequest& request) {
  return Read(call.caller(), tx, request.name());
}

absl::StatusOr<v1::ListSupportDisclosuresResponse> SupportDisclosureService::List(
    host::Call& call, Tx& tx, const v1::ListSupportDisclosuresRequest& request) {
  ACCORD_RETURN_IF_ERROR(storage::PageSize(request.page_size()).status());
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, request.support_case(), &of));
  const storage::ListQuery query =
      PageOfRecordsUnder(of.name(), "supportDisclosures", call.caller(), request);
  return disclosures_.ListInto(tx, query, &v1::ListSupportDisclosuresResponse::mutable_support_disclosures);
}

SupportDisclosureService::Result SupportDisclosureService::Record(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordSupportDisclosureRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(SupportDisclosure disclosure, Read(call.caller(), tx, request.name()));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_ASSIGN_OR_RETURN(const std::string told,
                          DisclosureDayToldOnce("survivor_told_on", disclosure.survivor_told_on(),
                                                request.survivor_told_on(), call.now()));
  ACCORD_ASSIGN_OR_RETURN(const std::string offered,
                          DisclosureDayToldOnce("counsel_offered_on", disclosure.counsel_offered_on(),
                                                request.counsel_offered_on(), call.now()));
  ACCORD_ASSIGN_OR_RETURN(const std::string ordered,
                          DisclosureDayToldOnce("ordered_to_accused_on", disclosure.ordered_to_accused_on(),
                                                request.ordered_to_accused_on(), call.now()));
  if (!ordered.empty() && disclosure.basis() != v1::DISCLOSURE_BASIS_COURT_ORDER) {
    return RefuseFields({{"ordered_to_accused_on", "is for an order of a court alone"}});
  }
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("disclosed_on", disclosure.disclosed_on(), "ordered_to_accused_on", ordered));
  ACCORD_RETURN_IF_ERROR(SetDisclosureToAccused(request, &disclosure));
  ACCORD_ASSIGN_OR_RETURN(const std::string of_accused,
                          DisclosureDayToldOnce("told_of_accused_on", disclosure.told_of_accused_on(),
                                                request.told_of_accused_on(), call.now()));
  if (!of_accused.empty() && ordered.empty()) {
    return RefuseFields({{"told_of_accused_on", "is for an order to show the records to the accused"}});
  }
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("ordered_to_accused_on", ordered, "told_of_accused_on", of_accused));
  disclosure.set_survivor_told_on(told);
  disclosure.set_counsel_offered_on(offered);
  disclosure.set_ordered_to_accused_on(ordered);
  disclosure.set_told_of_accused_on(of_accused);
  ACCORD_RETURN_IF_ERROR(
      disclosures_.Update(tx, &disclosure, request.etag(), write, DisclosurePlacement(disclosure)));
  return disclosure;
}

}  // namespace accord::supports
