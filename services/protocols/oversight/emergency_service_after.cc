// What happens to break-glass access once a record is open: it may end early, and privacy officers review it.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/host/calls/earlier_step.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/parties.h"
#include "services/protocols/protocol_store.h"

namespace accord::protocols {

using v1::EmergencyAccess;

absl::StatusOr<EmergencyAccess> EmergencyService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                        const std::string& event) {
  EmergencyAccess access;
  ACCORD_RETURN_IF_ERROR(accesses_.Get(tx, name, call.caller().agency, &access));
  ACCORD_ASSIGN_OR_RETURN(const int next, EmergencyLifecycle().Next(access.state(), event));
  access.set_state(static_cast<v1::EmergencyAccessState>(next));
  return access;
}

absl::Status EmergencyService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                    EmergencyAccess* access) {
  ACCORD_ASSIGN_OR_RETURN(const std::string told, AgencyTold(tx, *access));
  return accesses_.Update(tx, access, etag, write, PlacementOf(*access, told));
}

absl::StatusOr<std::string> EmergencyService::AgencyTold(Tx& tx, const EmergencyAccess& access) {
  v1::Referral opened;
  const absl::Status found =
      ReadInEmergency(tx, &referrals_, access.resource(), OwnerOf(access.name()), &opened);
  if (absl::IsNotFound(found)) return "";
  ACCORD_RETURN_IF_ERROR(found);
  // Where the sender's own staff is suspected, the receiver is told in its place.
  const std::string owner = OwnerOf(access.resource());
  return SidesOf(opened).front() == owner ? owner : opened.to_agency();
}

absl::StatusOr<EmergencyAccess> EmergencyService::Stop(host::Call& call, Tx& tx, const storage::Write& write,
                                                       const v1::EndEmergencyAccessRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(EmergencyAccess access, Moved(call, tx, request.name(), "end"));
  const std::string& agency = call.caller().agency;
  access.set_ended_by(call.caller().actor);
  *access.mutable_expire_time() = ToProto(std::min(call.now(), FromProto(access.expire_time())));
  // If the agency has another access to the record by other people's approval, the record stays open until
  // that one ends.
  absl::Time until = call.now();
  ACCORD_ASSIGN_OR_RETURN(const auto all, accesses_.ListEvery<EmergencyAccess>(
                                              tx, {kFamily, {{"about", access.resource()}}, 0, "", ""}));
  for (const EmergencyAccess& other : all) {
    const bool own = OwnerOf(other.name()) == agency && other.name() != access.name();
    if (own && other.state() == v1::EMERGENCY_ACCESS_STATE_GRANTED) {
      until = std::max(until, FromProto(other.expire_time()));
    }
  }
  ACCORD_RETURN_IF_ERROR(OpenInEmergency(tx, agency, access.resource(), until));
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, request.etag(), &access));
  return access;
}

absl::StatusOr<EmergencyAccess> EmergencyService::LookBack(host::Call& call, Tx& tx,
                                                           const storage::Write& write,
                                                           const v1::ReviewEmergencyAccessRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(EmergencyAccess access, Moved(call, tx, request.name(), "review"));
  const std::string& agency = call.caller().agency;
  const auto reviewed = std::find_if(access.reviews().begin(), access.reviews().end(),
                                     [&](const auto& each) { return each.agency() == agency; });
  if (reviewed != access.reviews().end()) {
    return Refuse(
        rules::kAlreadyRecorded,
        absl::StrCat("Your agency's review was recorded ",
                     host::DoneBy(call.caller(), agency, reviewed->by(), FromProto(reviewed->time())), "."));
  }
  v1::EmergencyReview* review = access.add_reviews();
  review->set_agency(agency);
  review->set_by(call.caller().actor);
  review->set_finding(request.finding());
  review->set_note(request.note());
  *review->mutable_time() = ToProto(call.now());
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, request.etag(), &access));
  return access;
}

}  // namespace accord::protocols
