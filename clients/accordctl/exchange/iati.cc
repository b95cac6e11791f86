#include "clients/accordctl/exchange/iati.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/exchange/file_values.h"
#include "clients/accordctl/exchange/indicator_definition.h"
#include "clients/accordctl/exchange/xml_document.h"
#include "clients/accordctl/views/agency_names.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

namespace told = strategy::v1;

// Codes of the IATI lists, version 2.03: OrganisationType, OrganisationRole, ActivityDateType,
// DescriptionType and IndicatorMeasure, one list on each line.
constexpr char kGovernment[] = "10";
constexpr char kAccountable[] = "2", kImplementing[] = "4";
constexpr char kPlannedStart[] = "1", kActualStart[] = "2", kPlannedEnd[] = "3", kActualEnd[] = "4";
constexpr char kGeneral[] = "1";
constexpr char kUnit[] = "1", kQualitative[] = "5";

using Dates = std::vector<std::tuple<std::string, std::string, std::string>>;

// This gives the status of an activity (ActivityStatus). A late initiative is still being implemented, and
// one that was ended is closed: nobody has said that it was cancelled.
std::string IatiStatusOf(told::InitiativeState state) {
  switch (state) {
    case told::INITIATIVE_STATE_PLANNED:
      return "1";
    case told::INITIATIVE_STATE_DELIVERED:
      return "3";
    case told::INITIATIVE_STATE_ENDED:
      return "4";
    default:
      return "2";
  }
}

// This gives type, day and words of each known day.
Dates IatiDatesOf(const told::Initiative& initiative, const std::string& undated_as_of) {
  Dates dates;
  const bool planned = initiative.state() == told::INITIATIVE_STATE_PLANNED;
  const bool begun = initiative.state() == told::INITIATIVE_STATE_UNDERWAY;
  const bool over = initiative.state() == told::INITIATIVE_STATE_DELIVERED ||
                    initiative.state() == told::INITIATIVE_STATE_ENDED;
  if (!initiative.state_since().empty() && begun) {
    dates.emplace_back(kActualStart, initiative.state_since(), "");
  }
  if (!initiative.state_since().empty() && over) {
    dates.emplace_back(kActualEnd, initiative.state_since(), "");
  }
  std::string last_due;
  for (const auto& milestone : initiative.milestones()) last_due = std::max(last_due, milestone.due());
  if (!last_due.empty()) {
    dates.emplace_back(kPlannedEnd, last_due, "The last of the milestones is to be met by this day.");
  }
  if (dates.empty() && !undated_as_of.empty()) {
    dates.emplace_back(planned ? kPlannedStart : kActualStart, undated_as_of,
                       "It is known as of this day; on which day it begins or began is not known.");
  }
  return dates;
}

void WriteIatiNarrative(const std::string& text, XmlDocument* xml) { xml->Leaf("narrative", {}, text); }

void WriteIatiNarrativeElement(const std::string& element, const XmlDocument::Attributes& attributes,
                               const std::string& text, XmlDocument* xml) {
  xml->Open(element, attributes);
  WriteIatiNarrative(text, xml);
  xml->Close();
}

std::string IatiReferenceOf(const IatiInput& input, const std::string& agency) {
  if (agency == input.agency && !input.organisation.empty()) return input.organisation;
  return IdentifierAsFileValue(input.organisation, absl::StrCat("agencies/", agency));
}

void WriteIatiParticipant(const IatiInput& input, const std::string& agency, const char* role,
                          XmlDocument* xml) {
  WriteIatiNarrativeElement("participating-org",
                            {{"ref", IatiReferenceOf(input, agency)}, {"type", kGovernment}, {"role", role}},
                            AgencyNameOf(input.names, agency), xml);
}

// This gives what the standard cannot express as a number: `close to 160`, or that the figure is withheld.
std::string IatiFigureComment(const told::IndicatorFigure& figure) {
  if (figure.status() == told::FIGURE_STATUS_SUPPRESSED) {
    return "The figure is withheld, because it counts few people or would tell of few.";
  }
  if (figure.status() == told::FIGURE_STATUS_IN_WORDS) return figure.text();
  if (!figure.as_stated().empty()) return figure.as_stated();
  if (figure.qualifier() == told::QUALIFIER_EXACT) return "";
  const std::string qualifier = ShortName(told::Qualifier_descriptor(), figure.qualifier());
  return absl::StrCat(absl::StrReplaceAll(qualifier, {{"_", " "}}), " ", figure.value());
}

// For a figure that was counted by an earlier definition, this gives that definition.
std::string IatiFigureComment(const told::Indicator& indicator, const told::IndicatorFigure& figure) {
  const std::string comment = IatiFigureComment(figure);
  if (figure.definition_version() == indicator.definition_version()) return comment;
  const std::string definition = IndicatorDefinitionOf(indicator, figure.definition_version());
  return absl::StrCat(comment, comment.empty() ? "" : ". ",
                      definition.empty()
                          ? "It was counted by an earlier definition, which was not kept."
                          : absl::StrCat("It was counted by an earlier definition: ", definition));
}

void WriteIatiCommentedElement(const std::string& element, const XmlDocument::Attributes& attributes,
                               const std::string& comment, XmlDocument* xml) {
  if (comment.empty()) {
    xml->Leaf(element, attributes);
    return;
  }
  xml->Open(element, attributes);
  WriteIatiNarrativeElement("comment", {}, comment, xml);
  xml->Close();
}

