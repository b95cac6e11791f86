#include "services/intelligence/deconfliction/deconfliction_service.h"

#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/earlier_step.h"
#include "common/storage/records/schedule.h"

namespace accord::intelligence {
namespace {

using v1::Conflict;
using v1::Lodgement;

// One pass carries this many lodgements to the next key, which takes about a tenth of a second.
constexpr int kBatch = 1000;

storage::Placement PlacementOf(const Lodgement& lodgement) {
  const std::string owner = OwnerOf(lodgement.name());
  return {owner, lodgement.open() ? "open" : "closed", {owner}, {}};
}

storage::Placement PlacementOf(const Conflict& conflict, const std::string& bureau) {
  const std::string owner = OwnerOf(conflict.name());
  return {owner, conflict.open() ? "open" : "ended", {owner, bureau}, {}};
}

// This gives a write in the name of the platform, because a reader of a conflict's revision must not learn
// who on the other side caused it.
storage::Write PlatformWrite(absl::Time now) { return {"platform", "deconfliction", NewId(now), now}; }

absl::Status RefuseElement(const std::string& field) {
  return RefuseFields({{field, "is not a compressed point of P-256"}});
}

}  // namespace

void DeconflictionService::Register(host::Handlers* handlers) {
  using S = DeconflictionService;
  handlers->Bind("accord.intelligence.v1.DeconflictionService", this, &S::Evaluate, &S::Create, &S::Close,
                 &S::Get, &S::List, &S::GetConflict, &S::ListConflicts, &S::AcknowledgeConflict, &S::Rotate);
}

absl::StatusOr<v1::EvaluateTargetsResponse> DeconflictionService::Evaluate(
    host::Call& call, Tx& tx, const storage::Write&, const v1::EvaluateTargetsRequest& request) {
  const std::string& agency = call.caller().agency;
  const absl::CivilDay day = OntarioDay(call.now());
  ACCORD_ASSIGN_OR_RETURN(const int64_t used,
                          NoteEvaluations(tx, agency, day, request.blinded_elements_size()));
  if (used > rules_->daily_evaluations()) {
    return WithRetryAfter(Refuse(rules::kEvaluationsExhausted,
                                 "Your agency has had as many targets evaluated today as it may."),
                          EndOfDay(day) - call.now());
  }
  ACCORD_ASSIGN_OR_RETURN(auto live, LiveKeys(tx));
  if (live.empty()) {
    ACCORD_RETURN_IF_ERROR(BeginEpoch(tx, 1));
    ACCORD_ASSIGN_OR_RETURN(live, LiveKeys(tx));
  }
  v1::EvaluateTargetsResponse response;
  for (const auto& blinded : request.blinded_elements()) {
    auto evaluated = live.front().Evaluate(agency, blinded);
    if (!evaluated.ok()) {
      return RefuseElement(absl::StrCat("blinded_elements[", response.evaluated_elements_size(), "]"));
    }
    response.add_evaluated_elements(*std::move(evaluated));
  }
  response.set_epoch(live.front().epoch());
  return response;
}

absl::Status DeconflictionService::CheckWindow(const Lodgement& lodgement, absl::Time now) const {
  const absl::Time from = FromProto(lodgement.from()), until = FromProto(lodgement.until());
  if (until <= now || until <= from) return RefuseFields({{"lodgement.until", "must be after now and from"}});
  if (until - from > absl::Hours(24) * rules_->lodgement_days()) {
    return Refuse(rules::kWindowTooLong, absl::StrCat("A window has at most ", rules_->lodgement_days(),
                                                      " days; lodge anew when it is over."));
  }
  return absl::OkStatus();
}

absl::Status DeconflictionService::CheckStanding(Tx& tx, const std::vector<Lodged>& standing,
                                                 const Lodged& wanted) {
  int open = 0;
  for (const Lodged& each : standing) {
    Lodgement lodgement;
    const absl::Status found = lodgements_.GetAny(tx, each.name, &lodgement);
    // A record that a restore keeps closed counts as missing, because nobody could close it first.
    if (absl::IsNotFound(found)) continue;
    ACCORD_RETURN_IF_ERROR(found);
    // The officer has been told of what his or her own lodgement matches. A colleague's lodgement does not
    // count as the officer's, because those two have yet to hear of each other.
    if (each.officer == wanted.officer && each.from < wanted.until && wanted.from < each.until) {
      return Refuse(rules::kAlreadyLodged,
                    absl::StrCat("You have lodged this target for a part of this time: ", each.name, "."));
    }
    if (++open == kOpenOfTarget) {
      return Refuse(rules::kLodgementsOfTarget,
                    absl::StrCat("Your agency has ", open, " open lodgements of this target, among them ",
                                 each.name, "."));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::LodgementResult> DeconflictionService::Create(host::Call& call, Tx& tx,
                                                                 const storage::Write& write,
                                                                 const v1::CreateLodgementRequest& request) {
  const std::string& agency = call.caller().agency;
  v1::LodgementResult result;
  Lodgement& lodgement = *result.mutable_lodgement();
  lodgement = request.lodgement();
  ACCORD_RETURN_IF_ERROR(CheckWindow(lodgement, call.now()));
  ACCORD_ASSIGN_OR_RETURN(const auto live, LiveKeys(tx));
  if (live.empty() || request.epoch() != live.front().epoch()) {
    return Refuse(rules::kEpochPassed, "The key has changed: have the target evaluated anew.");
  }
  const auto point = live.front().FromAgency(agency, request.target());
  if (!point.ok()) return RefuseElement("target");

  lodgement.set_name(absl::StrCat(request.parent(), "/lodgements/", NewId(call.now())));
  lodgement.set_officer(call.caller().actor);
  lodgement.set_open(true);
  const absl::Time from = FromProto(lodgement.from()), until = FromProto(lodgement.until());
  const Lodged wanted{lodgement.name(), agency, lodgement.officer(), from, until};
  ACCORD_ASSIGN_OR_RETURN(const auto standing, LodgedBy(tx, live, *point, agency, call.now()));
  ACCORD_RETURN_IF_ERROR(CheckStanding(tx, standing, wanted));
  ACCORD_RETURN_IF_ERROR(lodgements_.Insert(tx, &lodgement, write, PlacementOf(lodgement)));
  ACCORD_ASSIGN_OR_RETURN(const auto matching, LodgedMatching(tx, live, *point, from, until, call.now()));
  for (const Lodged& match : matching) {
    // Two officers of one agency are told to call each other, too. CheckStanding ensures that nobody matches
    // himself or herself.
    Lodgement other;
    const absl::Status found = lodgements_.GetAny(tx, match.name, &other);
    // A record that a restore keeps closed counts as missing for others, too.
    if (absl::IsNotFound(found)) continue;
    ACCORD_RETURN_IF_ERROR(found);
    ACCORD_ASSIGN_OR_RETURN(*result.add_conflicts(), RecordConflict(tx, lodgement, other, call.now()));
    ACCORD_RETURN_IF_ERROR(RecordConflict(tx, other, lodgement, call.now()).status());
  }
  ACCORD_RETURN_IF_ERROR(StoreLodged(tx, live.front(), wanted, *point));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kLodgement, lodgement.name(), until));
  return result;
}

absl::StatusOr<Conflict> DeconflictionService::RecordConflict(Tx& tx, const Lodgement& mine,
                                                              const Lodgement& other, absl::Time now) {
  Conflict conflict;
  conflict.set_name(absl::StrCat("agencies/", OwnerOf(mine.name()), "/conflicts/", NewId(now)));
  conflict.set_lodgement(mine.name());
  conflict.set_call_agency(OwnerOf(other.name()));
  conflict.set_call(other.contact());
  conflict.set_open(true);
  ACCORD_RETURN_IF_ERROR(
      conflicts_.Insert(tx, &conflict, PlatformWrite(now), PlacementOf(conflict, rules_->bureau())));
  ACCORD_RETURN_IF_ERROR(NoteConflict(tx, mine.name(), conflict.name()));
  ACCORD_RETURN_IF_ERROR(NoteConflict(tx, other.name(), conflict.name()));
  return conflict;
}

absl::Status DeconflictionService::EndLodgement(Tx& tx, Lodgement* lodgement, std::string_view etag,
                                                const storage::Write& write) {
  lodgement->set_open(false);
  ACCORD_RETURN_IF_ERROR(lodgements_.Update(tx, lodgement, etag, write, PlacementOf(*lodgement)));
  ACCORD_RETURN_IF_ERROR(ForgetLodged(tx, lodgement->name()));
  ACCORD_ASSIGN_OR_RETURN(const auto names, ConflictsOf(tx, lodgement->name()));
  std::set<std::string> others;
  for (const auto& name : names) {
    Conflict conflict;
    const absl::Status found = conflicts_.GetAny(tx, name, &conflict);
    if (absl::IsNotFound(found)) continue;
    ACCORD_RETURN_IF_ERROR(found);
    if (conflict.lodgement() != lodgement->name()) others.insert(conflict.lodgement());
    if (!conflict.open()) continue;
    conflict.set_open(false);
    const std::string stored = conflict.etag();
    ACCORD_RETURN_IF_ERROR(conflicts_.Update(tx, &conflict, stored, PlatformWrite(write.now),
                                             PlacementOf(conflict, rules_->bureau())));
  }
  ACCORD_RETURN_IF_ERROR(ForgetConflicts(tx, lodgement->name(), others));
  return storage::Schedule(tx, kLodgement, lodgement->name(), std::nullopt);
}

absl::StatusOr<Lodgement> DeconflictionService::Close(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::CloseLodgementRequest& request) {
  Lodgement lodgement;
  ACCORD_RETURN_IF_ERROR(lodgements_.Get(tx, request.name(), call.caller().agency, &lodgement));
  if (!lodgement.open()) return Refuse(rules::kAlreadyRecorded, "This lodgement is closed.");
  ACCORD_RETURN_IF_ERROR(EndLodgement(tx, &lodgement, request.etag(), write));
  return lodgement;
}

absl::Status DeconflictionService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Lodgement lodgement;
  ACCORD_RETURN_IF_ERROR(lodgements_.GetAny(tx, name, &lodgement));
  if (!lodgement.open()) return storage::Schedule(tx, kLodgement, name, std::nullopt);
  if (FromProto(lodgement.until()) > now) {
    return storage::Schedule(tx, kLodgement, name, FromProto(lodgement.until()));
  }
  const std::string etag = lodgement.etag();
  return EndLodgement(tx, &lodgement, etag, PlatformWrite(now));
}

absl::StatusOr<v1::Lodgement> DeconflictionService::Get(host::Call& call, Tx& tx,
                                                        const v1::GetLodgementRequest& request) {
  v1::Lodgement lodgement;
  ACCORD_RETURN_IF_ERROR(lodgements_.Get(tx, request.name(), call.caller().agency, &lodgement));
  return lodgement;
}

absl::StatusOr<v1::ListLodgementsResponse> DeconflictionService::List(
    host::Call& call, Tx& tx, const v1::ListLodgementsRequest& request) {
  return lodgements_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                              &v1::ListLodgementsResponse::mutable_lodgements);
}

