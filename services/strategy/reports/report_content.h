// These functions check a report's text, whatever its figures are, and compute the digest by which two
// reports are compared.
#ifndef ACCORD_SERVICES_STRATEGY_REPORTS_REPORT_CONTENT_H_
#define ACCORD_SERVICES_STRATEGY_REPORTS_REPORT_CONTENT_H_

#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/progress_report_resources.pb.h"
#include "accord/strategy/v1/resources.pb.h"

namespace accord::strategy {

// This fails with FIGURE_UNBOUND if a place in a text has no figure, if a figure has no place in both texts,
// or if its record is of the wrong kind. A number that is typed into a text does not count as a figure.
absl::Status CheckSentences(const v1::ProgressReport& report);

// This fails with TENSE_CONTRADICTED if the sentence claims more about its initiative than is known by the
// report's day.
absl::Status CheckTense(const v1::ReportSentence& sentence, const v1::Initiative& initiative,
                        const std::string& as_of);

// This enters every ministry that the report's sentences name, once and in order.
void NameMinistries(v1::ProgressReport* report);

// This gives the SHA-256 of days, texts and figures in hexadecimal digits. The names of records are left out
// because a service makes them: the same report thus has the same digest wherever it was written.
std::string ReportDigest(const v1::ProgressReport& report);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_REPORTS_REPORT_CONTENT_H_
