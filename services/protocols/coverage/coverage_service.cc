#include "services/protocols/coverage/coverage_service.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/records/resources.h"

namespace accord::protocols {
namespace {

v1::CoverageState CoverageStateOf(const Coverage& protocol, absl::CivilDay today) {
  switch (protocol.state) {
    case v1::PROTOCOL_STATE_IN_FORCE:
    case v1::PROTOCOL_STATE_UNDER_REVIEW: {
      const auto due = ParseDay(protocol.review_due);
      return due && *due < today ? v1::COVERAGE_STATE_REVIEW_OVERDUE : v1::COVERAGE_STATE_IN_FORCE;
    }
    case v1::PROTOCOL_STATE_TERMINATED:
    case v1::PROTOCOL_STATE_EXPIRED:
      return v1::COVERAGE_STATE_LAPSED;
    case v1::PROTOCOL_STATE_WITHDRAWN:
    case v1::PROTOCOL_STATE_SUPERSEDED:
      return v1::COVERAGE_STATE_NONE;
    default:
      return v1::COVERAGE_STATE_IN_NEGOTIATION;
  }
}

// If there are several protocols, the one whose state has the larger weight is shown.
int WeightOf(v1::CoverageState state) {
  switch (state) {
    case v1::COVERAGE_STATE_IN_FORCE:
      return 4;
    case v1::COVERAGE_STATE_REVIEW_OVERDUE:
      return 3;
    case v1::COVERAGE_STATE_IN_NEGOTIATION:
      return 2;
    case v1::COVERAGE_STATE_LAPSED:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

v1::CoverageState CellState(const std::vector<Coverage>& protocols, absl::CivilDay today) {
  v1::CoverageState best = v1::COVERAGE_STATE_NONE;
  for (const Coverage& protocol : protocols) {
    const v1::CoverageState state = CoverageStateOf(protocol, today);
    if (WeightOf(state) > WeightOf(best)) best = state;
  }
  return best;
}

void CoverageService::Register(host::Handlers* handlers) {
  handlers->Bind("accord.protocols.v1.CoverageService", this, &CoverageService::List);
}

absl::StatusOr<v1::ListCoverageCellsResponse> CoverageService::List(
    host::Call& call, storage::Transaction& tx, const v1::ListCoverageCellsRequest& request) {
  const absl::CivilDay today = OntarioDay(call.now());
  const absl::CivilDay day = ParseDay(request.as_of()).value_or(today);
  if (day != today && request.state() != v1::COVERAGE_STATE_UNSPECIFIED) {
    return RefuseFields({{"state", "is of today, and is not given together with another day"}});
  }
  std::map<Territories::Pair, std::vector<std::string>> pairs = territories_->PairsOn(day);
  std::map<Territories::Pair, std::vector<Coverage>> by_pair;
  if (day == today) {
    ACCORD_ASSIGN_OR_RETURN(const auto all, AllCoverage(tx));
    for (const Coverage& coverage : all) by_pair[{coverage.society, coverage.police}].push_back(coverage);
    // Pairs that have a protocol share a territory, whether or not the territory data knows it.
    for (const auto& [pair, protocols] : by_pair) pairs.try_emplace(pair);
  }

  v1::ListCoverageCellsResponse response;
  ACCORD_ASSIGN_OR_RETURN(const int limit, storage::PageSize(request.page_size()));
  for (const auto& [pair, codes] : pairs) {
    const std::string name = absl::StrCat("coverageCells/", pair.first, ".", pair.second);
    // Everybody reads the whole matrix, so a name is sufficient as a page token.
    if (name <= request.page_token()) continue;
    const v1::CoverageState state =
        day == today ? CellState(by_pair[pair], today) : v1::COVERAGE_STATE_UNSPECIFIED;
    if (request.state() != v1::COVERAGE_STATE_UNSPECIFIED && request.state() != state) continue;
    if (response.coverage_cells_size() == limit) {
      response.set_next_page_token(response.coverage_cells().rbegin()->name());
      break;
    }
    auto* cell = response.add_coverage_cells();
    cell->set_name(name);
    cell->set_society(pair.first);
    cell->set_police_service(pair.second);
    *cell->mutable_territory() = {codes.begin(), codes.end()};
    cell->set_state(state);
    for (const std::string& agency : territories_->UncertainOn(pair, day)) cell->add_uncertain(agency);
  }
  for (const auto& agency : territories_->UnknownOn(day)) response.add_territory_unknown(agency);
  return response;
}

}  // namespace accord::protocols
