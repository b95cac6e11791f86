// A notice asks whoever was given what is purged or sealed to destroy what was taken from it, and to say so.
#ifndef ACCORD_SERVICES_INTELLIGENCE_PURGE_PURGE_NOTICES_H_
#define ACCORD_SERVICES_INTELLIGENCE_PURGE_PURGE_NOTICES_H_

#include <string>

#include "absl/status/statusor.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "common/storage/records/resources.h"

namespace accord::intelligence {

class PurgeNotices {
 public:
  PurgeNotices(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : notices_("purge_notice", tokens), copies_("report_copy", tokens), rules_(rules) {}

  // Issues a notice to every agency in the log of a report's disclosures, and to the makers of products from
  // it. It returns how many.
  absl::StatusOr<int> Issue(storage::Transaction& tx, const v1::Report& report, const storage::Write& write);
  absl::StatusOr<v1::PurgeNotice> Confirm(storage::Transaction& tx, const std::string& agency,
                                          const std::string& name, const std::string& etag,
                                          const storage::Write& write);
  // The sweeper calls this when a notice was not confirmed in time: it becomes overdue, and stays open.
  absl::Status PassTime(storage::Transaction& tx, const std::string& name, absl::Time now);
  storage::Resources& resources() { return notices_; }

 private:
  storage::Placement PlacementOf(const v1::PurgeNotice&) const;
  absl::Status Move(storage::Transaction& tx, v1::PurgeNotice* notice, const std::string& event,
                    const std::string& etag, const storage::Write& write);

  storage::Resources notices_;
  storage::Resources copies_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PURGE_PURGE_NOTICES_H_
