// This file is about initiatives and their results as activities of IATI 2.03. What the standard cannot
// express becomes a comment in words: that a figure is approximate, that it is withheld, or that no day
// is known.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_IATI_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_IATI_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/indicator_tables.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct IatiInput {
  std::vector<strategy::v1::Initiative> initiatives;
  std::vector<strategy::v1::IndicatorTable> tables;
  // This is the id of the reporting agency, for example `co-pahtco`.
  std::string agency;
  // This is the reference that IATI has registered for it; it is empty if there is none yet.
  std::string organisation;
  // The standard requires a day for every activity. For an initiative without a known day this one
  // is written, `YYYY-MM-DD`, with the remark that it is the day as of which the initiative is
  // known. If it is empty, such initiatives are left out.
  std::string undated_as_of;
  // The names of agencies.
  AgencyNames names;
};

struct IatiDocument {
  std::string xml;
  std::size_t activities = 0, results = 0;
  // This is the number of initiatives without a known day, and of indicators whose activity is not written.
  std::size_t undated = 0, without_activity = 0;
};

// This returns FAILED_PRECONDITION with rule EXPORT_EMPTY if no activity can be written, because a document
// has at least one.
absl::StatusOr<IatiDocument> IatiDocumentOf(const IatiInput& input);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_IATI_H_
