#include "services/supports/positions/worker_position_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/folded.h"
#include "common/base/ids.h"
#include "common/base/name_key.h"
#include "services/supports/days.h"
#include "services/supports/lifecycles.h"
#include "services/supports/place_check.h"
#include "services/supports/positions/site_store.h"

namespace accord::supports {
namespace {

using v1::WorkerPosition;

storage::Placement PositionPlacement(const WorkerPosition& position) {
  storage::Placement placement;
  placement.owner = OwnerOf(position.name());
  placement.state = ShortName(v1::WorkerPositionState_descriptor(), position.state());
  // The record names no survivor, and the access rules say who may read it.
  placement.parties = {std::string(storage::kEverybody)};
  return placement;
}

void AddPositionChange(WorkerPosition* position, v1::WorkerPositionState state, const std::string& on) {
  position->set_state(state);
  auto* change = position->add_changes();
  change->set_state(state);
  change->set_on(on);
}

// This gives the key of a site, which is the same however the site is written.
std::string PositionSiteKey(const WorkerPosition& position) {
  std::string key = NameKey(position.site());
  return key.empty() ? Folded(position.site()) : key;
}

// This tells whether somebody holds the position on this day or later. A person who leaves on a day makes
// room on that day.
bool IsPositionHeldFrom(const WorkerPosition& position, const std::string& day) {
  bool hired = false;
  for (const auto& change : position.changes()) {
    if (hired && day < change.on()) return true;
    hired = change.state() == v1::WORKER_POSITION_STATE_HIRED;
  }
  return hired;
}

// This gives the position with only the steps until this day.
WorkerPosition PositionUntilDay(WorkerPosition position, const std::string& day) {
  WorkerPosition then = position;
  then.clear_state();
  then.clear_changes();
  for (const auto& change : position.changes()) {
    if (day < change.on()) break;
    then.set_state(change.state());
    *then.add_changes() = change;
  }
  return then;
}

}  // namespace

void WorkerPositionService::Register(host::Handlers* handlers) {
  using S = WorkerPositionService;
  handlers->Bind("accord.supports.v1.WorkerPositionService", this, &S::Create, &S::Get, &S::List,
                 &S::Advance);
}

WorkerPositionService::Result WorkerPositionService::Create(host::Call& call, Tx& tx,
                                                            const storage::Write& write,
                                                            const v1::CreateWorkerPositionRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  WorkerPosition position = request.worker_position();
  ACCORD_RETURN_IF_ERROR(
      CheckDayNotInFuture("worker_position.announced_on", position.announced_on(), call.now()));
  position.set_name(absl::StrCat(request.parent(), "/workerPositions/", NewId(call.now())));
  AddPositionChange(&position, v1::WORKER_POSITION_STATE_TO_BE_HIRED, position.announced_on());
  ACCORD_RETURN_IF_ERROR(positions_.Insert(tx, &position, write, PositionPlacement(position)));
  return position;
}

WorkerPositionService::Result WorkerPositionService::Get(host::Call& call, Tx& tx,
                                                         const v1::GetWorkerPositionRequest& request) {
  WorkerPosition position;
  ACCORD_RETURN_IF_ERROR(positions_.Get(tx, request.name(), call.caller().agency, &position));
  return position;
}

absl::StatusOr<v1::ListWorkerPositionsResponse> WorkerPositionService::List(
    host::Call& call, Tx& tx, const v1::ListWorkerPositionsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  ACCORD_ASSIGN_OR_RETURN(
      auto response,
      positions_.ListInto(tx, query, &v1::ListWorkerPositionsResponse::mutable_worker_positions));
  if (request.as_of().empty()) return response;
  for (WorkerPosition& each : *response.mutable_worker_positions()) {
    each = PositionUntilDay(std::move(each), request.as_of());
  }
  return response;
}

absl::Status WorkerPositionService::TakePositionSite(const Caller& caller, Tx& tx,
                                                     const WorkerPosition& position, const std::string& on) {
  const std::string site = PositionSiteKey(position);
  ACCORD_ASSIGN_OR_RETURN(
      bool free,
      TakeSite(tx, ShortName(v1::SupportProgram_descriptor(), position.program()), site, position.name()));
  if (free) {
    // Somebody who has left since may have held a position at the site then, or the site may be stored in
    // another spelling.
    const storage::ListQuery all{caller.agency, {}, 1000, "", ""};
    ACCORD_ASSIGN_OR_RETURN(const auto known, positions_.ListEvery<WorkerPosition>(tx, all));
    free = std::none_of(known.begin(), known.end(), [&](const WorkerPosition& each) {
      return each.name() != position.name() && each.program() == position.program() &&
             PositionSiteKey(each) == site && IsPositionHeldFrom(each, on);
    });
  }
  if (free) return absl::OkStatus();
  return Refuse(rules::kSiteTaken,
                "Another position of the program has somebody at this site on that day or later.");
}

WorkerPositionService::Result WorkerPositionService::Advance(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::AdvanceWorkerPositionRequest& request) {
  WorkerPosition position;
  ACCORD_RETURN_IF_ERROR(positions_.Get(tx, request.name(), call.caller().agency, &position));
  ACCORD_ASSIGN_OR_RETURN(const int next, WorkerPositionLifecycle().Next(position.state(), request.event()));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture("on", request.on(), call.now()));
  const std::string last = position.changes().empty() ? "" : position.changes().rbegin()->on();
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("the last step", last, "on", request.on()));
  if (next == v1::WORKER_POSITION_STATE_ENDED && request.reason().empty()) {
    return RefuseFields({{"reason", "is required to end a position"}});
  }
  if (next == v1::WORKER_POSITION_STATE_HIRED) {
    ACCORD_RETURN_IF_ERROR(TakePositionSite(call.caller(), tx, position, request.on()));
  } else {
    ACCORD_RETURN_IF_ERROR(LeaveSite(tx, position.name()));
  }
  AddPositionChange(&position, static_cast<v1::WorkerPositionState>(next), request.on());
  if (next == v1::WORKER_POSITION_STATE_ENDED) {
    position.mutable_changes()->rbegin()->set_reason(request.reason());
  }
  ACCORD_RETURN_IF_ERROR(
      positions_.Update(tx, &position, request.etag(), write, PositionPlacement(position)));
  return position;
}

}  // namespace accord::supports
