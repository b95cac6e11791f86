#include "services/protocols/oversight/emergency_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/earlier_step.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/oversight/emergency_store.h"
#include "services/protocols/referral_viewers.h"

namespace accord::protocols {

storage::Placement PlacementOf(const v1::EmergencyAccess& access, const std::string& told) {
  storage::Placement placement;
  placement.owner = OwnerOf(access.name());
  placement.parties = {placement.owner, kFamily};
  if (!told.empty() && told != placement.owner) placement.parties.push_back(told);
  placement.fields[absl::StrCat("about@", kFamily)] = access.resource();
  return placement;
}

absl::Status ReadInEmergency(storage::Transaction& tx, storage::Resources* referrals, const std::string& name,
                             const std::string& agency, v1::Referral* out) {
  ACCORD_RETURN_IF_ERROR(referrals->GetAny(tx, name, out));
  // A record that has ended is empty.
  if (out->name().empty()) return NotFound();
  if (Implicated(*out, agency)) return NotFound();
  // The referral is read as its receiver reads it, whose staff is never the suspected one, so sealed parts
  // stay sealed.
  const std::string receiver = out->to_agency();
  return referrals->Get(tx, name, receiver, out);
}

void EmergencyService::Register(host::Handlers* handlers) {
  using S = EmergencyService;
  handlers->Bind("accord.protocols.v1.EmergencyAccessService", this, &S::Request, &S::Approve, &S::End,
                 &S::Review, &S::Get, &S::List);
}

absl::StatusOr<v1::EmergencyAccess> EmergencyService::Request(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::RequestEmergencyAccessRequest& request) {
  v1::EmergencyAccess access = request.emergency_access();
  access.set_name(absl::StrCat(request.parent(), "/emergencyAccesses/", NewId(call.now())));
  access.set_state(v1::EMERGENCY_ACCESS_STATE_REQUESTED);
  access.set_requested_by(call.caller().actor);
  storage::Placement placement = PlacementOf(access, "");
  // The grade of the person who asks is stored for the second person.
  placement.fields["grade"] = absl::StrCat(rules_->GradeOf(call.caller().roles));
  placement.state = placement.fields["grade"];
  ACCORD_RETURN_IF_ERROR(accesses_.Insert(tx, &access, write, placement));
  return access;
}

absl::StatusOr<v1::EmergencyAccess> EmergencyService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                            const std::string& event) {
  v1::EmergencyAccess access;
  ACCORD_RETURN_IF_ERROR(accesses_.Get(tx, name, call.caller().agency, &access));
  ACCORD_ASSIGN_OR_RETURN(const int next, EmergencyLifecycle().Next(access.state(), event));
  access.set_state(static_cast<v1::EmergencyAccessState>(next));
  return access;
}

absl::Status EmergencyService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                    v1::EmergencyAccess* access) {
  ACCORD_ASSIGN_OR_RETURN(const std::string told, AnswerableAgency(tx, *access));
  return accesses_.Update(tx, access, etag, write, PlacementOf(*access, told));
}

absl::StatusOr<std::string> EmergencyService::AnswerableAgency(Tx& tx, const v1::EmergencyAccess& access) {
  v1::Referral opened;
  const absl::Status found =
      ReadInEmergency(tx, &referrals_, access.resource(), OwnerOf(access.name()), &opened);
  if (absl::IsNotFound(found)) return "";
  ACCORD_RETURN_IF_ERROR(found);
  // Where the sender's own staff is suspected, the receiver is told in its place.
  const std::string owner = OwnerOf(access.resource());
  return SidesOf(opened).front() == owner ? owner : opened.to_agency();
}

absl::Status EmergencyService::OpenAndAlertOwner(Tx& tx, const std::string& resource,
                                                 const std::string& owner, absl::Time until,
                                                 const storage::Write& write) {
  // Nobody is told of a record that does not exist or is not for this agency; the approval is answered the
  // same, since it does not tell whether there is one.
  if (owner.empty()) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(OpenInEmergency(tx, write.agency, resource, until));
  v1::PrivacyAlert alert;
  alert.set_name(absl::StrCat("agencies/", owner, "/privacyAlerts/", NewId(write.now)));
  alert.set_kind(v1::PRIVACY_ALERT_KIND_EMERGENCY_ACCESS);
  alert.set_by_agency(write.agency);
  alert.set_resource(resource);
  *alert.mutable_hour() = ToProto(write.now);
  storage::Placement told;
  told.owner = owner;
  told.parties = {owner, write.agency, kOffice};
  return alerts_.Insert(tx, &alert, write, told);
}