absl::StatusOr<v1::Conflict> DeconflictionService::GetConflict(host::Call& call, Tx& tx,
                                                               const v1::GetConflictRequest& request) {
  v1::Conflict conflict;
  ACCORD_RETURN_IF_ERROR(conflicts_.Get(tx, request.name(), call.caller().agency, &conflict));
  return conflict;
}

absl::StatusOr<v1::ListConflictsResponse> DeconflictionService::ListConflicts(
    host::Call& call, Tx& tx, const v1::ListConflictsRequest& request) {
  return conflicts_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                             &v1::ListConflictsResponse::mutable_conflicts);
}

// Each side has a conflict of its own, which the other one does not read.
absl::StatusOr<v1::Conflict> DeconflictionService::AcknowledgeConflict(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::AcknowledgeConflictRequest& request) {
  v1::Conflict conflict;
  ACCORD_RETURN_IF_ERROR(conflicts_.Get(tx, request.name(), call.caller().agency, &conflict));
  if (conflict.has_acknowledge_time()) {
    return Refuse(rules::kAlreadyRecorded,
                  absl::StrCat("This conflict is acknowledged already, ",
                               host::DoneBy(call.caller(), call.caller().agency, conflict.acknowledged_by(),
                                            FromProto(conflict.acknowledge_time())),
                               "."));
  }
  conflict.set_acknowledged_by(call.caller().actor);
  *conflict.mutable_acknowledge_time() = ToProto(call.now());
  ACCORD_RETURN_IF_ERROR(
      conflicts_.Update(tx, &conflict, request.etag(), write, PlacementOf(conflict, rules_->bureau())));
  return conflict;
}

