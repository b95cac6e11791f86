// What the text of a report has to be, whatever its figures are, and by what two reports are compared.
#ifndef ACCORD_SERVICES_STRATEGY_REPORTS_REPORT_CONTENT_H_
#define ACCORD_SERVICES_STRATEGY_REPORTS_REPORT_CONTENT_H_

#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/progress_report_resources.pb.h"
#include "accord/strategy/v1/resources.pb.h"

namespace accord::strategy {

// FIGURE_UNBOUND where a place of a text has no figure, a figure has no place in both texts, or its record is
// not the one that its kind asks for. A number that is typed into a text is no figure, whatever it says.
absl::Status CheckSentences(const v1::ProgressReport& report);

// TENSE_CONTRADICTED where the sentence says more of its initiative than is known of it by the report's day.
absl::Status CheckTense(const v1::ReportSentence& sentence, const v1::Initiative& initiative,
                        const std::string& as_of);

// Names every ministry of the report's sentences, once and in order.
void NameMinistries(v1::ProgressReport* report);

// SHA-256, in hexadecimal digits, of days, texts and figures. The names of records are left out, since a
// service makes them, so that the same report has the same digest wherever it was written.
std::string ReportDigest(const v1::ProgressReport& report);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_REPORTS_REPORT_CONTENT_H_
