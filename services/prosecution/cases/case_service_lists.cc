// These are the handlers of CaseService that list cases and their statuses.
#include <iterator>

#include "common/access/sensitive.h"
#include "common/base/error.h"
#include "services/prosecution/cases/case_service.h"
#include "services/prosecution/cases/next_court_day.h"
#include "services/prosecution/cases/seats.h"

namespace accord::prosecution {
absl::StatusOr<v1::ListCasesResponse> CaseService::List(host::Call& call, Tx& tx,
                                                        const v1::ListCasesRequest& request) {
  const std::vector<std::string> seats = CaseSeatsOf(*rules_, call.caller());
  storage::ListQuery query = storage::QueryOf(seats.front(), request);
  query.also.assign(std::next(seats.begin()), seats.end());
  ACCORD_ASSIGN_OR_RETURN(auto page, cases_.List<v1::Case>(tx, query));
  v1::ListCasesResponse response;
  for (v1::Case& item : page.items) {
    // A caller who has lost a role or an assignment reads no more, even if the index still has the row.
    if (!ReadsCase(*rules_, call.caller(), item)) continue;
    if (ReadsDatesAlone(*rules_, call.caller(), item)) MaskSensitive(&item, {});
    *response.add_cases() = std::move(item);
  }
  response.set_next_page_token(page.next_page_token);
  // A whole page does not look up who acts in which case, so victims are named only when one case is read.
  call.Withhold(annotations::v1::SENSITIVE_CLASS_VICTIM_IDENTITY);
  return response;
}

absl::StatusOr<v1::ListCaseStatusesResponse> CaseService::ListStatuses(
    host::Call& call, Tx& tx, const v1::ListCaseStatusesRequest& request) {
  const storage::ListQuery query =
      storage::QueryOf(ViewerInCapacity(call.caller().agency, "police"), request);
  ACCORD_ASSIGN_OR_RETURN(auto page, accused_.List<v1::Accused>(tx, query));
  v1::ListCaseStatusesResponse response;
  for (const auto& accused : page.items) {
    v1::Case item;
    ACCORD_RETURN_IF_ERROR(
        cases_.GetAny(tx, accused.name().substr(0, accused.name().rfind("/accused/")), &item));
    auto* status = response.add_case_statuses();
    // The answer holds no accused, but the Crown's office hears who read of one.
    call.Disclose(accused.name());
    status->set_accused(accused.name());
    status->set_information_number(item.information_number());
    status->set_stage(accused.stage());
    status->set_next_on(NextCourtDay(accused));
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

}  // namespace accord::prosecution
