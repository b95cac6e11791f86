// A corrected mistake is told by a row in the case or the accused, which this file makes.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_CORRECTIONS_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_CORRECTIONS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "common/access/decide.h"

namespace accord::prosecution {

// This fails with RECORD_FULL if the record was corrected too often already, since every reader of the record
// reads each row.
absl::Status CheckMayCorrect(int corrections);
// This gives a row that says who corrects a record, when and why. The caller of this function adds what
// was corrected.
v1::Correction NewCorrection(const Caller& caller, absl::Time now, const std::string& reason);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_CORRECTIONS_H_
