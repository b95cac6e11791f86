#include "services/strategy/reports/report_figures.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "accord/strategy/v1/engagement_resources.pb.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/base/error.h"
#include "services/strategy/indicators/numbers_in_text.h"
#include "services/strategy/indicators/told_figures.h"

namespace accord::strategy {
namespace {

// This writes into the figure what a record states of it, and which record this is.
template <class Record>
void StateFigure(const Record& record, std::optional<int64_t> value, v1::Qualifier qualifier,
                 const std::string& as_stated, v1::ReportFigure* figure) {
  if (value) figure->set_value(*value);
  figure->set_qualifier(qualifier);
  figure->set_as_stated(as_stated);
  figure->set_bound_to(record.name());
  figure->set_source_ref(record.source_ref());
}

void UnbindFigure(v1::ReportFigure* figure) {
  figure->clear_value();
  figure->clear_qualifier();
  figure->clear_as_stated();
  figure->clear_bound_to();
  figure->clear_source_ref();
}

// This gives the words of a sentence without the places for its figures.
std::string WordsBesideFigures(std::string text) {
  for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at)) {
    const std::size_t end = text.find("}}", at);
    text.erase(at, end == std::string::npos ? end : end + 2 - at);
  }
  return text;
}

}  // namespace

storage::ListQuery ReportFigures::AllWith(std::vector<std::pair<std::string, std::string>> filters) const {
  return {rules_->office_agency(), std::move(filters), 1000, "", ""};
}

absl::Status ReportFigures::BindObserved(Tx& tx, const std::string& as_of, v1::ReportFigure* figure) {
  v1::Indicator indicator;
  ACCORD_RETURN_IF_ERROR(indicators_.Get(tx, figure->indicator(), rules_->office_agency(), &indicator));
  std::optional<v1::IndicatorObservation> last;
  // A corrected observation is considered too: until its correction is verified, nothing is known of
  // its period.
  for (const char* state : {"corrected", "verified"}) {
    ACCORD_ASSIGN_OR_RETURN(const auto observations,
                            observations_.ListEvery<v1::IndicatorObservation>(
                                tx, AllWith({{"indicator", indicator.name()}, {"state", state}})));
    for (const v1::IndicatorObservation& each : observations) {
      // Days that are written as YYYY-MM-DD sort as texts in the order of time.
      if (each.period_end() > as_of) continue;
      if (!last || each.period_end() >= last->period_end()) last = each;
    }
  }
  if (!last || last->state() != v1::OBSERVATION_STATE_VERIFIED) return absl::OkStatus();
  // A published figure stays, and it would outlast the agreement under which such figures may be shown.
  if (indicator.indigenous_disaggregated()) {
    return Refuse(rules::kDataAuthorisationMissing, "Leave the figure out: it is told in tables alone.");
  }
  ACCORD_ASSIGN_OR_RETURN(const ToldFigures told, ToldFiguresOf(tx, &observations_, rules_->office_agency(),
                                                                indicator, rules_->small_cell()));
  told.Withhold(&*last);
  if (last->withheld()) {
    return Refuse(rules::kFigureWithheld, "Leave the figure out: it counts few people, or tells of few.");
  }
  const bool number = last->has_value();
  StateFigure(*last, number ? std::optional<int64_t>(last->value()) : std::nullopt, last->qualifier(),
              number ? last->as_stated() : last->text(), figure);
  return absl::OkStatus();
}

absl::Status ReportFigures::BindTarget(Tx& tx, v1::ReportFigure* figure) {
  v1::Indicator indicator;
  ACCORD_RETURN_IF_ERROR(indicators_.Get(tx, figure->indicator(), rules_->office_agency(), &indicator));
  if (indicator.has_target()) StateFigure(indicator, indicator.target(), v1::QUALIFIER_EXACT, "", figure);
  return absl::OkStatus();
}

absl::Status ReportFigures::BindTotal(Tx& tx, v1::ReportFigure* figure) {
  v1::Envelope envelope;
  ACCORD_RETURN_IF_ERROR(envelopes_.Get(tx, figure->envelope(), rules_->office_agency(), &envelope));
  StateFigure(envelope, envelope.total_cents(), envelope.qualifier(), envelope.as_stated(), figure);
  return absl::OkStatus();
}

absl::Status ReportFigures::BindEngaged(Tx& tx, const std::string& as_of, v1::ReportFigure* figure) {
  ACCORD_ASSIGN_OR_RETURN(const auto rollups, rollups_.ListEvery<v1::EngagementRollup>(tx, AllWith({})));
  std::optional<v1::EngagementRollup> newest;
  for (const v1::EngagementRollup& each : rollups) {
    if (each.fund() != figure->fund() || each.as_of() > as_of) continue;
    // Rollups come in the order of their names, which is the order in which they were made.
    if (!newest || each.as_of() >= newest->as_of()) newest = each;
  }
  if (!newest) return absl::OkStatus();
  // The words of the rollup describe both numbers together, so they are left out.
  if (figure->kind() == v1::REPORT_FIGURE_KIND_COALITIONS) {
    if (newest->has_coalitions()) {
      StateFigure(*newest, newest->coalitions(), newest->coalitions_qualifier(), "", figure);
    }
  } else if (newest->has_organisations()) {
    StateFigure(*newest, newest->organisations(), newest->organisations_qualifier(), "", figure);
  }
  return absl::OkStatus();
}

