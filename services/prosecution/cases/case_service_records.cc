// These are the handlers of CaseService that record what is done for a victim before the court: publication
// bans, aids to testify and applications for private records.
#include <utility>

#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/prosecution/cases/case_service.h"
#include "services/prosecution/cases/case_victims.h"
#include "services/prosecution/cases/event_days.h"
#include "services/prosecution/lifecycles.h"

namespace accord::prosecution {
namespace {

using v1::Case;

}  // namespace

CaseService::Result CaseService::RecordBan(host::Call& call, Tx& tx, const storage::Write& write,
                                           const v1::RecordPublicationBanRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), item));
  const v1::PublicationBan& ban = request.publication_ban();
  ACCORD_RETURN_IF_ERROR(CheckVictim(item, ban.victim()));
  for (const auto& [field, day] :
       {std::pair{"publication_ban.wishes_inquired_on", ban.wishes_inquired_on()},
        {"publication_ban.informed_of_ban_on", ban.informed_of_ban_on()},
        {"publication_ban.informed_of_revocation_on", ban.informed_of_revocation_on()}}) {
    ACCORD_RETURN_IF_ERROR(CheckPastDay(field, day, call.now()));
  }
  v1::PublicationBan* kept = nullptr;
  for (auto& each : *item.mutable_bans()) {
    if (each.victim() == ban.victim() && each.authority() == ban.authority()) kept = &each;
  }
  if (kept == nullptr) kept = item.add_bans();
  // Details of the ban that were stored before are kept.
  kept->MergeFrom(ban);
  return Keep(call, tx, write, request.etag(), std::move(item));
}

CaseService::Result CaseService::RecordAid(host::Call& call, Tx& tx, const storage::Write& write,
                                           const v1::RecordTestimonialAidRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), item));
  ACCORD_RETURN_IF_ERROR(CheckVictim(item, request.testimonial_aid().victim()));
  v1::TestimonialAid* aid = nullptr;
  for (auto& each : *item.mutable_aids()) {
    if (each.victim() == request.testimonial_aid().victim() &&
        each.kind() == request.testimonial_aid().kind()) {
      aid = &each;
    }
  }
  if (aid == nullptr) {
    aid = item.add_aids();
    *aid = request.testimonial_aid();
    aid->clear_state();
  }
  ACCORD_ASSIGN_OR_RETURN(
      const int next, AidLifecycle().Next(aid->state(), ShortName(v1::AidState_descriptor(), request.to())));
  aid->set_state(static_cast<v1::AidState>(next));
  return Keep(call, tx, write, request.etag(), std::move(item));
}

CaseService::Result CaseService::RecordRecords(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::RecordRecordsApplicationRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), item));
  const v1::RecordsApplication& told = request.records_application();
  v1::RecordsApplication* kept = nullptr;
  for (auto& each : *item.mutable_records_applications()) {
    if (each.victim() == told.victim() && each.holder() == told.holder() &&
        each.filed_on() == told.filed_on()) {
      kept = &each;
    }
  }
  if (kept == nullptr) kept = item.add_records_applications();
  // A later record adds to an earlier one, and takes back neither a court's order nor an offer of counsel.
  kept->MergeFrom(told);
  const v1::RecordsApplication& filed = *kept;
  ACCORD_RETURN_IF_ERROR(CheckVictim(item, filed.victim()));
  for (const auto& [field, day] :
       {std::pair{"records_application.filed_on", filed.filed_on()},
        {"records_application.counsel_offered_on", filed.counsel_offered_on()},
        {"records_application.ordered_to_judge_on", filed.ordered_to_judge_on()},
        {"records_application.ordered_to_accused_on", filed.ordered_to_accused_on()}}) {
    ACCORD_RETURN_IF_ERROR(CheckPastDay(field, day, call.now()));
  }
  if (!filed.ordered_to_accused_on().empty() && filed.ordered_to_judge_on().empty()) {
    return Refuse(rules::kRecordsStageSkipped,
                  "Records go to the judge first; record that order with its day.");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckDayOrder({{"records_application.filed_on", filed.filed_on()},
                     {"records_application.ordered_to_judge_on", filed.ordered_to_judge_on()},
                     {"records_application.ordered_to_accused_on", filed.ordered_to_accused_on()}}));
  return Keep(call, tx, write, request.etag(), std::move(item));
}

}  // namespace accord::prosecution
