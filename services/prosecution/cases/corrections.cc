#include "services/prosecution/cases/corrections.h"

#include "common/base/clock.h"

namespace accord::prosecution {

v1::Correction NewCorrection(const Caller& caller, absl::Time now, const std::string& reason) {
  v1::Correction correction;
  correction.set_reason(reason);
  correction.set_agency(caller.agency);
  correction.set_by(caller.actor);
  *correction.mutable_time() = ToProto(now);
  return correction;
}

}  // namespace accord::prosecution
