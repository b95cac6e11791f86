#include "services/protocols/referrals/referral_amendments.h"

#include <google/protobuf/util/field_mask_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/protocols/referrals/referral_law.h"

namespace accord::protocols {
namespace {

using v1::Referral;

// Each side may amend a referral this often by corrections, undoing and reopening. The number is our choice.
// Amendments are counted for each side, so that neither uses up the other's.
constexpr int kMostAmendmentsOfASide = 50;

// This gives a referral that has nothing but this field.
Referral WithAmendedFieldOnly(const std::string& field, const Referral& referral) {
  Referral only;
  google::protobuf::FieldMask mask;
  mask.add_paths(field);
  google::protobuf::util::FieldMaskUtil::MergeOptions options;
  google::protobuf::util::FieldMaskUtil::MergeMessageTo(referral, mask, options, &only);
  return only;
}

}  // namespace

bool AmendmentMayCorrect(const Referral& referral, const std::string& field) {
  static const std::set<std::string> kFirstSendersWords = {"reporter_belief", "indicators", "youth_wishes",
                                                           "caregiver_suspect"};
  if (field == "phone_contact_at" || field == "indigenous_identity") return true;
  return referral.redirected_from().empty() && (kFirstSendersWords.contains(field) || ChoosesLaw(field));
}

std::set<std::string> AmendedFields(const std::set<std::string>& fields, const Referral& before,
                                    const Referral& after) {
  std::set<std::string> changed;
  for (const std::string& field : fields) {
    if (google::protobuf::util::MessageDifferencer::Equals(WithAmendedFieldOnly(field, before),
                                                           WithAmendedFieldOnly(field, after)))
      continue;
    changed.insert(field);
  }
  return changed;
}

absl::Status CheckMayAmend(const Referral& referral, const std::string& agency) {
  const auto& amendments = referral.amendments();
  const auto own = std::count_if(amendments.begin(), amendments.end(),
                                 [&](const auto& amendment) { return amendment.agency() == agency; });
  if (own < kMostAmendmentsOfASide) return absl::OkStatus();
  return Refuse(rules::kRecordFull, "Your agency has mended this referral as often as it may.");
}

v1::ReferralAmendment* AddAmendment(v1::AmendmentKind kind, const Caller& caller, absl::Time now,
                                    const std::string& reason, Referral* referral) {
  auto* amendment = referral->add_amendments();
  amendment->set_kind(kind);
  amendment->set_reason(reason);
  amendment->set_agency(caller.agency);
  amendment->set_actor(caller.actor);
  *amendment->mutable_time() = ToProto(now);
  return amendment;
}

void NoteAmendedClocks(const Referral& before, const Referral& after, v1::ReferralAmendment* amendment) {
  const auto note = [&](v1::ReferralClock clock, bool had, const google::protobuf::Timestamp& was,
                        const google::protobuf::Timestamp& is) {
    if (!had || FromProto(was) == FromProto(is)) return;
    auto* noted = amendment->add_clocks_before();
    noted->set_clock(clock);
    *noted->mutable_due() = was;
  };
  note(v1::REFERRAL_CLOCK_ACKNOWLEDGE, before.has_acknowledge_due(), before.acknowledge_due(),
       after.acknowledge_due());
  note(v1::REFERRAL_CLOCK_ASSESSMENT, before.has_assessment_due(), before.assessment_due(),
       after.assessment_due());
  note(v1::REFERRAL_CLOCK_RESPONSE, before.has_response_due(), before.response_due(), after.response_due());
  note(v1::REFERRAL_CLOCK_COMPLETION, before.has_completion_due(), before.completion_due(),
       after.completion_due());
}

}  // namespace accord::protocols
