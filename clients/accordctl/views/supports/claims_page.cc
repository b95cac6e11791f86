#include "clients/accordctl/views/supports/claims_page.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/page.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using supports::v1::BenefitClaimCount;
using supports::v1::CountBenefitsResponse;

const PageForm& ClaimsForm() {
  static const auto* form = new PageForm("claims.html");
  return *form;
}

std::string ClaimsTable(const CountBenefitsResponse& counted) {
  std::set<std::string> fiscal_years;
  std::set<int> benefits;
  std::map<std::pair<int, std::string>, const BenefitClaimCount*> at;
  for (const BenefitClaimCount& cell : counted.counts()) {
    fiscal_years.insert(cell.fiscal_year());
    benefits.insert(cell.benefit());
    at[{cell.benefit(), cell.fiscal_year()}] = &cell;
  }
  if (at.empty()) return ClaimsForm().Part("none");
  std::string years, rows;
  for (const std::string& year : fiscal_years) {
    years += ClaimsForm().Part("year", {{"year", ForeignText(year)}});
  }
  for (const int benefit : benefits) {
    std::string cells;
    for (const std::string& year : fiscal_years) {
      const auto found = at.find({benefit, year});
      // Nobody was paid for it in that year.
      const std::string count = found == at.end() ? "0" : BenefitCountText(*found->second);
      cells += ClaimsForm().Part("cell", {{"count", count}});
    }
    rows += ClaimsForm().Part(
        "row", {{"benefit", BenefitText(static_cast<supports::v1::BenefitCode>(benefit))}, {"cells", cells}});
  }
  return ClaimsForm().Part("table", {{"years", years}, {"rows", rows}});
}

}  // namespace

std::string BenefitText(supports::v1::BenefitCode benefit) {
  return Text(absl::StrReplaceAll(ShortName(supports::v1::BenefitCode_descriptor(), benefit), {{"_", " "}}));
}

std::string BenefitCountText(const BenefitClaimCount& cell) {
  return cell.has_count() && !cell.suppressed() ? absl::StrCat(cell.count()) : Text("withheld");
}

std::string ClaimsPage(const CountBenefitsResponse& counted) {
  const std::string summary = counted.has_as_of()
                                  ? Text("Survivors who agreed to be counted, as of {{moment}} in Ontario.",
                                         {{"moment", MomentText(FromProto(counted.as_of()), OntarioZone())}})
                                  : Text("Nothing has been counted yet.");
  return PageOf(Text("Paid claims by benefit and fiscal year"), {"page.css"},
                ClaimsForm().Body({{"summary", summary}, {"table", ClaimsTable(counted)}}));
}

}  // namespace accord::ctl
