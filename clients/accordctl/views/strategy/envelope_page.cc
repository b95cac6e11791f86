#include "clients/accordctl/views/strategy/envelope_page.h"

#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/strategy/money_text.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using strategy::v1::Allocation;

const PageForm& EnvelopeForm() {
  static const auto* form = new PageForm("envelope.html");
  return *form;
}

std::string EnvelopeStatedCell(const strategy::v1::Envelope& envelope) {
  std::string stated = QualifierText(envelope.qualifier());
  if (envelope.as_stated().empty()) return stated;
  if (!stated.empty()) stated += " ";
  return stated + EnvelopeForm().Part("stated", {{"words", ForeignText(envelope.as_stated())}});
}

std::string EnvelopeYearRows(const strategy::v1::EnvelopePosition& position) {
  std::string rows;
  for (const auto& year : position.years()) {
    // Of a year whose ceiling nobody stated nothing is known to be free.
    const bool known = year.has_ceiling_cents();
    rows += EnvelopeForm().Part(
        "year", {{"year", ForeignText(year.fiscal_year())},
                 {"ceiling", known ? MoneyText(year.ceiling_cents()) : ""},
                 {"committed", MoneyText(year.committed_cents())},
                 {"free", known ? MoneyText(year.ceiling_cents() - year.committed_cents()) : ""}});
  }
  return rows;
}

std::string AllocationRow(const EnvelopeView& view, const Allocation& allocation) {
  const std::string state = ShortName(strategy::v1::AllocationState_descriptor(), allocation.state());
  return EnvelopeForm().Part("allocation",
                             {{"recipient", ForeignText(AgencyNameOf(view.agencies, allocation.recipient()))},
                              {"year", ForeignText(allocation.fiscal_year())},
                              {"amount", MoneyText(allocation.amount_cents())},
                              {"state", state},
                              {"words", AllocationWords(allocation.state())},
                              {"source", ForeignText(allocation.source_ref())}});
}

void AddEnvelopeSection(const std::string& id, const std::string& title, const std::string& body,
                        std::string* links, std::string* sections) {
  *links += EnvelopeForm().Part("link", {{"id", id}, {"title", title}});
  *sections += EnvelopeForm().Part("section", {{"id", id}, {"title", title}, {"body", body}});
}

// This gives the form's table around rows, or says that there is none.
std::string EnvelopeTableOr(const char* part, const std::string& title, const std::string& rows) {
  if (rows.empty()) return EnvelopeForm().Part("none");
  return EnvelopeForm().Part(part, {{"title", title}, {"rows", rows}});
}

}  // namespace

std::string EnvelopePage(const EnvelopeView& view) {
  const auto& envelope = view.position.envelope();
  std::string links, sections, rows;
  for (const Allocation& allocation : view.allocations) rows += AllocationRow(view, allocation);
  AddEnvelopeSection(
      "position", Text("Position"),
      EnvelopeForm().Part("position", {{"title", Text("Position")},
                                       {"total", MoneyText(envelope.total_cents())},
                                       {"stated", EnvelopeStatedCell(envelope)},
                                       {"committed", MoneyText(view.position.committed_cents())},
                                       {"free", MoneyText(view.position.free_cents())}}),
      &links, &sections);
  AddEnvelopeSection("years", Text("Fiscal years"),
                     EnvelopeTableOr("years", Text("Fiscal years"), EnvelopeYearRows(view.position)), &links,
                     &sections);
  AddEnvelopeSection("allocations", Text("Allocations"),
                     EnvelopeTableOr("allocations", Text("Allocations"), rows), &links, &sections);
  const std::string now = Text("{{moment}} in Ontario", {{"moment", MomentText(view.now, OntarioZone())}});
  return PageOf(
      Text("Envelope: {{title}}", {{"title", envelope.title()}}), {"page.css", "envelope.css"},
      EnvelopeForm().Body({{"title", ForeignText(envelope.title())},
                           {"name", EscapedHtml(envelope.name())},
                           {"ministry", ForeignText(AgencyNameOf(view.agencies, envelope.ministry()))},
                           {"now", now},
                           {"links", links},
                           {"sections", sections}}));
}

}  // namespace accord::ctl
