#include "services/intelligence/report_checks.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/opaque_reference.h"
#include "services/intelligence/contains.h"

namespace accord::intelligence {
namespace {

// This says whether a word of the text begins with `begin`, so that "resource is" is not taken for a source.
bool BeginsWordOfReport(std::string_view begin, std::string_view text) {
  for (auto at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
    if (at == 0 || !absl::ascii_isalpha(static_cast<unsigned char>(text[at - 1]))) return true;
  }
  return false;
}

}  // namespace

absl::Status CheckNoSourceNamed(const v1::RuleSet& rules, const std::string& text) {
  const std::string folded = Folded(text);
  for (const auto& marker : rules.source_markers()) {
    if (BeginsWordOfReport(Folded(marker), folded)) {
      return Refuse(
          rules::kSourceIdentity,
          "The text appears to speak of a source: use source_register_ref, and leave the source out.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckReport(const v1::RuleSet& rules, const v1::Report& report, absl::CivilDay today) {
  if (!Contains(rules.predicate_offences(), report.predicate_offence())) {
    return Refuse(rules::kPredicateUnknown,
                  "A report is about one of the listed offences; s. 286.5 is none.");
  }
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(rules, report.text()));
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(rules, report.suspicion_basis()));
  // Only the register knows which person the reference means.
  ACCORD_RETURN_IF_ERROR(
      CheckOpaqueReference("report.source_register_ref", report.source_register_ref(), today));
  const std::string& last_day = report.youth_access_ends_on();
  // Without the caveat the last day must be empty.
  if (Contains(report.caveats(), v1::CAVEAT_YCJA) ? !ParseDay(last_day) : !last_day.empty()) {
    return Refuse(
        rules::kYouthAccessUndated,
        "What comes from a youth record bears the caveat YCJA and the last day of access (s. 119).");
  }
  std::set<std::string> ids, victims, subjects;
  for (const auto& entity : report.entities()) {
    if (!ids.insert(entity.id()).second)
      return Refuse(rules::kLinkUnknown, "Each entity has an id of its own.");
    ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(rules, entity.value()));
    const std::string value = Folded(entity.value());
    if (entity.kind() == v1::ENTITY_KIND_PERSON_VICTIM) victims.insert(value);
    if (entity.kind() == v1::ENTITY_KIND_PERSON_SUBJECT) subjects.insert(value);
  }
  for (const auto& subject : subjects) {
    if (victims.contains(subject)) return Refuse(rules::kVictimAsSubject, "A victim is never a subject.");
  }
  ACCORD_RETURN_IF_ERROR(CheckReportHandling(report));
  for (const auto& link : report.links()) {
    ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(rules, link.type()));
    if (!ids.contains(link.a()) || !ids.contains(link.b())) {
      return Refuse(rules::kLinkUnknown, "A link is between two entities of the report.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckReportHandling(const v1::Report& report) {
  // Victims are hidden below the two narrowest handlings.
  const bool victim = std::any_of(report.entities().begin(), report.entities().end(), [](const auto& entity) {
    return entity.kind() == v1::ENTITY_KIND_PERSON_VICTIM;
  });
  if (victim && report.handling() > v1::HANDLING_H2) {
    return Refuse(rules::kHandlingInvalid, "A report that names a victim is handled H1 or H2.");
  }
  if (report.handling() == v1::HANDLING_H5) {
    return Refuse(rules::kHandlingInvalid, "A report is never sanitised: make a product of it.");
  }
  if (report.handling() != v1::HANDLING_H2 && !report.recipients().empty()) {
    return Refuse(rules::kHandlingInvalid, "Recipients are named for H2 only.");
  }
  return absl::OkStatus();
}

}  // namespace accord::intelligence
