// `accordctl agreements`: which pairs of agencies may exchange what, under which protocol and until when, for
// those who sign; and whose agreement has ended.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_AGREEMENTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_AGREEMENTS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

// This is what two signatories of a protocol may send each other.
enum class Exchange {
  // Every kind of referral, and reports of a child in need of protection to the one that is a society.
  kReportsToFirst,
  // Every kind, reports too, either way: both are societies.
  kReportsBothWays,
  // Every kind but reports, since neither agency is a society.
  kNoReports,
};

// Two signatories of one protocol, by their agency ids.
struct Agreement {
  // A society comes first; of two of a kind the one whose id does.
  std::string first, second;
  Exchange exchange = Exchange::kNoReports;
  // This is the protocol's resource name and title.
  std::string protocol, title;
  // Days, `YYYY-MM-DD`: the first, the last (empty: no end was agreed), and when its review opens.
  std::string from, until, review;
  // Something new may be exchanged today.
  bool stands = false;
};

// As of a day, `YYYY-MM-DD`, of the protocols that are or were in force: the pairs whose agreement stands,
// and those of which one has ended and none stands. One that adds to a protocol stands only while that one
// is seen to stand. Ordered by the names of the two and the protocol.
std::vector<Agreement> AgreementsOn(const std::vector<protocols::v1::Protocol>& protocols,
                                    const std::string& day);

struct AgreementsView {
  std::vector<Agreement> agreements;
  AgencyNames agencies;
  absl::Time now;
};

// What may be exchanged, and until when, in the language that is spoken.
std::string ExchangeText(const AgreementsView& view, const Agreement& agreement);
std::string UntilText(const Agreement& agreement);

std::string AgreementsTable(const AgreementsView& view);
Json AgreementsJson(const AgreementsView& view);
// This returns the page as HTML.
std::string AgreementsPage(const AgreementsView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_AGREEMENTS_H_
