#include "services/protocols/vocabulary/vocabulary_service.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/records/row_pages.h"

namespace accord::protocols {

void VocabularyService::Register(host::Handlers* handlers) {
  using S = VocabularyService;
  handlers->Bind("accord.protocols.v1.VocabularyService", this, &S::ListGrounds, &S::ListTerritories);
}

absl::StatusOr<v1::ListGroundsResponse> VocabularyService::ListGrounds(
    host::Call&, const v1::ListGroundsRequest& request) {
  // The field's rule lets pass only a day that exists, or an empty text.
  const std::optional<absl::CivilDay> day = ParseDay(request.day());
  ACCORD_ASSIGN_OR_RETURN(
      auto page, storage::PageOfRows(*tokens_, absl::StrCat("grounds|", request.day()), rules_->Grounds(day),
                                     request.page_size(), request.page_token()));
  v1::ListGroundsResponse response;
  for (v1::Ground& ground : page.rows) *response.add_grounds() = std::move(ground);
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::ListTerritoriesResponse> VocabularyService::ListTerritories(
    host::Call&, const v1::ListTerritoriesRequest& request) {
  // The field's rule lets pass only a day that exists, or an empty text.
  const std::optional<absl::CivilDay> day = ParseDay(request.as_of());
  ACCORD_ASSIGN_OR_RETURN(
      auto page,
      storage::PageOfRows(
          *tokens_, absl::StrCat("territories|", request.agency(), "|", request.as_of()),
          day ? territories_->ServedOn(request.agency(), *day) : territories_->ServedBy(request.agency()),
          request.page_size(), request.page_token()));
  v1::ListTerritoriesResponse response;
  for (v1::Territory& territory : page.rows) *response.add_territories() = std::move(territory);
  response.set_next_page_token(page.next_page_token);
  return response;
}

}  // namespace accord::protocols
