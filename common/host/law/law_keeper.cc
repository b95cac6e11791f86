#include "common/host/law/law_keeper.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/base/law.h"
#include "common/base/law_check.h"
#include "common/base/text_proto.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::host {
namespace {

using v1::LawChange;

// A process that has not reported itself for this long no longer counts as a replica.
constexpr absl::Duration kLiving = absl::Minutes(1);

const Lifecycle& LawChangeLifecycle() {
  static const Lifecycle table(v1::LawChangeState_descriptor(),
                               {{v1::LAW_CHANGE_STATE_PROPOSED, "approve", v1::LAW_CHANGE_STATE_IN_FORCE},
                                {v1::LAW_CHANGE_STATE_PROPOSED, "withdraw", v1::LAW_CHANGE_STATE_WITHDRAWN},
                                {v1::LAW_CHANGE_STATE_IN_FORCE, "replace", v1::LAW_CHANGE_STATE_REPLACED}});
  return table;
}

// Only the office sees what it proposes.
storage::Placement ChangePlacement(const LawChange& change) {
  storage::Placement placement;
  placement.owner = OwnerOf(change.name());
  placement.state = ShortName(v1::LawChangeState_descriptor(), change.state());
  placement.parties = {placement.owner};
  return placement;
}

// This gives the content of these fields of a rule set, and nothing else of it.
std::string FixedSettingsOf(const google::protobuf::Message& set, const std::set<std::string>& fixed) {
  const std::unique_ptr<google::protobuf::Message> settings(set.New());
  settings->CopyFrom(set);
  const google::protobuf::Descriptor* type = settings->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = type->field(i);
    if (!fixed.contains(field->name())) settings->GetReflection()->ClearField(settings.get(), field);
  }
  return settings->SerializeAsString();
}

// Of `rule_set:12:5: what is wrong` it keeps only the position, because the text contains the caller's input.
absl::Status RefuseUnreadableLaw(const absl::Status& status) {
  const std::vector<std::string> parts = absl::StrSplit(std::string(status.message()), ':');
  if (parts.size() < 4) return Refuse(rules::kLawNotSound, "The rule set is no protobuf text format.");
  return Refuse(rules::kLawNotSound,
                absl::StrCat("The rule set cannot be read at line ", parts[1], ", column ", parts[2], "."));
}

}  // namespace

LawKeeper::LawKeeper(LawOptions options, std::unique_ptr<GovernedLaw> law)
    : options_(std::move(options)),
      law_(std::move(law)),
      changes_(storage::kLawChange, options_.tokens),
      delivered_(RuleSetDigest(law_->Set())),
      delivered_checked_to_(CheckLaw(law_->Set()).currency.checked_to()),
      delivered_settings_(FixedSettingsOf(law_->Set(), law_->Fixed())),
      replica_(NewId(absl::Now())) {}

void LawKeeper::Register(Handlers* handlers) {
  using S = LawKeeper;
  handlers->Bind(absl::StrCat(options_.package, ".LawService"), this, &S::Propose, &S::Get, &S::List,
                 &S::Approve, &S::Withdraw, &S::Compare);
  handlers->GoBy([this] { return law_->Pin(); });
  handlers->TellInStatus(std::bind_front(&S::TellStatus, this));
}

absl::StatusOr<std::unique_ptr<google::protobuf::Message>> LawKeeper::CheckedRuleSet(
    const std::string& text) const {
  std::unique_ptr<Message> set = law_->New();
  if (const absl::Status read = ParseTextProto("rule_set", text, set.get()); !read.ok())
    return RefuseUnreadableLaw(read);
  if (const auto report = CheckLaw(*set); !report.faults.empty()) {
    return Refuse(rules::kLawNotSound,
                  absl::StrCat(report.faults.size(), " faults, of which one is: ", report.faults.front()));
  }
  if (const absl::Status sound = law_->Check(*set); !sound.ok()) {
    return Refuse(rules::kLawNotSound, std::string(sound.message()));
  }
  return set;
}

