#include "services/intelligence/vocabulary/vocabulary_service.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/storage/records/row_pages.h"

namespace accord::intelligence {

void VocabularyService::Register(host::Handlers* handlers) {
  using S = VocabularyService;
  handlers->Bind("accord.intelligence.v1.VocabularyService", this, &S::ListPredicateOffences,
                 &S::ListFoundingPositions);
}

absl::StatusOr<v1::ListPredicateOffencesResponse> VocabularyService::ListPredicateOffences(
    host::Call&, const v1::ListPredicateOffencesRequest& request) {
  std::vector<v1::PredicateOffence> all;
  for (const std::string& section : rules_->predicate_offences()) all.emplace_back().set_section(section);
  ACCORD_ASSIGN_OR_RETURN(auto page, storage::PageOfRows(*tokens_, "predicate_offences", std::move(all),
                                                         request.page_size(), request.page_token()));
  v1::ListPredicateOffencesResponse response;
  for (v1::PredicateOffence& offence : page.rows) *response.add_predicate_offences() = std::move(offence);
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::ListFoundingPositionsResponse> VocabularyService::ListFoundingPositions(
    host::Call&, const v1::ListFoundingPositionsRequest& request) {
  std::vector<v1::PositionSeed> all(rules_->positions().begin(), rules_->positions().end());
  ACCORD_ASSIGN_OR_RETURN(auto page, storage::PageOfRows(*tokens_, "founding_positions", std::move(all),
                                                         request.page_size(), request.page_token()));
  v1::ListFoundingPositionsResponse response;
  for (v1::PositionSeed& position : page.rows) *response.add_founding_positions() = std::move(position);
  response.set_next_page_token(page.next_page_token);
  return response;
}

}  // namespace accord::intelligence
