#include "services/prosecution/cases/case_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/opaque_reference.h"
#include "services/prosecution/cases/case_victims.h"
#include "services/prosecution/cases/information_store.h"
#include "services/prosecution/cases/seats.h"

namespace accord::prosecution {
namespace {

using v1::Case;

storage::Placement PlacementOf(const Rules& rules, const Case& item) {
  storage::Placement placement;
  placement.owner = OwnerOf(item.name());
  placement.parties = CrownOfficesOf(rules, item.name(), item.team_flag());
  for (std::string& seat : CaseSeats(rules, item)) placement.parties.push_back(std::move(seat));
  placement.fields["region"] = item.court_region();
  return placement;
}

}  // namespace

void CaseService::Register(host::Handlers* handlers) {
  using S = CaseService;
  handlers->Bind("accord.prosecution.v1.CaseService", this, &S::Establishment, &S::Create, &S::Get, &S::List,
                 &S::Correct, &S::Assign, &S::Replace, &S::DeclareConflict, &S::RecordBan, &S::RecordAid,
                 &S::RecordRecords, &S::ListStatuses, &S::Count);
}

absl::StatusOr<v1::Establishment> CaseService::Establishment(host::Call&, Tx&,
                                                             const v1::GetEstablishmentRequest&) {
  return rules_->set().establishment();
}

CaseService::Result CaseService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::CreateCaseRequest& request) {
  Case item = request.case_();
  ACCORD_RETURN_IF_ERROR(rules_->CheckRegion(item.court_region(), call.caller().agency));
  if (item.victims().empty() && item.team_flag()) {
    return RefuseFields({{"case.victims", "a trafficking prosecution names at least one victim"}});
  }
  item.set_name(absl::StrCat(request.parent(), "/cases/", NewId(call.now())));
  item.set_opened_by(call.caller().actor);
  for (int i = 0; i < item.victims_size(); ++i) {
    ACCORD_RETURN_IF_ERROR(
        CheckOpaqueReference("case.victims.ref", item.victims(i).ref(), OntarioDay(call.now())));
    item.mutable_victims(i)->set_id(absl::StrCat("v", i + 1));
    if (item.victims(i).under_18()) item.mutable_victims(i)->set_vulnerable(true);
  }
  for (auto& task : OpenVictimTasks(*rules_, item, OntarioDay(call.now())))
    item.add_open_tasks(std::move(task));
  ACCORD_RETURN_IF_ERROR(TakeInformation(
      tx, {item.police_service(), item.information_number()}, item.name(), [&](const std::string& other) {
        v1::Case known;
        return ReadCase(*rules_, call.caller(), tx, &cases_, other, &known);
      }));
  ACCORD_RETURN_IF_ERROR(cases_.Insert(tx, &item, write, PlacementOf(*rules_, item)));
  ACCORD_RETURN_IF_ERROR(LetCoordinatorFollow(tx, *rules_, "case", item.name()));
  return item;
}

CaseService::Result CaseService::Get(host::Call& call, Tx& tx, const v1::GetCaseRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  WithholdUnreadable(*rules_, item, &call);
  return item;
}

absl::Status CaseService::Place(Tx& tx, const std::string& name) {
  Case item;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, name, &item));
  return cases_.PlaceAgain(tx, item, PlacementOf(*rules_, item));
}

CaseService::Result CaseService::Keep(host::Call& call, Tx& tx, const storage::Write& write,
                                      const std::string& etag, Case item) {
  item.clear_open_tasks();
  for (auto& task : OpenVictimTasks(*rules_, item, OntarioDay(call.now())))
    item.add_open_tasks(std::move(task));
  ACCORD_RETURN_IF_ERROR(cases_.Update(tx, &item, etag, write, PlacementOf(*rules_, item)));
  ACCORD_RETURN_IF_ERROR(LetCoordinatorFollow(tx, *rules_, "case", item.name()));
  return item;
}

}  // namespace accord::prosecution
