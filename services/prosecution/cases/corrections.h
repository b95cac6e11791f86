// This is the row by which a case and an accused tell of a mistake that was mended.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_CORRECTIONS_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_CORRECTIONS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "common/access/decide.h"

namespace accord::prosecution {

// RECORD_FULL for a record that was corrected so often already: whoever reads it reads every row.
absl::Status CheckMayCorrect(int corrections);
// Says who mends it, when and why. What was mended is added by whoever asks for the row.
v1::Correction NewCorrection(const Caller& caller, absl::Time now, const std::string& reason);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_CORRECTIONS_H_
