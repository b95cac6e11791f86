#include "services/prosecution/cases/corrections.h"

#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::prosecution {
namespace {

// A case or an accused may be corrected this often; the number is our choice.
constexpr int kMostCorrections = 100;

}  // namespace

absl::Status CheckMayCorrect(int corrections) {
  if (corrections < kMostCorrections) return absl::OkStatus();
  return Refuse(rules::kRecordFull, "This record was corrected as often as it may be.");
}

v1::Correction NewCorrection(const Caller& caller, absl::Time now, const std::string& reason) {
  v1::Correction correction;
  correction.set_reason(reason);
  correction.set_agency(caller.agency);
  correction.set_by(caller.actor);
  *correction.mutable_time() = ToProto(now);
  return correction;
}

}  // namespace accord::prosecution