absl::Status LawKeeper::CheckSettings(const Message& set) const {
  if (FixedSettingsOf(set, law_->Fixed()) == delivered_settings_) return absl::OkStatus();
  return Refuse(rules::kLawSettingFixed,
                absl::StrCat("A release alone changes ", absl::StrJoin(law_->Fixed(), ", "), "."));
}

absl::StatusOr<std::string> LawKeeper::DigestInForce(Tx& tx) const {
  ACCORD_ASSIGN_OR_RETURN(const auto entry, storage::LawInForceOf(tx));
  return entry ? entry->digest : delivered_;
}

LawKeeper::Result LawKeeper::Propose(Call& call, Tx& tx, const storage::Write& write,
                                     const v1::ProposeLawChangeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const auto set, CheckedRuleSet(request.rule_set()));
  ACCORD_RETURN_IF_ERROR(CheckSettings(*set));
  LawChange change;
  change.set_digest(RuleSetDigest(*set));
  ACCORD_ASSIGN_OR_RETURN(const std::string in_force, DigestInForce(tx));
  if (change.digest() == in_force) {
    return Refuse(rules::kLawUnchanged, "This is the rule set that is in force.");
  }
  change.set_name(absl::StrCat("agencies/", call.caller().agency, "/lawChanges/", NewId(call.now())));
  change.set_state(v1::LAW_CHANGE_STATE_PROPOSED);
  change.set_rule_set(request.rule_set());
  change.set_reason(request.reason());
  *change.mutable_currency() = CheckLaw(*set).currency;
  change.set_proposed_by(call.caller().actor);
  ACCORD_RETURN_IF_ERROR(changes_.Insert(tx, &change, write, ChangePlacement(change)));
  return change;
}

LawKeeper::Result LawKeeper::Get(Call& call, Tx& tx, const v1::GetLawChangeRequest& request) {
  LawChange change;
  ACCORD_RETURN_IF_ERROR(changes_.Get(tx, request.name(), call.caller().agency, &change));
  return change;
}

absl::StatusOr<v1::ListLawChangesResponse> LawKeeper::List(Call& call, Tx& tx,
                                                           const v1::ListLawChangesRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(auto page, changes_.ListInto(tx, storage::QueryOf(call.caller().agency, request),
                                                       &v1::ListLawChangesResponse::mutable_law_changes));
  for (LawChange& change : *page.mutable_law_changes()) change.clear_rule_set();
  return page;
}

LawKeeper::Result LawKeeper::Moved(const Call& call, Tx& tx, const std::string& name,
                                   const std::string& event) {
  LawChange change;
  ACCORD_RETURN_IF_ERROR(changes_.Get(tx, name, call.caller().agency, &change));
  ACCORD_ASSIGN_OR_RETURN(const int next, LawChangeLifecycle().Next(change.state(), event));
  change.set_state(static_cast<v1::LawChangeState>(next));
  return change;
}

LawKeeper::Result LawKeeper::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                  LawChange change) {
  ACCORD_RETURN_IF_ERROR(changes_.Update(tx, &change, etag, write, ChangePlacement(change)));
  return change;
}

absl::Status LawKeeper::EndPresent(Tx& tx, const storage::Write& write) {
  ACCORD_ASSIGN_OR_RETURN(const auto entry, storage::LawInForceOf(tx));
  if (!entry) return absl::OkStatus();
  LawChange present;
  ACCORD_RETURN_IF_ERROR(changes_.GetAny(tx, entry->name, &present));
  ACCORD_ASSIGN_OR_RETURN(const int next, LawChangeLifecycle().Next(present.state(), "replace"));
  present.set_state(static_cast<v1::LawChangeState>(next));
  const std::string etag = present.etag();
  return Keep(tx, write, etag, std::move(present)).status();
}

