// These are the counts of prosecutions for the office.
#include <array>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/prosecution/cases/case_service.h"

namespace accord::prosecution {
namespace {

// These are index fields of an accused, and each is a table of the office's counts.
constexpr std::array kTables = {"stage", "region", "restitution"};

}  // namespace

absl::StatusOr<Tallies> CaseService::CountAll(Tx& tx) {
  Tallies tallies;
  for (const char* table : kTables) {
    ACCORD_ASSIGN_OR_RETURN(const auto counts, accused_.CountBy(tx, kOffice, table));
    for (const auto& [value, n] : counts) tallies.emplace_back(absl::StrCat(table, "/", value), n);
  }
  return tallies;
}

absl::StatusOr<v1::CountProsecutionsResponse> CaseService::Count(host::Call&, Tx& tx,
                                                                 const v1::CountProsecutionsRequest&) {
  ACCORD_ASSIGN_OR_RETURN(const OfficeCounts counted, ReadOfficeCounts(tx));
  v1::CountProsecutionsResponse response;
  if (counted.at) *response.mutable_as_of() = ToProto(*counted.at);
  for (const char* table : kTables) {
    for (const ShownTally& shown : ShownTable(counted.tallies, table, rules_->set().small_cell())) {
      auto* cell = response.add_counts();
      cell->set_label(shown.label);
      if (shown.count) cell->set_count(*shown.count);
      cell->set_suppressed(!shown.count);
    }
  }
  return response;
}

}  // namespace accord::prosecution