void WriteIatiPeriod(const told::Indicator& indicator, const told::IndicatorFigure& figure, bool last,
                     XmlDocument* xml) {
  xml->Open("period");
  xml->Leaf("period-start", {{"iso-date", figure.period_start()}});
  xml->Leaf("period-end", {{"iso-date", figure.period_end()}});
  if (last && indicator.has_target()) {
    WriteIatiCommentedElement("target", {{"value", absl::StrCat(indicator.target())}},
                              "The target is of the indicator as a whole.", xml);
  }
  XmlDocument::Attributes attributes;
  // Only an exact figure is written as a value, because the standard has no place to mark it
  // as approximate.
  if (figure.has_value() && figure.qualifier() == told::QUALIFIER_EXACT) {
    attributes.emplace_back("value", absl::StrCat(figure.value()));
  }
  WriteIatiCommentedElement("actual", attributes, IatiFigureComment(indicator, figure), xml);
  xml->Close();
}

void WriteIatiResult(const told::IndicatorTable& table, XmlDocument* xml) {
  const told::Indicator& indicator = table.indicator();
  const bool in_words = table.figures_size() > 0 &&
                        std::all_of(table.figures().begin(), table.figures().end(), [](const auto& figure) {
                          return figure.status() == told::FIGURE_STATUS_IN_WORDS;
                        });
  xml->Open("result", {{"type", indicator.type() == told::INDICATOR_TYPE_OUTCOME ? "2" : "1"},
                       {"aggregation-status", "false"}});
  WriteIatiNarrativeElement("title", {}, indicator.definition(), xml);
  xml->Open("indicator", {{"measure", in_words ? kQualitative : kUnit}, {"aggregation-status", "false"}});
  WriteIatiNarrativeElement("title", {}, absl::StrCat(indicator.indicator_id(), " (", indicator.unit(), ")"),
                            xml);
  if (table.state() != told::INDICATOR_TABLE_STATE_OPEN) {
    WriteIatiNarrativeElement(
        "description", {},
        "The figures distinguish Indigenous people. They are withheld, because no agreement of their "
        "governing body is in force.",
        xml);
  } else {
    // A value before the strategy has no year, which the standard requires, so it is left out.
    for (int i = 0; i < table.figures_size(); ++i) {
      WriteIatiPeriod(indicator, table.figures(i), i + 1 == table.figures_size(), xml);
    }
  }
  xml->Close();
  xml->Close();
}

std::string IatiDescriptionOf(const told::Initiative& initiative) {
  std::string text = initiative.title();
  if (!initiative.verb_as_reported().empty()) {
    absl::StrAppend(&text, ". As reported: ", initiative.verb_as_reported());
  }
  return absl::StrCat(text, ". Source: ", initiative.source_ref());
}

void WriteIatiActivity(const IatiInput& input, const told::Initiative& initiative, const Dates& dates,
                       const std::vector<const told::IndicatorTable*>& tables, XmlDocument* xml) {
  xml->Open("iati-activity", {{"default-currency", "CAD"},
                              {"last-updated-datetime", TimeAsFileValue(FromProto(initiative.update_time()))},
                              {"xml:lang", "en"}});
  xml->Leaf("iati-identifier", {}, IdentifierAsFileValue(input.organisation, initiative.name()));
  WriteIatiNarrativeElement("reporting-org",
                            {{"ref", IatiReferenceOf(input, input.agency)}, {"type", kGovernment}},
                            AgencyNameOf(input.names, input.agency), xml);
  WriteIatiNarrativeElement("title", {}, initiative.title(), xml);
  WriteIatiNarrativeElement("description", {{"type", kGeneral}}, IatiDescriptionOf(initiative), xml);
  WriteIatiParticipant(input, initiative.lead_ministry(), kAccountable, xml);
  for (const auto& partner : initiative.partner_ministries()) {
    WriteIatiParticipant(input, partner, kImplementing, xml);
  }
  xml->Leaf("activity-status", {{"code", IatiStatusOf(initiative.state())}});
  for (const auto& [type, day, words] : dates) {
    const XmlDocument::Attributes attributes = {{"type", type}, {"iso-date", day}};
    if (words.empty()) {
      xml->Leaf("activity-date", attributes);
    } else {
      WriteIatiNarrativeElement("activity-date", attributes, words, xml);
    }
  }
  xml->Leaf("recipient-country", {{"code", "CA"}});
  for (const auto* table : tables) WriteIatiResult(*table, xml);
  xml->Close();
}

}  // namespace

absl::StatusOr<IatiDocument> IatiDocumentOf(const IatiInput& input) {
  std::map<std::string, const told::Initiative*> initiatives;
  for (const auto& initiative : input.initiatives) initiatives[initiative.name()] = &initiative;
  std::map<std::string, std::vector<const told::IndicatorTable*>> tables;
  for (const auto& table : input.tables) tables[table.indicator().initiative()].push_back(&table);
  IatiDocument document;
  XmlDocument xml;
  xml.Open("iati-activities", {{"version", "2.03"}});
  for (const auto& [name, initiative] : initiatives) {
    const Dates dates = IatiDatesOf(*initiative, input.undated_as_of);
    if (dates.empty()) {
      ++document.undated;
      continue;
    }
    const auto& results = tables[name];
    WriteIatiActivity(input, *initiative, dates, results, &xml);
    ++document.activities;
    document.results += results.size();
  }
  if (document.activities == 0) {
    return Refuse(rules::kExportEmpty,
                  "Of no initiative is a day known, which the standard asks for: say by --undated-as-of as "
                  "of which day they are known.");
  }
  document.without_activity = input.tables.size() - document.results;
  document.xml = xml.Done();
  return document;
}

}  // namespace accord::ctl
