#include "services/prosecution/vocabulary/vocabulary_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/storage/records/row_pages.h"
#include "services/prosecution/vocabulary/stage_events.h"

namespace accord::prosecution {

void VocabularyService::Register(host::Handlers* handlers) {
  using S = VocabularyService;
  handlers->Bind("accord.prosecution.v1.VocabularyService", this, &S::ListCourtRegions,
                 &S::ListRecognizanceRules, &S::ListStageEvents);
}

absl::StatusOr<v1::ListCourtRegionsResponse> VocabularyService::ListCourtRegions(
    host::Call&, const v1::ListCourtRegionsRequest& request) {
  const auto& regions = rules_->set().court_regions();
  std::vector<v1::CourtRegion> all(regions.begin(), regions.end());
  ACCORD_ASSIGN_OR_RETURN(auto page, storage::PageOfRows(*tokens_, "court_regions", std::move(all),
                                                         request.page_size(), request.page_token()));
  v1::ListCourtRegionsResponse response;
  for (v1::CourtRegion& region : page.rows) *response.add_court_regions() = std::move(region);
  response.set_next_page_token(page.next_page_token);
  response.set_note(rules_->set().court_regions_note());
  return response;
}

absl::StatusOr<v1::ListRecognizanceRulesResponse> VocabularyService::ListRecognizanceRules(
    host::Call&, const v1::ListRecognizanceRulesRequest& request) {
  const auto& bonds = rules_->set().recognizances();
  std::vector<v1::RecognizanceRule> all(bonds.begin(), bonds.end());
  ACCORD_ASSIGN_OR_RETURN(auto page, storage::PageOfRows(*tokens_, "recognizance_rules", std::move(all),
                                                         request.page_size(), request.page_token()));
  v1::ListRecognizanceRulesResponse response;
  for (v1::RecognizanceRule& bond : page.rows) *response.add_recognizance_rules() = std::move(bond);
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::ListStageEventsResponse> VocabularyService::ListStageEvents(
    host::Call&, const v1::ListStageEventsRequest& request) {
  const int stage = request.stage();
  std::vector<v1::StageEvent> all;
  for (const v1::StageEvent& each : StageEvents()) {
    const bool permitted = stage == v1::STAGE_UNSPECIFIED ||
                           std::find(each.from().begin(), each.from().end(), stage) != each.from().end();
    if (permitted) all.push_back(each);
  }
  ACCORD_ASSIGN_OR_RETURN(auto page,
                          storage::PageOfRows(*tokens_, absl::StrCat("stage_events|", stage), std::move(all),
                                              request.page_size(), request.page_token()));
  v1::ListStageEventsResponse response;
  for (v1::StageEvent& event : page.rows) *response.add_stage_events() = std::move(event);
  response.set_next_page_token(page.next_page_token);
  return response;
}

}  // namespace accord::prosecution
