#include "clients/accordctl/exchange/indicator_csv.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/exchange/file_values.h"
#include "clients/accordctl/exchange/indicator_definition.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using strategy::v1::Indicator;
using strategy::v1::IndicatorFigure;
using strategy::v1::IndicatorTable;

// This is a column, its meaning, and its datatype in the W3C's model: `string`, or a regular expression that
// its strings match.
struct Column {
  const char* name;
  const char* meaning;
  const char* datatype;
  bool required;
};
constexpr Column kColumns[] = {
    {"indicator", "The name of the indicator as a record.", "string", true},
    {"definition", "What is measured, and how, in the definition of the figure; empty where it was not kept.",
     "string", false},
    {"definition_version", "The version of the definition by which was counted.", "integer", true},
    {"unit", "What one of the measured is called.", "string", true},
    {"type", "Whether the indicator measures what was done or what came of it.", "output|outcome", true},
    {"aggregation", "How values of several periods make one figure.", "sum|latest|distinct|none", true},
    {"owner_ministry", "The ministry that observes.", "string", true},
    {"initiative", "The initiative that the indicator belongs to; empty for the strategy as a whole.",
     "string", false},
    {"observation", "The name of the observation as a record.", "string", false},
    {"period_start", "The first day of the period.", "date", false},
    {"period_end", "The last day of the period.", "date", false},
    {"status",
     "What of the figure is told: it is shown and may be 0, it is stated in words, it is suppressed because "
     "it counts few people or would tell of few, there is no verified observation, or there is no "
     "authorisation of a governing body to publish what distinguishes Indigenous people.",
     "shown|in_words|suppressed|no_observation|no_authorisation", true},
    {"value", "The figure; empty unless it is shown.", "integer", false},
    {"qualifier", "How exact the figure or the statement is.", "exact|about|close_to|up_to|at_least", false},
    {"text", "The statement in words where there is no figure.", "string", false},
    {"as_stated", "What the source says, in its own words.", "string", false},
    {"corrects", "The observation that this one corrects.", "string", false},
    {"baseline_status", "What is told of the value before the strategy.", "shown|suppressed|not_stated",
     true},
    {"baseline", "The value before the strategy; empty unless it is shown.", "integer", false},
    {"target", "The value that is to be reached; empty where the definition has none.", "integer", false}};

// This gives the number, or an empty cell, which differs from 0, if it is not known.
template <class M>
std::string IndicatorNumberCell(bool known, const M& number) {
  return known ? absl::StrCat(number) : std::string();
}

std::string BaselineStatusOf(const IndicatorTable& table) {
  if (table.baseline_status() == strategy::v1::FIGURE_STATUS_UNSPECIFIED) return "not_stated";
  return ShortName(strategy::v1::FigureStatus_descriptor(), table.baseline_status());
}

std::string QualifierOf(const IndicatorFigure& figure) {
  if (figure.qualifier() == strategy::v1::QUALIFIER_UNSPECIFIED) return "";
  return ShortName(strategy::v1::Qualifier_descriptor(), figure.qualifier());
}

std::string IndicatorCsvLine(const IndicatorTable& table, const IndicatorFigure& figure,
                             const std::string& status) {
  const Indicator& indicator = table.indicator();
  const int version =
      figure.observation().empty() ? indicator.definition_version() : figure.definition_version();
  const bool newest = version == indicator.definition_version();
  return CsvLineOfFileValues({indicator.name(),
                              IndicatorDefinitionOf(indicator, version),
                              absl::StrCat(version),
                              indicator.unit(),
                              ShortName(strategy::v1::IndicatorType_descriptor(), indicator.type()),
                              ShortName(strategy::v1::Aggregation_descriptor(), indicator.aggregation()),
                              indicator.owner_ministry(),
                              indicator.initiative(),
                              figure.observation(),
                              figure.period_start(),
                              figure.period_end(),
                              status,
                              IndicatorNumberCell(figure.has_value(), figure.value()),
                              QualifierOf(figure),
                              figure.text(),
                              figure.as_stated(),
                              figure.corrects(),
                              BaselineStatusOf(table),
                              IndicatorNumberCell(indicator.has_baseline(), indicator.baseline()),
                              IndicatorNumberCell(newest && indicator.has_target(), indicator.target())});
}

Json CsvwDatatype(const std::string& datatype) {
  if (datatype.find('|') == std::string::npos) return datatype;
  return {{"base", "string"}, {"format", datatype}};
}

}  // namespace

absl::StatusOr<std::string> IndicatorCsv(const std::vector<IndicatorTable>& tables) {
  if (tables.empty()) return Refuse(rules::kExportEmpty, "There is no indicator.");
  std::vector<const IndicatorTable*> order;
  for (const auto& table : tables) order.push_back(&table);
  std::sort(order.begin(), order.end(),
            [](const auto* a, const auto* b) { return a->indicator().name() < b->indicator().name(); });
  std::vector<std::string> heads;
  for (const Column& column : kColumns) heads.emplace_back(column.name);
  std::string csv = CsvLineOfFileValues(heads);
  for (const auto* table : order) {
    if (table->state() != strategy::v1::INDICATOR_TABLE_STATE_OPEN) {
      csv += IndicatorCsvLine(*table, IndicatorFigure(), "no_authorisation");
      continue;
    }
    if (table->figures_size() == 0) csv += IndicatorCsvLine(*table, IndicatorFigure(), "no_observation");
    for (const auto& figure : table->figures()) {
      csv += IndicatorCsvLine(*table, figure,
                              ShortName(strategy::v1::FigureStatus_descriptor(), figure.status()));
    }
  }
  return csv;
}

absl::Status CheckIndicatorMayLeaveAlone(const IndicatorTable& table) {
  if (table.state() == strategy::v1::INDICATOR_TABLE_STATE_OPEN) return absl::OkStatus();
  return Refuse(rules::kDataAuthorisationMissing,
                "The figures distinguish Indigenous people, so that the governing body has to agree first.");
}

std::string IndicatorCsvMetadata(const std::string& csv_file) {
  Json columns = Json::array();
  for (const Column& column : kColumns) {
    Json told = {{"name", column.name},
                 {"titles", column.name},
                 {"dc:description", column.meaning},
                 {"datatype", CsvwDatatype(column.datatype)}};
    if (column.required) told["required"] = true;
    columns.push_back(std::move(told));
  }
  const Json metadata = {
      {"@context", Json::array({"http://www.w3.org/ns/csvw", Json::object({{"@language", "en"}})})},
      {"url", csv_file.substr(csv_file.rfind('/') + 1)},
      {"dc:title", "Indicators of the strategy, with their verified figures"},
      {"dc:description",
       "Figures of people below a threshold are suppressed, with those from which they could be calculated. "
       "A value of 0, none at all and one that is suppressed are three answers, which the column status "
       "tells apart."},
      {"tableSchema", Json::object({{"columns", columns}})}};
  return DumpJson(metadata, 2) + "\n";
}

}  // namespace accord::ctl