absl::Status ReportFigures::BindContribution(Tx& tx, v1::ReportFigure* figure) {
  ACCORD_ASSIGN_OR_RETURN(const auto contributions,
                          contributions_.ListEvery<v1::Contribution>(tx, AllWith({})));
  std::optional<v1::Contribution> newest;
  for (const v1::Contribution& each : contributions) {
    if (each.fund() == figure->fund() && each.from_ministry() == figure->contributor()) newest = each;
  }
  if (!newest) return absl::OkStatus();
  const bool stated = newest->has_amount_cents();
  StateFigure(*newest, stated ? std::optional<int64_t>(newest->amount_cents()) : std::nullopt,
              stated ? v1::QUALIFIER_EXACT : v1::QUALIFIER_UNSPECIFIED, "", figure);
  return absl::OkStatus();
}

absl::Status ReportFigures::BindExperience(Tx& tx, const std::string& as_of, v1::ReportFigure* figure) {
  v1::OfficeRole role;
  ACCORD_RETURN_IF_ERROR(roles_.Get(tx, figure->office_role(), rules_->office_agency(), &role));
  if (role.announced_on() > as_of || !role.has_years_of_experience()) return absl::OkStatus();
  StateFigure(role, role.years_of_experience(), role.years_qualifier(), role.as_stated(), figure);
  return absl::OkStatus();
}

absl::Status ReportFigures::BindFigure(Tx& tx, const std::string& as_of, v1::ReportFigure* figure) {
  UnbindFigure(figure);
  switch (figure->kind()) {
    case v1::REPORT_FIGURE_KIND_OBSERVED:
      return BindObserved(tx, as_of, figure);
    case v1::REPORT_FIGURE_KIND_TARGET:
      return BindTarget(tx, figure);
    case v1::REPORT_FIGURE_KIND_ENVELOPE_TOTAL:
      return BindTotal(tx, figure);
    case v1::REPORT_FIGURE_KIND_COALITIONS:
    case v1::REPORT_FIGURE_KIND_ORGANISATIONS:
      return BindEngaged(tx, as_of, figure);
    case v1::REPORT_FIGURE_KIND_CONTRIBUTION:
      return BindContribution(tx, figure);
    case v1::REPORT_FIGURE_KIND_EXPERIENCE:
      return BindExperience(tx, as_of, figure);
    default:
      return Refuse(rules::kFigureUnbound, "Name a kind of figure that this service knows.");
  }
}

absl::Status ReportFigures::CheckWords(Tx& tx, const v1::ReportSentence& sentence) {
  const bool tells = HoldsSmallFigure(WordsBesideFigures(sentence.text()), rules_->small_cell()) ||
                     HoldsSmallFigure(WordsBesideFigures(sentence.text_fr()), rules_->small_cell());
  if (!tells) return absl::OkStatus();
  for (const v1::ReportFigure& figure : sentence.figures()) {
    if (figure.kind() != v1::REPORT_FIGURE_KIND_OBSERVED) continue;
    v1::Indicator indicator;
    ACCORD_RETURN_IF_ERROR(indicators_.Get(tx, figure.indicator(), rules_->office_agency(), &indicator));
    if (DoesIndicatorCountPeople(indicator)) {
      return Refuse(rules::kFigureWithheld, "Leave out of the sentence how few people there were.");
    }
  }
  return absl::OkStatus();
}

absl::Status ReportFigures::Bind(storage::Transaction& tx, v1::ProgressReport* report) {
  for (v1::ReportSection& section : *report->mutable_sections()) {
    for (v1::ReportSentence& sentence : *section.mutable_sentences()) {
      ACCORD_RETURN_IF_ERROR(CheckWords(tx, sentence));
      for (v1::ReportFigure& figure : *sentence.mutable_figures()) {
        ACCORD_RETURN_IF_ERROR(BindFigure(tx, report->as_of(), &figure));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status ReportFigures::CheckBound(storage::Transaction& tx, const v1::ProgressReport& report) {
  for (const v1::ReportSection& section : report.sections()) {
    for (const v1::ReportSentence& sentence : section.sentences()) {
      ACCORD_RETURN_IF_ERROR(CheckWords(tx, sentence));
      for (const v1::ReportFigure& figure : sentence.figures()) {
        v1::ReportFigure now = figure;
        ACCORD_RETURN_IF_ERROR(BindFigure(tx, report.as_of(), &now));
        if (now.SerializeAsString() != figure.SerializeAsString()) {
          return Refuse(rules::kStaleFigure, "Write the report anew, so that its figures are read anew.");
        }
        if (figure.has_value() || !figure.as_stated().empty() || figure.may_be_unknown()) continue;
        return Refuse(rules::kFigureNotVerified, "Have the observation verified, and write the report anew.");
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace accord::strategy
