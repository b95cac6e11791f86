#include "services/strategy/indicators/indicator_table_service.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/time/civil_time.h"
#include "common/access/names.h"
#include "common/aggregates/suppress.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::strategy {
namespace {

using Verified = std::vector<v1::IndicatorObservation>;

// With all their figures they fit one message.
constexpr int kMostTables = 50;

// Whether the sum of its periods may be known, so that a single hidden figure follows from the others.
bool PeriodsAddUp(const v1::Indicator& indicator) {
  return indicator.aggregation() == v1::AGGREGATION_SUM ||
         indicator.aggregation() == v1::AGGREGATION_DISTINCT;
}

// What is told of each cell; nullopt is withheld.
std::vector<std::optional<int64_t>> ToldOf(const std::vector<int64_t>& cells, bool add_up,
                                           int64_t threshold) {
  if (add_up) return Suppress(cells, threshold);
  std::vector<std::optional<int64_t>> told;
  for (const int64_t cell : cells) told.push_back(Suppress({cell}, threshold).front());
  return told;
}

// Whether one day is counted twice, so that more sums than one are known. The earliest period comes first.
bool PeriodsOverlap(const Verified& verified) {
  std::string counted_until;
  for (const auto& observation : verified) {
    if (!observation.has_value()) continue;
    // Days as text (YYYY-MM-DD) sort as days.
    if (observation.period_start() <= counted_until) return true;
    counted_until = observation.period_end();
  }
  return false;
}

// Words about people that hold a digit may hold a small figure, and nobody can tell which.
bool MayHoldAFigure(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

// The last day of the newest period that was over before `day`; nullopt if the indicator has no periods. A
// fiscal year ends on 31 March, and so do its quarters with those of the calendar.
std::optional<absl::CivilDay> PeriodBefore(v1::Periodicity periodicity, absl::CivilDay day) {
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

// The day by which a figure was due that is not there; empty if none is overdue today.
std::string OverdueSince(const v1::Indicator& indicator, const Verified& verified, absl::CivilDay today,
                         int business_days) {
  const auto newest = PeriodBefore(indicator.periodicity(), today);
  if (!newest || indicator.state() != v1::INDICATOR_STATE_CURRENT) return "";
  absl::CivilDay ended = *newest;
  // Of the period that ended last nothing may be due yet, and then the one before it counts.
  if (AddBusinessDays(ended, business_days) >= today) {
    ended = PeriodBefore(indicator.periodicity(), ended).value_or(ended);
  }
  // Nobody owes a figure of a time before the indicator was there.
  if (ended < OntarioDay(FromProto(indicator.create_time()))) return "";
  const std::string end = FormatDay(ended);
  const bool there = std::any_of(verified.begin(), verified.end(), [&](const v1::IndicatorObservation& each) {
    return each.period_end() >= end;
  });
  return there ? "" : FormatDay(AddBusinessDays(ended, business_days));
}

v1::IndicatorFigure Withheld(const v1::IndicatorObservation& observation) {
  v1::IndicatorFigure figure;
  figure.set_observation(observation.name());
  figure.set_definition_version(observation.definition_version());
  figure.set_period_start(observation.period_start());
  figure.set_period_end(observation.period_end());
  figure.set_corrects(observation.corrects());
  figure.set_status(v1::FIGURE_STATUS_SUPPRESSED);
  return figure;
}

v1::IndicatorFigure Told(const v1::IndicatorObservation& observation) {
  v1::IndicatorFigure figure = Withheld(observation);
  figure.set_status(observation.has_value() ? v1::FIGURE_STATUS_SHOWN : v1::FIGURE_STATUS_IN_WORDS);
  if (observation.has_value()) figure.set_value(observation.value());
  figure.set_text(observation.text());
  figure.set_qualifier(observation.qualifier());
  figure.set_as_stated(observation.as_stated());
  return figure;
}

void AddFigures(const Verified& verified, int64_t threshold, v1::IndicatorTable* table) {
  const bool people = table->indicator().sensitivity() != v1::INDICATOR_SENSITIVITY_NO_PEOPLE;
  std::vector<int64_t> cells;
  for (const auto& observation : verified) {
    if (observation.has_value()) cells.push_back(observation.value());
  }
  const bool add_up = PeriodsAddUp(table->indicator());
  auto told = ToldOf(cells, add_up, threshold);
  const bool hidden =
      std::any_of(told.begin(), told.end(), [](const auto& each) { return !each.has_value(); });
  // A quarter beside its months gives several sums, from which one figure may follow: then none is told.
  if (hidden && add_up && PeriodsOverlap(verified)) told.assign(told.size(), std::nullopt);
  auto cell = told.begin();
  for (const auto& observation : verified) {
    bool shown = !MayHoldAFigure(observation.text());
    if (observation.has_value()) {
      shown = cell->has_value();
      ++cell;
    }
    *table->add_figures() = shown || !people ? Told(observation) : Withheld(observation);
  }
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
  if (told->indigenous_disaggregated()) {
    // No agreement of a governing body is recorded anywhere yet, so none is in force.
    table.set_state(v1::INDICATOR_TABLE_STATE_NO_AUTHORISATION);
    if (told->has_baseline()) table.set_baseline_status(v1::FIGURE_STATUS_SUPPRESSED);
    told->clear_baseline();
    return table;
  }
  table.set_state(v1::INDICATOR_TABLE_STATE_OPEN);
  if (told->has_baseline()) {
    const bool people = told->sensitivity() != v1::INDICATOR_SENSITIVITY_NO_PEOPLE;
    const bool shown = !people || Suppress({told->baseline()}, rules_->small_cell()).front().has_value();
    table.set_baseline_status(shown ? v1::FIGURE_STATUS_SHOWN : v1::FIGURE_STATUS_SUPPRESSED);
    if (!shown) told->clear_baseline();
  }
  storage::ListQuery query{call.caller().agency, {}, 1000, "", ""};
  query.filters.emplace_back("indicator", told->name());
  query.filters.emplace_back("state",
                             ShortName(v1::ObservationState_descriptor(), v1::OBSERVATION_STATE_VERIFIED));
  ACCORD_ASSIGN_OR_RETURN(Verified verified, observations_.ListEvery<v1::IndicatorObservation>(tx, query));
  std::sort(verified.begin(), verified.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(a.period_start(), a.period_end(), a.name()) <
           std::make_tuple(b.period_start(), b.period_end(), b.name());
  });
  AddFigures(verified, rules_->small_cell(), &table);
  table.set_overdue_since(
      OverdueSince(*told, verified, OntarioDay(call.now()), rules_->figure_business_days()));
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
