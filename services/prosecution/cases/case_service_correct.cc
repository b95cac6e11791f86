// This is the handler of CaseService by which a wrong number of an information is corrected.
#include <utility>

#include "common/base/error.h"
#include "services/prosecution/cases/case_service.h"
#include "services/prosecution/cases/corrections.h"
#include "services/prosecution/cases/information_store.h"

namespace accord::prosecution {

CaseService::Result CaseService::Correct(host::Call& call, Tx& tx, const storage::Write& write,
                                         const v1::CorrectCaseRequest& request) {
  v1::Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), item));
  ACCORD_RETURN_IF_ERROR(CheckMayCorrect(item.corrections_size()));
  if (item.information_number() == request.information_number()) {
    return Refuse(rules::kAlreadyRecorded, "The case has this information number.");
  }
  ACCORD_RETURN_IF_ERROR(
      ReleaseInformation(tx, {item.police_service(), item.information_number()}, item.name()));
  item.set_information_number(request.information_number());
  ACCORD_RETURN_IF_ERROR(TakeInformation(
      tx, {item.police_service(), item.information_number()}, item.name(), [&](const std::string& other) {
        v1::Case known;
        return ReadCase(*rules_, call.caller(), tx, &cases_, other, &known);
      }));
  v1::Correction correction = NewCorrection(call.caller(), call.now(), request.reason());
  correction.add_fields("information_number");
  *item.add_corrections() = std::move(correction);
  WithholdUnreadable(*rules_, item, &call);
  return Keep(call, tx, write, request.etag(), std::move(item));
}

}  // namespace accord::prosecution
