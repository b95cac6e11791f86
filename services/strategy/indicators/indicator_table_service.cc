#include "services/strategy/indicators/indicator_table_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/strategy/indicators/data_authorisations.h"
#include "services/strategy/indicators/told_figures.h"

namespace accord::strategy {
namespace {

// This many tables with all their figures fit into one message.
constexpr int kMostTables = 50;

// This gives the last day of the newest period that was over before `day`, or nullopt if the indicator has no
// periods. A fiscal year ends on 31 March, and its quarters end with those of the calendar.
std::optional<absl::CivilDay> PeriodOfTableBefore(v1::Periodicity periodicity, absl::CivilDay day) {
  switch (periodicity) {
    case v1::PERIODICITY_MONTHLY:
      return absl::CivilDay(day.year(), day.month(), 1) - 1;
    case v1::PERIODICITY_QUARTERLY:
      return absl::CivilDay(day.year(), day.month() - (day.month() - 1) % 3, 1) - 1;
    case v1::PERIODICITY_YEARLY:
      return absl::CivilDay(day.month() > 3 ? day.year() : day.year() - 1, 3, 31);
    default:
      return std::nullopt;
  }
}

// This gives the day by which a missing figure was due. The result is empty if none is overdue today.
std::string TableOverdueSince(const v1::Indicator& indicator,
                              const std::vector<v1::IndicatorObservation>& verified, absl::CivilDay today,
                              int business_days) {
  const auto newest = PeriodOfTableBefore(indicator.periodicity(), today);
  if (!newest || indicator.state() != v1::INDICATOR_STATE_CURRENT) return "";
  absl::CivilDay ended = *newest;
  // If nothing is due yet for the period that ended last, the one before it counts.
  if (AddBusinessDays(ended, business_days) >= today) {
    ended = PeriodOfTableBefore(indicator.periodicity(), ended).value_or(ended);
  }
  // No figure is due for a period before the indicator existed.
  if (ended < OntarioDay(FromProto(indicator.create_time()))) return "";
  const std::string end = FormatDay(ended);
  const bool there = std::any_of(verified.begin(), verified.end(), [&](const v1::IndicatorObservation& each) {
    return each.period_end() >= end;
  });
  return there ? "" : FormatDay(AddBusinessDays(ended, business_days));
}

v1::IndicatorFigure WithheldTableFigure(const v1::IndicatorObservation& observation) {
  v1::IndicatorFigure figure;
  figure.set_observation(observation.name());
  figure.set_definition_version(observation.definition_version());
  figure.set_period_start(observation.period_start());
  figure.set_period_end(observation.period_end());
  figure.set_corrects(observation.corrects());
  figure.set_status(v1::FIGURE_STATUS_SUPPRESSED);
  return figure;
}

v1::IndicatorFigure ToldTableFigure(const v1::IndicatorObservation& observation) {
  v1::IndicatorFigure figure = WithheldTableFigure(observation);
  figure.set_status(observation.has_value() ? v1::FIGURE_STATUS_SHOWN : v1::FIGURE_STATUS_IN_WORDS);
  if (observation.has_value()) figure.set_value(observation.value());
  figure.set_text(observation.text());
  figure.set_qualifier(observation.qualifier());
  figure.set_as_stated(observation.as_stated());
  return figure;
}

}  // namespace

void IndicatorTableService::Register(host::Handlers* handlers) {
  using S = IndicatorTableService;
  handlers->Bind("accord.strategy.v1.IndicatorService", this, &S::Tabulate);
}

absl::StatusOr<v1::IndicatorTable> IndicatorTableService::TableOf(host::Call& call, Tx& tx,
                                                                  v1::Indicator indicator) {
  v1::IndicatorTable table;
  *table.mutable_indicator() = std::move(indicator);
  v1::Indicator* told = table.mutable_indicator();
  const std::string& office = rules_->office_agency();
  bool told_at_all = true;
  if (told->indigenous_disaggregated()) {
    ACCORD_ASSIGN_OR_RETURN(told_at_all, IsIndicatorAuthorised(tx, &authorisations_, office, *told,
                                                               FormatDay(OntarioDay(call.now()))));
  }
  if (!told_at_all) {
    table.set_state(v1::INDICATOR_TABLE_STATE_NO_AUTHORISATION);
    if (told->has_baseline()) table.set_baseline_status(v1::FIGURE_STATUS_SUPPRESSED);
    told->clear_baseline();
    return table;
  }
  table.set_state(v1::INDICATOR_TABLE_STATE_OPEN);
  if (told->has_baseline()) {
    const bool shown = IsBaselineTold(*told, rules_->small_cell());
    table.set_baseline_status(shown ? v1::FIGURE_STATUS_SHOWN : v1::FIGURE_STATUS_SUPPRESSED);
    if (!shown) told->clear_baseline();
  }
  ACCORD_ASSIGN_OR_RETURN(const ToldFigures figures,
                          ToldFiguresOf(tx, &observations_, office, *told, rules_->small_cell()));
  for (const v1::IndicatorObservation& observation : figures.verified()) {
    *table.add_figures() =
        figures.Tells(observation) ? ToldTableFigure(observation) : WithheldTableFigure(observation);
  }
  table.set_overdue_since(
      TableOverdueSince(*told, figures.verified(), OntarioDay(call.now()), rules_->figure_business_days()));
  return table;
}

absl::StatusOr<v1::TabulateIndicatorsResponse> IndicatorTableService::Tabulate(
    host::Call& call, Tx& tx, const v1::TabulateIndicatorsRequest& request) {
  storage::Page<v1::Indicator> page;
  if (request.indicator().empty()) {
    const int size = std::min(request.page_size(), kMostTables);
    const storage::ListQuery query{call.caller().agency, {}, size, request.page_token(), ""};
    ACCORD_ASSIGN_OR_RETURN(page, indicators_.List<v1::Indicator>(tx, query));
  } else {
    ACCORD_RETURN_IF_ERROR(
        indicators_.Get(tx, request.indicator(), call.caller().agency, &page.items.emplace_back()));
  }
  v1::TabulateIndicatorsResponse response;
  for (v1::Indicator& indicator : page.items) {
    ACCORD_ASSIGN_OR_RETURN(*response.add_indicator_tables(), TableOf(call, tx, std::move(indicator)));
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

}  // namespace accord::strategy
