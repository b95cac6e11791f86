// This stores which consents stand, so that they are found without reading the case.
#ifndef ACCORD_SERVICES_SUPPORTS_CONSENTS_LIVE_CONSENT_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_CONSENTS_LIVE_CONSENT_STORE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// This is a consent that was given and not withdrawn. Days are `YYYY-MM-DD`; `purpose` and `program` are
// short names.
struct LiveConsent {
  std::string name, case_name, purpose, program, expires_on;
};

absl::Status PutLiveConsent(storage::Transaction& tx, const LiveConsent& consent);

absl::Status DropLiveConsent(storage::Transaction& tx, const std::string& name);

// This tells whether the case has a consent for this purpose that stands on this day.
absl::StatusOr<bool> HasLiveConsent(storage::Transaction& tx, const std::string& case_name,
                                    const std::string& purpose, const std::string& day);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_CONSENTS_LIVE_CONSENT_STORE_H_
