// This class says what happens to the products made from a report when the report is withdrawn or ends.
#ifndef ACCORD_SERVICES_INTELLIGENCE_PURGE_DERIVED_PRODUCTS_H_
#define ACCORD_SERVICES_INTELLIGENCE_PURGE_DERIVED_PRODUCTS_H_

#include <string>

#include "absl/status/status.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "common/storage/records/resources.h"
#include "services/intelligence/purge/purge_notices.h"

namespace accord::intelligence {

class DerivedProducts {
 public:
  DerivedProducts(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : products_("product", tokens),
        copies_("report_copy", tokens),
        releases_("release_request", tokens),
        notices_(tokens, rules) {}

  // This takes back the originator's agreements to sanitised texts, because the originator recalled
  // its report.
  absl::Status VoidAgreements(storage::Transaction& tx, const v1::Report& report,
                              const storage::Write& write);
  // This erases a report, its revisions and answers, what products said by it, and the reasons for which it
  // was given or asked for. A sanitised text that was made from an admitted report stays, because its
  // originators agreed to it. It returns how many agencies must confirm.
  absl::StatusOr<int> Purge(storage::Transaction& tx, const v1::Report& report, const std::string& reason,
                            const storage::Write& write);
  // This seals a report away with everything that was made from it, sanitised or not, and erases the
  // same reasons.
  absl::Status Seal(storage::Transaction& tx, const v1::Report& report, const std::string& reason,
                    const storage::Write& write);

 private:
  absl::Status PurgeOne(storage::Transaction& tx, const std::string& name, bool keep_sanitised,
                        const std::string& reason, const storage::Write& write);

  // This erases the reasons for giving the report, in the log of disclosures, and for requests for a release.
  // The fact that it was given stays.
  absl::Status EraseReasons(storage::Transaction& tx, const v1::Report& report, const storage::Write& write);

  storage::Resources products_;
  storage::Resources copies_;
  storage::Resources releases_;
  PurgeNotices notices_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PURGE_DERIVED_PRODUCTS_H_
