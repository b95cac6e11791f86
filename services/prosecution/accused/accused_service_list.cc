// The accused of one case, whatever became of them: the board has those alone who are not concluded.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/prosecution/accused/accused_service.h"

namespace accord::prosecution {

absl::StatusOr<v1::ListAccusedResponse> AccusedService::List(host::Call& call, Tx& tx,
                                                             const v1::ListAccusedRequest& request) {
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.case_(), &of));
  // Whoever reads a case reads all of its accused, whom the office of the case sees whoever has the case now.
  const storage::ListQuery query{OwnerOf(of.name()),
                                 {},
                                 request.page_size(),
                                 request.page_token(),
                                 absl::StrCat(of.name(), "/accused/")};
  ACCORD_ASSIGN_OR_RETURN(auto page, accused_.List<v1::Accused>(tx, query));
  v1::ListAccusedResponse response;
  for (v1::Accused& accused : page.items) {
    v1::Case shown;
    ACCORD_RETURN_IF_ERROR(Show(tx, call.now(), &accused, &shown));
    *response.add_accused() = std::move(accused);
  }
  response.set_next_page_token(page.next_page_token);
  Withhold(*rules_, of, &call);
  return response;
}

}  // namespace accord::prosecution
