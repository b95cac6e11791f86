// The board lists accused, ordered by ceiling. This file says who is on it, and what a caller reads of it.
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/access/names.h"
#include "common/access/sensitive.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/records/schedule.h"
#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/accused/ceiling_alerts.h"
#include "services/prosecution/board_store.h"
#include "services/prosecution/cases/seats.h"

namespace accord::prosecution {
namespace {

using v1::Accused;

}  // namespace

absl::Status AccusedService::UpdateBoardAndSchedule(Tx& tx, const Accused& accused, absl::Time now) {
  const absl::CivilDay today = OntarioDay(now);
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(cases_.GetAny(tx, CaseOf(accused.name()), &of));
  const BoardRow row{BoardSeats(*rules_, of), accused.court_region(),
                     ShortName(v1::Stage_descriptor(), accused.stage()),
                     ClockOf(*rules_, accused, today).conservative().ceiling(), accused.name()};
  ACCORD_RETURN_IF_ERROR(PutOnBoard(tx, row, accused.stage() != v1::STAGE_CONCLUDED));
  ACCORD_RETURN_IF_ERROR(LetCoordinatorFollow(tx, *rules_, "accused", accused.name()));
  std::optional<absl::Time> at;
  if (const auto next = NextCeilingAlert(*rules_, accused, today); next && accused.team_flag()) {
    at = EndOfDay(*next - 1);
  }
  return storage::Schedule(tx, "accused", accused.name(), at);
}

absl::Status AccusedService::Place(Tx& tx, const std::string& name, absl::Time now) {
  Accused accused;
  const absl::Status found = accused_.GetAny(tx, name, &accused);
  if (absl::IsNotFound(found)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(found);
  return UpdateBoardAndSchedule(tx, accused, now);
}

absl::StatusOr<bool> AccusedService::CeilingMoved(Tx& tx, const Accused& accused,
                                                  const v1::JordanClock& clock) {
  ACCORD_ASSIGN_OR_RETURN(const std::string shown, CeilingOnBoard(tx, accused.name()));
  return !shown.empty() && shown != clock.conservative().ceiling();
}

absl::StatusOr<v1::ListBoardResponse> AccusedService::ListBoard(host::Call& call, Tx& tx,
                                                                const v1::ListBoardRequest& request) {
  const std::string stage =
      request.stage() == v1::STAGE_UNSPECIFIED ? "" : ShortName(v1::Stage_descriptor(), request.stage());
  const std::string scope = absl::StrCat("board/", call.caller().agency, "/", call.caller().actor, "/",
                                         request.court_region(), "/", stage);
  BoardQuery query{SeatsOf(*rules_, call.caller()), request.court_region(), stage};
  ACCORD_ASSIGN_OR_RETURN(query.limit, storage::PageSize(request.page_size()));
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string position, tokens_->Open(scope, request.page_token()));
    const std::pair<std::string, std::string> after = absl::StrSplit(position, absl::MaxSplits('|', 1));
    query.after_ceiling = after.first;
    query.after_name = after.second;
  }
  const int size = query.limit++;
  v1::ListBoardResponse response;
  storage::PageBytes bytes;
  BoardEntry last;
  const auto more = [&](const BoardEntry& entry) -> absl::StatusOr<bool> {
    Accused accused;
    v1::Case of;
    ACCORD_RETURN_IF_ERROR(accused_.GetAny(tx, entry.name, &accused));
    ACCORD_RETURN_IF_ERROR(AddComputed(tx, call.now(), &accused, &of));
    // A caller who has lost a role or an assignment reads no more, even if the board still has the row.
    if (!ReadsCase(*rules_, call.caller(), of)) return true;
    if (ReadsDatesAlone(*rules_, call.caller(), of)) MaskSensitive(&accused, {});
    if (response.accused_size() == size || !bytes.Take(accused.ByteSizeLong())) {
      response.set_next_page_token(tokens_->Seal(scope, absl::StrCat(last.ceiling, "|", last.name)));
      return false;
    }
    *response.add_accused() = std::move(accused);
    last = entry;
    return true;
  };
  ACCORD_RETURN_IF_ERROR(EachOnBoard(tx, query, more));
  // A whole page does not look up who acts in which case, so victims are named only when one case is read.
  call.Withhold(annotations::v1::SENSITIVE_CLASS_VICTIM_IDENTITY);
  return response;
}

}  // namespace accord::prosecution
