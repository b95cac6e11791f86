// These are the pages that agencies need from day to day, for tests of them: what waits, who may exchange
// what, the pack for an outage, orders, crisis partners and claims, each with a few rows.
#ifndef ACCORD_TESTS_PAGES_PILOT_SAMPLES_H_
#define ACCORD_TESTS_PAGES_PILOT_SAMPLES_H_

#include <string>

namespace accord::ctl {

// This gives the dashboard in the present language.
std::string DashboardSample();
std::string AgreementsSample();
std::string OutageSample();
std::string OrdersSample();
std::string CatchmentsSample();
std::string ClaimsSample();

}  // namespace accord::ctl

#endif  // ACCORD_TESTS_PAGES_PILOT_SAMPLES_H_
