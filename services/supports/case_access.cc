#include "services/supports/case_access.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::supports {
namespace {

// This gives the viewer (storage::Placement) for one worker of an agency.
std::string CaseWorkerViewer(const std::string& agency, const std::string& worker) {
  return absl::StrCat("#worker/", agency, "/", worker);
}
std::string CaseOverseersViewer(const std::string& agency) { return absl::StrCat("#overseers/", agency); }

}  // namespace

std::string SupportCaseOf(const std::string& name) {
  // The name of a record below a case ends in the collection and the id of the record.
  return name.substr(0, name.rfind('/', name.rfind('/') - 1));
}

bool IsCaseWorker(const Caller& caller, const v1::SupportCase& item) {
  return OwnerOf(item.name()) == caller.agency &&
         std::find(item.workers().begin(), item.workers().end(), caller.actor) != item.workers().end();
}

bool IsCaseOverseer(const Caller& caller) {
  return caller.Has(annotations::v1::ROLE_VS_MANAGER) || caller.Has(annotations::v1::ROLE_PRIVACY_OFFICER);
}

std::string CaseWorkerViewerOf(const Caller& caller) { return CaseWorkerViewer(caller.agency, caller.actor); }

std::string CaseViewerOf(const Caller& caller) {
  return IsCaseOverseer(caller) ? CaseOverseersViewer(caller.agency) : CaseWorkerViewerOf(caller);
}

storage::Placement CasePlacement(const v1::SupportCase& item) {
  storage::Placement placement;
  placement.owner = OwnerOf(item.name());
  placement.state = ShortName(v1::SupportCaseState_descriptor(), item.state());
  // The agency sees that the case exists, so that a repeated request can be checked against what its caller
  // reads now. The handlers check who works in the case.
  placement.parties = {placement.owner, CaseOverseersViewer(placement.owner)};
  for (const auto& worker : item.workers())
    placement.parties.push_back(CaseWorkerViewer(placement.owner, worker));
  return placement;
}

absl::Status ReadCase(const Caller& caller, storage::Transaction& tx, storage::Resources* cases,
                      const std::string& name, v1::SupportCase* out) {
  v1::SupportCase found;
  ACCORD_RETURN_IF_ERROR(cases->GetAny(tx, name, &found));
  const bool oversees = OwnerOf(name) == caller.agency && IsCaseOverseer(caller);
  if (!oversees && !IsCaseWorker(caller, found)) return NotFound();
  *out = std::move(found);
  return absl::OkStatus();
}

absl::Status ReadCaseAsWorker(const Caller& caller, storage::Transaction& tx, storage::Resources* cases,
                              const std::string& name, v1::SupportCase* out) {
  v1::SupportCase found;
  ACCORD_RETURN_IF_ERROR(cases->GetAny(tx, name, &found));
  if (!IsCaseWorker(caller, found)) return NotFound();
  *out = std::move(found);
  return absl::OkStatus();
}

void WithholdAllOfCase(host::Call* call) {
  for (int each = 1; annotations::v1::SensitiveClass_IsValid(each); ++each) {
    call->Withhold(static_cast<annotations::v1::SensitiveClass>(each));
  }
}

void WithholdCaseFromOthers(const v1::SupportCase& item, host::Call* call) {
  if (!IsCaseWorker(call->caller(), item)) WithholdAllOfCase(call);
}

}  // namespace accord::supports
