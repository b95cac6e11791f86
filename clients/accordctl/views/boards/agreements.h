// `accordctl agreements` shows which pairs of agencies may exchange what, under which protocol and until
// when, and whose agreement has ended; for the people who sign.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_AGREEMENTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_AGREEMENTS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

// This is what two signatories of a protocol may send each other.
enum class Exchange {
  // Every kind of referral; reports of a child in need of protection go only to the one that is
  // a society.
  kReportsToFirst,
  // Every kind of referral including reports, in both directions: both are societies.
  kReportsBothWays,
  // Every kind but reports, since neither agency is a society.
  kNoReports,
};

// This is two signatories of one protocol, by their agency ids.
struct Agreement {
  // A society comes first; among two of the same kind, the one whose id comes first.
  std::string first, second;
  Exchange exchange = Exchange::kNoReports;
  // This is the protocol's resource name and title.
  std::string protocol, title;
  // These are days, `YYYY-MM-DD`: the first, the last (empty if no end was agreed), and the day on which its
  // review opens.
  std::string from, until, review;
  // This says whether something new may be exchanged today.
  bool stands = false;
};

// This gives, for a day `YYYY-MM-DD`, the pairs whose agreement is in force under one of these protocols, and
// those whose agreement has ended without another one in force. A protocol that adds to another counts only
// while that one is seen to be in force. It is ordered by the names of the two agencies and the protocol.
std::vector<Agreement> AgreementsOn(const std::vector<protocols::v1::Protocol>& protocols,
                                    const std::string& day);

struct AgreementsView {
  std::vector<Agreement> agreements;
  AgencyNames agencies;
  absl::Time now;
};

// This gives what may be exchanged, and until when, in the session's language.
std::string ExchangeText(const AgreementsView& view, const Agreement& agreement);
std::string UntilText(const Agreement& agreement);

std::string AgreementsTable(const AgreementsView& view);
Json AgreementsJson(const AgreementsView& view);
// This returns the page as HTML.
std::string AgreementsPage(const AgreementsView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_AGREEMENTS_H_
