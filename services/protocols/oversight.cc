#include "services/protocols/oversight.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/retention.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

storage::Placement PlacementOf(const v1::EmergencyAccess& access) {
  storage::Placement placement;
  placement.owner = OwnerOf(access.name());
  placement.parties = {placement.owner, kFamily};
  placement.fields[absl::StrCat("about@", kFamily)] = access.resource();
  return placement;
}

}  // namespace

absl::StatusOr<int> PrivacyAlertService::CountReferrals(storage::Transaction& tx, absl::Time now, int batch) {
  ACCORD_ASSIGN_OR_RETURN(const CountedSent counted, CountSent(tx, rules_->rate().baseline_days(), batch));
  for (const SendingRate& rate : counted.rates) ACCORD_RETURN_IF_ERROR(Judge(tx, rate, now));
  return counted.notes;
}

absl::Status PrivacyAlertService::Judge(storage::Transaction& tx, const SendingRate& rate, absl::Time now) {
  const v1::RateRule& rule = rules_->rate();
  if (rate.count < rule.floor() || rate.count <= rule.factor() * rate.hourly_mean) return absl::OkStatus();
  v1::PrivacyAlert alert;
  alert.set_name(
      absl::StrCat("agencies/", rate.agency, "/privacyAlerts/rate-", absl::ToUnixSeconds(rate.hour)));
  v1::PrivacyAlert known;
  const absl::Status found = alerts_.GetAny(tx, alert.name(), &known);
  if (!absl::IsNotFound(found)) return found;
  alert.set_kind(v1::PRIVACY_ALERT_KIND_RATE_ANOMALY);
  *alert.mutable_hour() = ToProto(rate.hour);
  alert.set_count(rate.count);
  alert.set_hourly_mean(rate.hourly_mean);
  storage::Placement placement;
  placement.owner = rate.agency;
  placement.parties = {rate.agency, kOffice};
  return alerts_.Insert(tx, &alert, {"platform", "calendar", NewId(now), now}, placement);
}

absl::Status ReadInEmergency(storage::Transaction& tx, storage::Resources* referrals, const std::string& name,
                             const std::string& agency, v1::Referral* out) {
  ACCORD_RETURN_IF_ERROR(referrals->GetAny(tx, name, out));
  // What has ended says nothing any more.
  if (out->name().empty()) return NotFound();
  if (Implicated(*out, agency)) return NotFound();
  // Through the eyes of the receiver, who is never the implicated one: what was sealed away stays so.
  const std::string receiver = out->to_agency();
  return referrals->Get(tx, name, receiver, out);
}

void PrivacyAlertService::Register(host::Handlers* handlers) {
  handlers->Bind("accord.protocols.v1.PrivacyAlertService", this, &PrivacyAlertService::List);
}

absl::StatusOr<v1::ListPrivacyAlertsResponse> PrivacyAlertService::List(
    host::Call& call, storage::Transaction& tx, const v1::ListPrivacyAlertsRequest& request) {
  const bool office = call.caller().kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  ACCORD_ASSIGN_OR_RETURN(
      auto page,
      alerts_.List<v1::PrivacyAlert>(
          tx, {office ? kOffice : call.caller().agency, {}, request.page_size(), request.page_token(), ""}));
  v1::ListPrivacyAlertsResponse response;
  for (auto& alert : page.items) *response.add_privacy_alerts() = std::move(alert);
  response.set_next_page_token(page.next_page_token);
  return response;
}

void EmergencyService::Register(host::Handlers* handlers) {
  using S = EmergencyService;
  handlers->Bind("accord.protocols.v1.EmergencyAccessService", this, &S::Ask, &S::Approve, &S::List);
}

absl::StatusOr<v1::EmergencyAccess> EmergencyService::Ask(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::RequestEmergencyAccessRequest& request) {
  v1::EmergencyAccess access = request.emergency_access();
  access.set_name(absl::StrCat(request.parent(), "/emergencyAccesses/", NewId(call.now())));
  access.set_state(v1::EMERGENCY_ACCESS_STATE_REQUESTED);
  access.set_requested_by(call.caller().actor);
  storage::Placement placement = PlacementOf(access);
  // How high the asking person stands, for the second one.
  placement.fields["grade"] = absl::StrCat(rules_->GradeOf(call.caller().roles));
  placement.state = placement.fields["grade"];
  ACCORD_RETURN_IF_ERROR(accesses_.Insert(tx, &access, write, placement));
  return access;
}

