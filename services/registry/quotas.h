// These are the numbers of records that one agency may register, and of certificates that it may renew.
#ifndef ACCORD_SERVICES_REGISTRY_QUOTAS_H_
#define ACCORD_SERVICES_REGISTRY_QUOTAS_H_

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "accord/host/v1/config.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/base/rules.h"
#include "common/storage/database/database.h"
#include "services/registry/enrolled.h"

namespace accord::registry {

// This is what one agency may register, and renew.
struct Quotas {
  explicit Quotas(const host::v1::RegistryConfig& config = {});
  int64_t systems, actors, certificates;
  // These are the most certificates in force that an agency may have when it renews one, and its most
  // renewals in 24 hours.
  int64_t live_certificates, renewals;
  // These are the same numbers for one system, which gets a quarter, so that a system whose certificate
  // is stolen leaves enough for the others. A system that may renew has two in force, the present one
  // and the next.
  int64_t live_certificates_of_system() const { return std::max<int64_t>(live_certificates / 4, 2); }
  int64_t renewals_of_system() const { return std::max<int64_t>(renewals / 4, 1); }
  // This is the most certificates that a system may have had when it renews one. It is a quarter, too:
  // a system that renews short-lived certificates all day would otherwise use up the agency's number
  // within weeks.
  int64_t certificates_of_system() const { return std::max<int64_t>(certificates / 4, 2); }
  // These are the most days that a renewed certificate is valid, and the percentage of the earlier
  // certificate's life that must be over.
  int64_t renewed_days, renew_from_percent;
};

// This fails with FAILED_PRECONDITION if the agency has `most` of a kind. Two concurrent calls may exceed
// this by one.
absl::Status CheckQuota(storage::Transaction& tx, Enrolled& kind, const v1::Agency& agency, int64_t most,
                        const rules::Rule& rule);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_QUOTAS_H_
