// This file is about the page of `accordctl claims`: how many claims of each benefit were paid in each
// fiscal year.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_CLAIMS_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_CLAIMS_PAGE_H_

#include <string>

#include "accord/supports/v1/benefit_service.pb.h"

namespace accord::ctl {

// This gives the common name of a benefit, in the session's language.
std::string BenefitText(supports::v1::BenefitCode benefit);
// This gives the number, or the word that it is withheld.
std::string BenefitCountText(const supports::v1::BenefitClaimCount& cell);

// This returns the page as HTML.
std::string ClaimsPage(const supports::v1::CountBenefitsResponse& counted);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_CLAIMS_PAGE_H_