absl::StatusOr<v1::EmergencyAccess> EmergencyService::Approve(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::ApproveEmergencyAccessRequest& request) {
  const std::string& agency = call.caller().agency;
  v1::EmergencyAccess access;
  ACCORD_RETURN_IF_ERROR(accesses_.Get(tx, request.name(), agency, &access));
  ACCORD_ASSIGN_OR_RETURN(const int next, EmergencyLifecycle().Next(access.state(), "approve"));
  const int grade = rules_->GradeOf(call.caller().roles);
  ACCORD_ASSIGN_OR_RETURN(const auto same,
                          accesses_.List<v1::EmergencyAccess>(
                              tx, {agency, {{"grade", absl::StrCat(grade)}}, 1, "", request.name()}));
  if (access.requested_by() == call.caller().actor || !same.items.empty()) {
    return Refuse(rules::kTwoPeople, "A second person of another grade agrees.");
  }
  // An emergency access is for present danger: a request that nobody approved in time has to be made again.
  if (call.now() >= FromProto(access.create_time()) + rules_->emergency()) {
    return Refuse(rules::kRequestLapsed,
                  "Nobody agreed within the hours for which it would have opened: ask again.");
  }
  access.set_state(static_cast<v1::EmergencyAccessState>(next));
  access.set_approved_by(call.caller().actor);
  const absl::Time until = call.now() + rules_->emergency();
  *access.mutable_expire_time() = ToProto(until);
  ACCORD_ASSIGN_OR_RETURN(const std::string told, AnswerableAgency(tx, access));
  ACCORD_RETURN_IF_ERROR(OpenAndAlertOwner(tx, access.resource(), told, until, write));
  storage::Placement placement = PlacementOf(access, told);
  placement.state = "granted";
  ACCORD_RETURN_IF_ERROR(accesses_.Update(tx, &access, request.etag(), write, placement));
  return access;
}

absl::StatusOr<v1::EmergencyAccess> EmergencyService::End(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::EndEmergencyAccessRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::EmergencyAccess access, Moved(call, tx, request.name(), "end"));
  const std::string& agency = call.caller().agency;
  access.set_ended_by(call.caller().actor);
  *access.mutable_expire_time() = ToProto(std::min(call.now(), FromProto(access.expire_time())));
  // If the agency has another access to the record by other people's approval, the record stays open until
  // that one ends.
  absl::Time until = call.now();
  ACCORD_ASSIGN_OR_RETURN(const auto all, accesses_.ListEvery<v1::EmergencyAccess>(
                                              tx, {kFamily, {{"about", access.resource()}}, 0, "", ""}));
  for (const v1::EmergencyAccess& other : all) {
    const bool own = OwnerOf(other.name()) == agency && other.name() != access.name();
    if (own && other.state() == v1::EMERGENCY_ACCESS_STATE_GRANTED) {
      until = std::max(until, FromProto(other.expire_time()));
    }
  }
  ACCORD_RETURN_IF_ERROR(OpenInEmergency(tx, agency, access.resource(), until));
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, request.etag(), &access));
  return access;
}

absl::StatusOr<v1::EmergencyAccess> EmergencyService::Review(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::ReviewEmergencyAccessRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::EmergencyAccess access, Moved(call, tx, request.name(), "review"));
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

absl::StatusOr<v1::EmergencyAccess> EmergencyService::Get(host::Call& call, Tx& tx,
                                                          const v1::GetEmergencyAccessRequest& request) {
  v1::EmergencyAccess access;
  ACCORD_RETURN_IF_ERROR(accesses_.Get(tx, request.name(), call.caller().agency, &access));
  return access;
}

absl::StatusOr<v1::ListEmergencyAccessesResponse> EmergencyService::List(
    host::Call& call, Tx& tx, const v1::ListEmergencyAccessesRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(auto page,
                          accesses_.List<v1::EmergencyAccess>(
                              tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""}));
  v1::ListEmergencyAccessesResponse response;
  for (auto& access : page.items) *response.add_emergency_accesses() = std::move(access);
  response.set_next_page_token(page.next_page_token);
  return response;
}

}  // namespace accord::protocols
