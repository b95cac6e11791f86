#include "services/supports/benefits/benefit_service.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "common/access/names.h"
#include "common/aggregates/office_counts.h"
#include "common/aggregates/suppress.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::supports {

void BenefitService::Register(host::Handlers* handlers) {
  using S = BenefitService;
  handlers->Bind("accord.supports.v1.BenefitService", this, &S::List, &S::Count);
}

absl::StatusOr<v1::ListBenefitsResponse> BenefitService::List(host::Call&, const v1::ListBenefitsRequest&) {
  v1::ListBenefitsResponse response;
  *response.mutable_benefits() = rules_->benefits();
  return response;
}

absl::StatusOr<v1::CountBenefitsResponse> BenefitService::Count(host::Call&, Tx& tx,
                                                                const v1::CountBenefitsRequest&) {
  ACCORD_ASSIGN_OR_RETURN(const OfficeCounts counted, ReadOfficeCounts(tx));
  v1::CountBenefitsResponse response;
  if (counted.at) *response.mutable_as_of() = ToProto(*counted.at);
  std::vector<int64_t> cells;
  for (const auto& [label, count] : counted.tallies) {
    // CountPaidClaims writes labels of three parts: the table, the benefit and the fiscal year.
    const std::vector<std::string> parts = absl::StrSplit(label, '/');
    if (parts.size() != 3 || parts[0] != "benefit") continue;
    const auto benefit = FromShortName(v1::BenefitCode_descriptor(), parts[1]);
    if (!benefit) continue;
    auto* cell = response.add_counts();
    cell->set_benefit(static_cast<v1::BenefitCode>(*benefit));
    cell->set_fiscal_year(parts[2]);
    cells.push_back(count);
  }
  const auto shown = Suppress(cells, rules_->small_cell());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    auto* cell = response.mutable_counts(static_cast<int>(i));
    if (shown[i]) cell->set_count(*shown[i]);
    cell->set_suppressed(!shown[i]);
  }
  return response;
}

}  // namespace accord::supports
