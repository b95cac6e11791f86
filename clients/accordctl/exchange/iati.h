// Initiatives and their results as activities of IATI 2.03. What the standard has no place for is a comment
// in words: that a figure is about so much, that it is withheld, that no day is known.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_IATI_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_IATI_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/indicator_tables.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct IatiInput {
  std::vector<strategy::v1::Initiative> initiatives;
  std::vector<strategy::v1::IndicatorTable> tables;
  // It is the id of the agency that reports, for example `co-pahtco`.
  std::string agency;
  // IATI has registered this reference for it; empty as long as it has none.
  std::string organisation;
  // The standard asks of every activity for a day. Of an initiative of which no day is known this one is
  // written, `YYYY-MM-DD`, with the words that it is the day as of which it is known; empty leaves such
  // initiatives out.
  std::string undated_as_of;
  // What agencies are called.
  AgencyNames names;
};

struct IatiDocument {
  std::string xml;
  std::size_t activities = 0, results = 0;
  // Initiatives without any known day, and indicators of no activity that is written.
  std::size_t undated = 0, without_activity = 0;
};

// FAILED_PRECONDITION with rule EXPORT_EMPTY if no activity can be written, because a document has at
// least one.
absl::StatusOr<IatiDocument> IatiOf(const IatiInput& input);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_IATI_H_