absl::Status EmergencyService::OpenAndTell(Tx& tx, const std::string& resource, absl::Time until,
                                           const storage::Write& write) {
  // Nobody is told of a record that does not exist or is not for this agency; the approval is answered the
  // same, since it does not tell whether there is one.
  v1::Referral opened;
  const absl::Status found = ReadInEmergency(tx, &referrals_, resource, write.agency, &opened);
  if (!found.ok()) return absl::IsNotFound(found) ? absl::OkStatus() : found;
  ACCORD_RETURN_IF_ERROR(OpenInEmergency(tx, write.agency, resource, until));
  // Where the sender's own staff is suspected, the receiver is told in its place.
  const std::string owner =
      SidesOf(opened).front() == OwnerOf(resource) ? OwnerOf(resource) : opened.to_agency();
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
  // The danger is now: what nobody agreed to in its time is asked again, by somebody who may ask now.
  if (call.now() >= FromProto(access.create_time()) + rules_->emergency()) {
    return Refuse(rules::kRequestLapsed,
                  "Nobody agreed within the hours for which it would have opened: ask again.");
  }
  access.set_state(static_cast<v1::EmergencyAccessState>(next));
  access.set_approved_by(call.caller().actor);
  const absl::Time until = call.now() + rules_->emergency();
  *access.mutable_expire_time() = ToProto(until);
  ACCORD_RETURN_IF_ERROR(OpenAndTell(tx, access.resource(), until, write));
  storage::Placement placement = PlacementOf(access);
  placement.state = "granted";
  ACCORD_RETURN_IF_ERROR(accesses_.Update(tx, &access, request.etag(), write, placement));
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

void RetentionService::Register(host::Handlers* handlers) {
  using S = RetentionService;
  handlers->Bind("accord.protocols.v1.RetentionService", this, &S::Place, &S::Lift, &S::List);
}

absl::StatusOr<v1::LegalHold> RetentionService::Place(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::PlaceLegalHoldRequest& request) {
  const std::string& agency = call.caller().agency;
  v1::Referral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, request.resource(), agency, &referral));
  ACCORD_ASSIGN_OR_RETURN(const bool held, storage::IsHeldBy(tx, request.resource(), agency));
  if (held) return Refuse(rules::kAlreadyHeld, "This agency holds it.");
  ACCORD_RETURN_IF_ERROR(storage::PlaceHold(tx, request.resource(), request.reason(), write));
  v1::LegalHold hold;
  hold.set_resource(request.resource());
  hold.set_reason(request.reason());
  hold.set_placed_by(call.caller().actor);
  return hold;
}

absl::StatusOr<v1::LegalHold> RetentionService::Lift(host::Call& call, Tx& tx, const storage::Write&,
                                                     const v1::LiftLegalHoldRequest& request) {
  v1::LegalHold hold;
  ACCORD_ASSIGN_OR_RETURN(*hold.mutable_reason(),
                          storage::LiftHold(tx, request.resource(), call.caller().agency));
  hold.set_resource(request.resource());
  hold.set_lifted(true);
  return hold;
}

absl::StatusOr<v1::ListTombstonesResponse> RetentionService::List(host::Call& call, Tx& tx,
                                                                  const v1::ListTombstonesRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const int size, storage::PageSize(request.page_size()));
  const std::string scope = "tombstones|" + call.caller().agency;
  std::string after;
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(after, tokens_->Open(scope, request.page_token()));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto stones, storage::Tombstones(tx, call.caller().agency, after, size));
  v1::ListTombstonesResponse response;
  for (const auto& stone : stones) {
    auto* out = response.add_tombstones();
    out->set_resource(stone.name);
    *out->mutable_time() = ToProto(stone.at);
    out->set_reason(stone.reason);
    out->set_purged(stone.end == storage::End::kPurged);
    out->set_digest(stone.digest);
  }
  if (static_cast<int>(stones.size()) == size) {
    response.set_next_page_token(tokens_->Seal(scope, stones.back().name));
  }
  return response;
}

}  // namespace accord::protocols