absl::StatusOr<v1::DeconflictionKey> DeconflictionService::Rotate(host::Call& call, Tx& tx,
                                                                  const storage::Write&,
                                                                  const v1::RotateDeconflictionKeyRequest&) {
  ACCORD_ASSIGN_OR_RETURN(const auto live, LiveKeys(tx));
  if (live.size() > 1) {
    return Refuse(rules::kRotationUnderWay, "Lodgements are still being carried to the current key.");
  }
  v1::DeconflictionKey key;
  key.set_epoch(live.empty() ? 1 : live.front().epoch() + 1);
  ACCORD_RETURN_IF_ERROR(BeginEpoch(tx, key.epoch()));
  if (!live.empty()) {
    ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kEpoch, absl::StrCat(live.front().epoch()), call.now()));
  }
  return key;
}

absl::Status DeconflictionService::PassEpoch(Tx& tx, const std::string& epoch, absl::Time) {
  ACCORD_ASSIGN_OR_RETURN(const auto live, LiveKeys(tx));
  int64_t number = 0;
  if (!absl::SimpleAtoi(epoch, &number)) return storage::Schedule(tx, kEpoch, epoch, std::nullopt);
  for (const auto& keys : live) {
    if (keys.epoch() != number || &keys == &live.front()) continue;
    ACCORD_ASSIGN_OR_RETURN(const int found, CarryOver(tx, keys, live.front(), kBatch));
    // It stays due while there may be more.
    if (found == kBatch) return absl::OkStatus();
    ACCORD_RETURN_IF_ERROR(EndEpoch(tx, number));
  }
  return storage::Schedule(tx, kEpoch, epoch, std::nullopt);
}

}  // namespace accord::intelligence
