#include "services/strategy/reports/rendered_report_service.h"

#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/strategy/days.h"

namespace accord::strategy {
namespace {

// This tells whether something happened by this day. Days that are written as YYYY-MM-DD sort in the order of
// time, and an empty day is unknown.
bool HasHappenedBy(const std::string& on, const std::string& day) { return !on.empty() && on <= day; }

// This gives the rank of an edition. Readers get the edition of the highest rank: that of the latest day, and
// the latest edition for that day.
auto EditionRank(const v1::ProgressReport& report) {
  return std::make_tuple(report.as_of(), report.edition(), FromProto(report.publish_time()), report.name());
}

void SetRenderedProvisionPosition(v1::ProvisionPosition position, const std::string& since,
                                  v1::Provision* provision) {
  provision->set_position(position);
  provision->set_since(since);
}

}  // namespace

v1::Provision RenderProvision(const v1::LegislativeInitiative& bill, const std::string& section_range,
                              const std::string& day) {
  v1::Provision provision;
  provision.set_legislative_initiative(bill.name());
  provision.set_section_range(section_range);
  SetRenderedProvisionPosition(v1::PROVISION_POSITION_IF_PASSED, "", &provision);
  if (HasHappenedBy(bill.lapsed_on(), day)) {
    SetRenderedProvisionPosition(v1::PROVISION_POSITION_LAPSED, bill.lapsed_on(), &provision);
  }
  if (HasHappenedBy(bill.passed_on(), day)) {
    SetRenderedProvisionPosition(v1::PROVISION_POSITION_PASSED, bill.passed_on(), &provision);
  }
  if (HasHappenedBy(bill.assented_on(), day)) {
    SetRenderedProvisionPosition(v1::PROVISION_POSITION_ASSENTED, bill.assented_on(), &provision);
  }
  for (const v1::LegislativeSection& section : bill.sections()) {
    if (section.range() != section_range) continue;
    if (HasHappenedBy(section.in_force_on(), day)) {
      SetRenderedProvisionPosition(v1::PROVISION_POSITION_IN_FORCE, section.in_force_on(), &provision);
    }
    if (HasHappenedBy(section.repealed_on(), day)) {
      SetRenderedProvisionPosition(v1::PROVISION_POSITION_REPEALED, section.repealed_on(), &provision);
    }
  }
  return provision;
}

void RenderedReportService::Register(host::Handlers* handlers) {
  handlers->Bind("accord.strategy.v1.ProgressReportService", this, &RenderedReportService::Render);
}

absl::StatusOr<v1::ProgressReport> RenderedReportService::EditionAsOf(host::Call& call, Tx& tx,
                                                                      const std::string& as_of,
                                                                      absl::Time known_at) {
  ACCORD_ASSIGN_OR_RETURN(const auto published,
                          reports_.ListEvery<v1::ProgressReport>(
                              tx, {call.caller().agency, {{"state", "published"}}, 1000, "", ""}));
  std::optional<v1::ProgressReport> last;
  for (const v1::ProgressReport& each : published) {
    if (each.as_of() > as_of || FromProto(each.publish_time()) > known_at) continue;
    if (!last || EditionRank(*last) < EditionRank(each)) last = each;
  }
  if (!last) return NotFound();
  return *std::move(last);
}

absl::StatusOr<v1::LegislativeInitiative> RenderedReportService::BillAt(host::Call& call, Tx& tx,
                                                                        const std::string& name,
                                                                        absl::Time known_at) {
  v1::LegislativeInitiative bill;
  ACCORD_RETURN_IF_ERROR(bills_.Get(tx, name, call.caller().agency, &bill));
  ACCORD_ASSIGN_OR_RETURN(const auto revisions, bills_.Revisions<v1::LegislativeInitiative>(tx, name));
  // Before the first version of the record, only the existence of the bill is known.
  bill.clear_passed_on();
  bill.clear_lapsed_on();
  bill.clear_assented_on();
  bill.clear_sections();
  for (const auto& revision : revisions) {
    if (revision.at <= known_at) bill = revision.item;
  }
  return bill;
}

absl::StatusOr<v1::RenderedReport> RenderedReportService::Render(
    host::Call& call, Tx& tx, const v1::RenderProgressReportRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "as_of", request.as_of()));
  const absl::Time known_at = request.has_known_at() ? FromProto(request.known_at()) : call.now();
  ACCORD_RETURN_IF_ERROR(CheckMomentHasCome("known_at", known_at, call.now()));
  if (request.as_of() > FormatDay(OntarioDay(known_at))) {
    return RefuseField(rules::kDatesContradict, "as_of", "must not come after the day of known_at");
  }
  v1::RenderedReport rendered;
  ACCORD_ASSIGN_OR_RETURN(*rendered.mutable_progress_report(),
                          EditionAsOf(call, tx, request.as_of(), known_at));
  rendered.set_as_of(request.as_of());
  std::set<std::pair<std::string, std::string>> told;
  for (const v1::ReportSection& section : rendered.progress_report().sections()) {
    for (const v1::ReportSentence& sentence : section.sentences()) {
      const std::string& name = sentence.legislative_initiative();
      if (name.empty() || !told.emplace(name, sentence.section_range()).second) continue;
      ACCORD_ASSIGN_OR_RETURN(const v1::LegislativeInitiative bill, BillAt(call, tx, name, known_at));
      *rendered.add_provisions() = RenderProvision(bill, sentence.section_range(), request.as_of());
    }
  }
  return rendered;
}

}  // namespace accord::strategy
