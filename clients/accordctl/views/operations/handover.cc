#include "clients/accordctl/views/operations/handover.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/access/names.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;
namespace c = prosecution::v1;

// Nobody works on a referral that has ended.
bool HasEnded(const p::Referral& referral) {
  switch (referral.state()) {
    case p::REFERRAL_STATE_CLOSED:
    case p::REFERRAL_STATE_REDIRECTED:
    case p::REFERRAL_STATE_REVOKED:
    case p::REFERRAL_STATE_REJECTED:
      return true;
    default:
      return false;
  }
}

template <class Record>
OpenWork WorkOn(const Handover& handover, const std::string& kind, const Record& record,
                const std::string& state) {
  OpenWork work;
  work.kind = kind;
  work.name = record.name();
  work.state = state;
  work.request = {{"name", record.name()},
                  {"etag", record.etag()},
                  {"request_id", RequestIdOf(handover, record.name(), record.etag())}};
  return work;
}

}  // namespace

void AddOpenWork(const Handover& handover, const p::Referral& referral, std::vector<OpenWork>* work) {
  const bool theirs = referral.to_agency() == handover.agency && referral.assignee() == handover.from;
  if (!theirs || HasEnded(referral)) return;
  OpenWork each =
      WorkOn(handover, "referral", referral, ShortName(p::ReferralState_descriptor(), referral.state()));
  each.verb = "assign";
  each.noun = "referral";
  each.request["assignee"] = handover.to;
  work->push_back(std::move(each));
}

void AddOpenWork(const Handover& handover, const p::InspectorReferral& referral,
                 std::vector<OpenWork>* work) {
  const bool theirs = referral.to_agency() == handover.agency && referral.assignee() == handover.from;
  if (!theirs || referral.state() == p::INSPECTOR_REFERRAL_STATE_CLOSED) return;
  OpenWork each = WorkOn(handover, "inspector-referral", referral,
                         ShortName(p::InspectorReferralState_descriptor(), referral.state()));
  each.verb = "assign";
  each.noun = "inspector-referral";
  each.request["assignee"] = handover.to;
  work->push_back(std::move(each));
}

void AddOpenWork(const Handover& handover, const p::JointInvestigation& joint, std::vector<OpenWork>* work) {
  const bool theirs = std::any_of(joint.team().begin(), joint.team().end(), [&](const auto& member) {
    return member.agency() == handover.agency && member.actor() == handover.from;
  });
  if (!theirs || joint.state() != p::JOINT_INVESTIGATION_STATE_OPEN) return;
  OpenWork each = WorkOn(handover, "joint-investigation", joint,
                         ShortName(p::JointInvestigationState_descriptor(), joint.state()));
  each.verb = "leave";
  each.noun = "joint-investigation";
  each.request["actor"] = handover.from;
  each.request["successor"] = handover.to;
  work->push_back(std::move(each));
}

void AddOpenWork(const Handover& handover, const c::Case& of, std::vector<OpenWork>* work) {
  std::set<std::string> modes;
  for (const auto& assignment : of.assignments()) {
    if (!assignment.to().empty() || assignment.agency() != handover.agency) continue;
    if (assignment.crown() != handover.from) continue;
    modes.insert(ShortName(c::AssignmentMode_descriptor(), assignment.mode()));
  }
  if (modes.empty()) return;
  OpenWork each = WorkOn(handover, "case", of, absl::StrJoin(modes, ", "));
  each.verb = "replace";
  each.noun = "crown";
  each.request["agency"] = handover.agency;
  each.request["crown"] = handover.from;
  each.request["successor"] = handover.to;
  work->push_back(std::move(each));
}

// An offering that was held already keeps the instructors who taught it.
void AddOpenWork(const Handover& handover, const training::v1::Offering& offering,
                 std::vector<OpenWork>* work) {
  const auto& teach = offering.instructors();
  const bool theirs = OwnerOf(offering.name()) == handover.agency &&
                      std::find(teach.begin(), teach.end(), handover.from) != teach.end();
  const bool over = offering.state() == training::v1::OFFERING_STATE_DELIVERED ||
                    offering.state() == training::v1::OFFERING_STATE_CANCELLED;
  if (!theirs || over) return;
  OpenWork each = WorkOn(handover, "offering", offering,
                         ShortName(training::v1::OfferingState_descriptor(), offering.state()));
  each.verb = "replace-instructor";
  each.noun = "offering";
  each.request["instructor"] = handover.from;
  each.request["successor"] = handover.to;
  work->push_back(std::move(each));
}

std::string RequestIdOf(const Handover& handover, const std::string& name, const std::string& etag) {
  const std::string asked = absl::StrJoin({handover.agency, handover.from, handover.to, name, etag}, "\n");
  return absl::StrCat("handover-", Hex(Sha256(asked)).substr(0, 40));
}

}  // namespace accord::ctl
