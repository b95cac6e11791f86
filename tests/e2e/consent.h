// This is the consent of a made-up survivor, as tests through the gateway enter it.
#ifndef ACCORD_TESTS_E2E_CONSENT_H_
#define ACCORD_TESTS_E2E_CONSENT_H_

#include <string>

#include "absl/time/clock.h"
#include "accord/supports/v1/resources.pb.h"
#include "common/base/clock.h"

namespace accord::e2e {

// This gives the day in Ontario that comes so many days after today.
inline std::string Days(int n) { return FormatDay(OntarioDay(absl::Now()) + n); }

// This gives a consent of today for 90 days. If it names an agency, that agency may be told of the
// survivor's needs.
inline supports::v1::Consent NewConsent(supports::v1::ConsentPurpose purpose,
                                        const std::string& agency = "") {
  supports::v1::Consent consent;
  consent.set_purpose(purpose);
  consent.set_form_version("2026-1");
  consent.set_language("en");
  consent.set_given_by(supports::v1::CONSENT_GIVEN_BY_SELF);
  consent.set_given_on(Days(0));
  consent.set_expires_on(Days(90));
  consent.set_recipient_agency(agency);
  if (!agency.empty()) consent.add_data(supports::v1::CONSENTED_DATA_NEEDS);
  return consent;
}

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_CONSENT_H_
