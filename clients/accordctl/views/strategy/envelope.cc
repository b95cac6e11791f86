#include "clients/accordctl/views/strategy/envelope.h"

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/strategy/money_text.h"

namespace accord::ctl {

std::string AllocationWords(strategy::v1::AllocationState state) {
  switch (state) {
    case strategy::v1::ALLOCATION_STATE_COMMITTED:
      return Text("committed to the recipient");
    case strategy::v1::ALLOCATION_STATE_CLOSED:
      return Text("back in the envelope");
    default:
      return Text("only planned");
  }
}

std::string QualifierText(strategy::v1::Qualifier qualifier) {
  switch (qualifier) {
    case strategy::v1::QUALIFIER_ABOUT:
      return Text("about");
    case strategy::v1::QUALIFIER_CLOSE_TO:
      return Text("close to");
    case strategy::v1::QUALIFIER_UP_TO:
      return Text("up to");
    case strategy::v1::QUALIFIER_AT_LEAST:
      return Text("at least");
    default:
      return "";
  }
}

std::string EnvelopeTables(const EnvelopeView& view) {
  const auto& position = view.position;
  std::string stated = QualifierText(position.envelope().qualifier());
  absl::StrAppend(&stated, stated.empty() ? "" : " ", position.envelope().as_stated());
  std::vector<Row> rows = {TableHeadings({"OF", "CEILING", "COMMITTED", "FREE", "AS STATED"}),
                           {Text("all years"), MoneyText(position.envelope().total_cents()),
                            MoneyText(position.committed_cents()), MoneyText(position.free_cents()), stated}};
  for (const auto& year : position.years()) {
    const bool known = year.has_ceiling_cents();
    rows.push_back({year.fiscal_year(), known ? MoneyText(year.ceiling_cents()) : "",
                    MoneyText(year.committed_cents()),
                    known ? MoneyText(year.ceiling_cents() - year.committed_cents()) : "", ""});
  }
  std::string tables = absl::StrCat(position.envelope().title(), "\n", Table(rows));
  if (view.allocations.empty()) return tables;
  std::vector<Row> allocations = {TableHeadings({"RECIPIENT", "YEAR", "AMOUNT", "STATE"})};
  for (const auto& allocation : view.allocations) {
    allocations.push_back({allocation.recipient(), allocation.fiscal_year(),
                           MoneyText(allocation.amount_cents()), AllocationWords(allocation.state())});
  }
  return absl::StrCat(tables, "\n", Table(allocations));
}

Json EnvelopeJson(const EnvelopeView& view) {
  Json allocations = Json::array();
  for (const auto& allocation : view.allocations) allocations.push_back(ToJson(allocation));
  return {{"position", ToJson(view.position)}, {"allocations", allocations}};
}

}  // namespace accord::ctl
