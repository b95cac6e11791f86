#include <string>
#include <utility>

#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/boards/agreements.h"
#include "clients/accordctl/views/page.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

const PageForm& AgreementsForm() {
  static const auto* form = new PageForm("agreements.html");
  return *form;
}

std::string AgreementRow(const AgreementsView& view, const Agreement& agreement) {
  return AgreementsForm().Part("agreement",
                               {{"first", ForeignText(AgencyNameOf(view.agencies, agreement.first))},
                                {"second", ForeignText(AgencyNameOf(view.agencies, agreement.second))},
                                {"exchange", EscapedHtml(ExchangeText(view, agreement))},
                                {"title", ForeignText(agreement.title)},
                                {"from", EscapedHtml(DayText(agreement.from))},
                                {"until", EscapedHtml(UntilText(agreement))}});
}

// This gives the rows of those that stand, or of those that have ended.
std::string AgreementsTableOf(const AgreementsView& view, bool stands, const std::string& title) {
  std::string rows;
  for (const Agreement& each : view.agreements) {
    if (each.stands == stands) rows += AgreementRow(view, each);
  }
  if (rows.empty()) return AgreementsForm().Part("none");
  return AgreementsForm().Part("agreements", {{"title", title}, {"rows", rows}});
}

}  // namespace

std::string AgreementsPage(const AgreementsView& view) {
  std::string links, sections;
  const std::pair<const char*, std::string> parts[] = {{"standing", Text("Agreements that stand")},
                                                       {"ended", Text("Agreements that have ended")}};
  for (const auto& [id, title] : parts) {
    const std::string body = AgreementsTableOf(view, std::string(id) == "standing", title);
    links += AgreementsForm().Part("link", {{"id", id}, {"title", title}});
    sections += AgreementsForm().Part("section", {{"id", id}, {"title", title}, {"body", body}});
  }
  const std::string now = Text("{{moment}} in Ontario", {{"moment", MomentText(view.now, OntarioZone())}});
  return PageOf(Text("Agreements of agencies"), {"page.css", "agreements.css"},
                AgreementsForm().Body({{"now", now}, {"links", links}, {"sections", sections}}));
}

}  // namespace accord::ctl