LawKeeper::Result LawKeeper::Approve(Call& call, Tx& tx, const storage::Write& write,
                                     const v1::ApproveLawChangeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(LawChange change, Moved(call, tx, request.name(), "approve"));
  ACCORD_ASSIGN_OR_RETURN(const std::string in_force, DigestInForce(tx));
  if (change.digest() == in_force) {
    return Refuse(rules::kLawUnchanged, "This is the rule set that is in force.");
  }
  if (!change.has_trial() || change.trial().against() != in_force) {
    return Refuse(rules::kLawNotTried, "No dry run of it stands beside the rule set that is in force.");
  }
  // The proposal may have been accepted by another version of the program.
  ACCORD_ASSIGN_OR_RETURN(const auto set, CheckedRuleSet(change.rule_set()));
  ACCORD_RETURN_IF_ERROR(CheckSettings(*set));
  ACCORD_RETURN_IF_ERROR(EndPresent(tx, write));
  ACCORD_RETURN_IF_ERROR(storage::PutLawInForce(tx, change.name(), change.digest(), call.now()));
  change.set_approved_by(call.caller().actor);
  *change.mutable_in_force_time() = ToProto(call.now());
  return Keep(tx, write, request.etag(), std::move(change));
}

LawKeeper::Result LawKeeper::Withdraw(Call& call, Tx& tx, const storage::Write& write,
                                      const v1::WithdrawLawChangeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(LawChange change, Moved(call, tx, request.name(), "withdraw"));
  return Keep(tx, write, request.etag(), std::move(change));
}

TrialTerms LawKeeper::TermsAt(absl::Time now) const {
  TrialTerms terms{.now = now};
  const Message& set = law_->Set();
  const auto* cell = set.GetDescriptor()->FindFieldByName("small_cell");
  if (cell != nullptr) terms.small_cell = std::max(1, set.GetReflection()->GetInt32(set, cell));
  return terms;
}

absl::StatusOr<v1::CompareLawResponse> LawKeeper::Compare(Call& call, const v1::CompareLawRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("from", request.from(), "to", request.to()));
  const auto before = RuleSetAsOf(law_->Set(), request.from()),
             after = RuleSetAsOf(law_->Set(), request.to());
  for (const auto* each : {before.get(), after.get()}) {
    if (law_->Check(*each).ok()) continue;
    return Refuse(rules::kLawNotSound, "The rule set in force does not reach back to one of these days.");
  }
  TrialTerms terms = TermsAt(call.now());
  terms.stopped = [&call] { return call.abandoned(); };
  v1::CompareLawResponse response;
  ACCORD_ASSIGN_OR_RETURN(
      *response.mutable_trial(),
      TryLaw(
          options_.database, options_.judged,
          [&](const GovernedLaw::Work& work) { return law_->Under(*before, work); },
          [&](const GovernedLaw::Work& work) { return law_->Under(*after, work); }, terms));
  response.mutable_trial()->set_against(RuleSetDigest(law_->Set()));
  return response;
}

absl::Status LawKeeper::TellStatus(Tx& tx, v1::ServiceStatus* status) const {
  *status->mutable_law() = CheckLaw(law_->Set()).currency;
  status->set_law_digest(RuleSetDigest(law_->Set()));
  status->set_law_delivered(delivered_);
  status->set_law_settings_differ(FixedSettingsOf(law_->Set(), law_->Fixed()) != delivered_settings_);
  status->set_law_delivered_checked_to(delivered_checked_to_);
  ACCORD_ASSIGN_OR_RETURN(const auto entry, storage::LawInForceOf(tx));
  if (entry) status->set_law_change(entry->name);
  ACCORD_ASSIGN_OR_RETURN(const auto replicas,
                          storage::LawReplicasSince(tx, FromProto(status->time()) - kLiving));
  for (const storage::LawReplica& each : replicas) {
    v1::LawReplica& replica = *status->add_law_replicas();
    replica.set_replica(each.replica);
    replica.set_digest(each.digest);
    replica.set_version(each.version);
    *replica.mutable_time() = ToProto(each.at);
  }
  return absl::OkStatus();
}

}  // namespace accord::host
