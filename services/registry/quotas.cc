#include "services/registry/quotas.h"

#include "common/base/error.h"
#include "common/pki/authority.h"
#include "services/registry/resource_names.h"

namespace accord::registry {
namespace {

int64_t QuotaOr(int32_t configured, int64_t otherwise) { return configured > 0 ? configured : otherwise; }

}  // namespace

absl::Status CheckQuota(storage::Transaction& tx, Enrolled& kind, const v1::Agency& agency, int64_t most,
                        const rules::Rule& rule) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t count, kind.CountUpTo(tx, PartOf(agency.name(), 1), most));
  if (count < most) return absl::OkStatus();
  return Refuse(rule,
                "The agency has registered as many as it may; the coordination office can raise the number.");
}

Quotas::Quotas(const host::v1::RegistryConfig& config)
    : systems(QuotaOr(config.max_systems_of_agency(), 100)),
      actors(QuotaOr(config.max_actors_of_agency(), 10'000)),
      certificates(QuotaOr(config.max_certificates_of_agency(), 2'000)),
      live_certificates(QuotaOr(config.max_live_certificates_of_agency(), 300)),
      renewals(QuotaOr(config.max_renewals_of_agency(), 200)),
      renewed_days(std::min<int64_t>(QuotaOr(config.max_renewed_days(), 90), pki::kMaxDays)),
      renew_from_percent(std::clamp(config.renew_from_percent(), 0, 99)) {}

}  // namespace accord::registry
