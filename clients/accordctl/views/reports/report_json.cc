#include "clients/accordctl/views/reports/report_json.h"

#include <cstdint>
#include <optional>
#include <string>

#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/views/reports/report_text.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

namespace rp = strategy::v1;

// This gives a number, or null where there is none.
Json JsonNumberOrNull(const std::optional<int64_t>& number) { return number ? Json(*number) : Json(nullptr); }
Json JsonTextOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

template <class Say>
Json JsonInBothLanguages(Say say) {
  Json both = Json::object();
  {
    const Speaking english(Language::kEnglish);
    both["en"] = say();
  }
  const Speaking french(Language::kFrench);
  both["fr"] = say();
  return both;
}

// This gives the last part of the name of an indicator, an envelope or a bill, which its author chose.
std::string IdInReportJson(const std::string& name) { return name.substr(name.rfind('/') + 1); }

Json FigureJson(const rp::ReportFigure& figure) {
  std::string of = figure.fund();
  for (const std::string* name : {&figure.indicator(), &figure.envelope(), &figure.office_role()}) {
    if (!name->empty()) of = IdInReportJson(*name);
  }
  Json json = Json::object();
  json["code"] = figure.code();
  json["kind"] = ShortName(rp::ReportFigureKind_descriptor(), figure.kind());
  json["of"] = of;
  json["value"] =
      JsonNumberOrNull(figure.has_value() ? std::optional<int64_t>(figure.value()) : std::nullopt);
  json["qualifier"] = figure.qualifier() == rp::QUALIFIER_UNSPECIFIED
                          ? Json(nullptr)
                          : Json(ShortName(rp::Qualifier_descriptor(), figure.qualifier()));
  json["as_stated"] = JsonTextOrNull(figure.as_stated());
  json["source"] = JsonTextOrNull(figure.source_ref());
  return json;
}

Json ProvisionJson(const rp::Provision& provision) {
  Json json = Json::object();
  json["bill"] = IdInReportJson(provision.legislative_initiative());
  json["section"] = provision.section_range();
  json["position"] = ShortName(rp::ProvisionPosition_descriptor(), provision.position());
  json["since"] = JsonTextOrNull(provision.since());
  return json;
}

Json SentenceJson(const rp::RenderedReport& rendered, const rp::ReportSentence& sentence) {
  Json json = Json::object();
  json["code"] = sentence.code();
  json["ministry"] = sentence.ministry();
  json["tense"] = ShortName(rp::ReportedTense_descriptor(), sentence.tense());
  const rp::Provision* provision = ProvisionOfSentence(rendered, sentence);
  json["provision"] = provision == nullptr ? Json(nullptr) : ProvisionJson(*provision);
  json["text"] = JsonInBothLanguages([&] { return SentenceProse(sentence); });
  json["figures"] = Json::array();
  for (const rp::ReportFigure& figure : sentence.figures()) json["figures"].push_back(FigureJson(figure));
  json["source"] = sentence.source_ref();
  return json;
}

Json CheckJson(const FigureCheck& check) {
  Json json = Json::object();
  json["sentence"] = check.sentence;
  json["figure"] = check.figure;
  json["service"] = check.service;
  json["reported"] = JsonNumberOrNull(check.reported);
  json["counted"] = JsonNumberOrNull(check.counted);
  json["status"] = check.Agrees() ? "RECONCILED" : "UNRECONCILED";
  json["reason"] = JsonTextOrNull(check.reason);
  return json;
}

}  // namespace

Json ReportJson(const rp::RenderedReport& rendered, const std::vector<FigureCheck>& checks,
                bool with_checks) {
  const rp::ProgressReport& report = rendered.progress_report();
  Json json = Json::object();
  json["title"] = {{"en", report.title()}, {"fr", report.title_fr()}};
  json["as_of"] = report.as_of();
  json["bills_as_of"] = rendered.as_of();
  json["edition"] = report.edition();
  json["restate_reason"] = JsonTextOrNull(report.restate_reason());
  json["digest"] = report.digest();
  json["sections"] = Json::array();
  for (const rp::ReportSection& section : report.sections()) {
    Json each = Json::object();
    each["title"] = {{"en", section.title()}, {"fr", section.title_fr()}};
    each["sentences"] = Json::array();
    for (const rp::ReportSentence& sentence : section.sentences()) {
      each["sentences"].push_back(SentenceJson(rendered, sentence));
    }
    json["sections"].push_back(each);
  }
  if (!with_checks) return json;
  json["checks"] = Json::array();
  for (const FigureCheck& check : checks) json["checks"].push_back(CheckJson(check));
  return json;
}

}  // namespace accord::ctl
