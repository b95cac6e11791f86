#include "services/intelligence/network/position_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/intelligence/contains.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/network/portfolio_store.h"

namespace accord::intelligence {
namespace {

using v1::Position;

storage::Placement PlacementOf(const Position& position) {
  return {OwnerOf(position.name()),
          ShortName(v1::PositionState_descriptor(), position.state()),
          {std::string(storage::kEverybody)},
          {}};
}

void NotePositionChange(const std::string& day, const std::string& incumbent, const std::string& home,
                        Position* position) {
  auto* change = position->add_changes();
  change->set_state(position->state());
  change->set_on(day);
  change->set_incumbent(incumbent);
  change->set_home_agency(home);
}

}  // namespace

void PositionService::Register(host::Handlers* handlers) {
  using S = PositionService;
  handlers->Bind("accord.intelligence.v1.PositionService", this, &S::Establish, &S::Advance,
                 &S::AssignPortfolio, &S::Get, &S::List, &S::Coverage);
}

PositionService::Result PositionService::Establish(host::Call& call, Tx& tx, const storage::Write& write,
                                                   const v1::EstablishPositionRequest& request) {
  if (call.caller().agency != rules_->bureau()) {
    return NotFound();
  }
  const auto seed = std::find_if(rules_->positions().begin(), rules_->positions().end(),
                                 [&](const auto& each) { return each.id() == request.position_id(); });
  if (seed == rules_->positions().end()) {
    return Refuse(rules::kPositionUnknown, "The bureau has the positions of the rule set.");
  }
  Position position;
  position.set_name(absl::StrCat(request.parent(), "/positions/", seed->id()));
  position.set_title(seed->title());
  position.set_state(v1::POSITION_STATE_APPROVED);
  NotePositionChange(FormatDay(OntarioDay(call.now())), "", "", &position);
  ACCORD_RETURN_IF_ERROR(positions_.Insert(tx, &position, write, PlacementOf(position)));
  return position;
}

absl::Status PositionService::AddPortfolio(Tx& tx, Position* position) {
  ACCORD_ASSIGN_OR_RETURN(const auto portfolio, Portfolio(tx));
  position->clear_portfolio();
  for (const auto& [service, covering] : portfolio) {
    if (covering == position->name()) position->add_portfolio(service);
  }
  return absl::OkStatus();
}

PositionService::Result PositionService::Advance(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::AdvancePositionRequest& request) {
  Position position;
  ACCORD_RETURN_IF_ERROR(positions_.Get(tx, request.name(), call.caller().agency, &position));
  ACCORD_ASSIGN_OR_RETURN(const int next, PositionLifecycle().Next(position.state(), request.event()));
  position.set_state(static_cast<v1::PositionState>(next));
  if ((position.state() == v1::POSITION_STATE_FILLED) == request.incumbent().empty()) {
    return RefuseFields({{"incumbent", "is named when a position is filled, and then only"}});
  }
  NotePositionChange(FormatDay(OntarioDay(call.now())), request.incumbent(), request.home_agency(),
                     &position);
  ACCORD_RETURN_IF_ERROR(positions_.Update(tx, &position, request.etag(), write, PlacementOf(position)));
  ACCORD_RETURN_IF_ERROR(AddPortfolio(tx, &position));
  return position;
}

PositionService::Result PositionService::AssignPortfolio(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::AssignPositionPortfolioRequest& request) {
  Position position;
  ACCORD_RETURN_IF_ERROR(positions_.Get(tx, request.name(), call.caller().agency, &position));
  ACCORD_RETURN_IF_ERROR(PortfolioLifecycle().Next(position.state(), "cover").status());
  for (const auto& service : request.police_services()) {
    if (!Contains(rules_->police_services(), service)) {
      return Refuse(rules::kPoliceServiceUnknown, "Name police services of the rule set.");
    }
    ACCORD_RETURN_IF_ERROR(KeepPortfolio(tx, service, position.name()));
  }
  ACCORD_RETURN_IF_ERROR(positions_.Update(tx, &position, request.etag(), write, PlacementOf(position)));
  ACCORD_RETURN_IF_ERROR(AddPortfolio(tx, &position));
  return position;
}

PositionService::Result PositionService::Get(host::Call& call, Tx& tx,
                                             const v1::GetPositionRequest& request) {
  Position position;
  ACCORD_RETURN_IF_ERROR(positions_.Get(tx, request.name(), call.caller().agency, &position));
  ACCORD_RETURN_IF_ERROR(AddPortfolio(tx, &position));
  return position;
}

absl::StatusOr<v1::ListPositionsResponse> PositionService::List(host::Call& call, Tx& tx,
                                                                const v1::ListPositionsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  ACCORD_ASSIGN_OR_RETURN(auto page, positions_.List<Position>(tx, query));
  v1::ListPositionsResponse response;
  for (auto& position : page.items) {
    ACCORD_RETURN_IF_ERROR(AddPortfolio(tx, &position));
    *response.add_positions() = std::move(position);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::GetPortfolioCoverageResponse> PositionService::Coverage(
    host::Call&, Tx& tx, const v1::GetPortfolioCoverageRequest&) {
  ACCORD_ASSIGN_OR_RETURN(const auto portfolio, Portfolio(tx));
  v1::GetPortfolioCoverageResponse response;
  int uncovered = 0;
  for (const auto& service : rules_->police_services()) {
    auto* entry = response.add_portfolio_entries();
    entry->set_police_service(service);
    if (const auto covering = portfolio.find(service); covering != portfolio.end()) {
      entry->set_position(covering->second);
    }
    uncovered += entry->position().empty();
  }
  response.set_uncovered(uncovered);
  return response;
}

}  // namespace accord::intelligence
