#include "services/intelligence/rules.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::intelligence {
namespace {

using absl::StatusCode;

absl::Status Wrong(std::string_view rule, std::string_view message) {
  return Refuse(StatusCode::kInvalidArgument, rule, message);
}

}  // namespace

absl::Status CheckReport(const v1::RuleSet& rules, const v1::Report& report) {
  if (!Has(rules.predicate_offences(), report.predicate_offence())) {
    return Wrong("PREDICATE_UNKNOWN", "A report is about one of the listed offences; s. 286.5 is none.");
  }
  for (const std::string* text : {&report.text(), &report.suspicion_basis()}) {
    const std::string lower = absl::AsciiStrToLower(*text);
    for (const auto& marker : rules.source_markers()) {
      if (absl::StrContains(lower, marker)) {
        return Wrong(
            "SOURCE_IDENTITY",
            "The text appears to speak of a source: use source_register_ref, and leave the source out.");
      }
    }
  }
  std::set<std::string> ids, victims, subjects;
  for (const auto& entity : report.entities()) {
    if (!ids.insert(entity.id()).second) return Wrong("LINK_UNKNOWN", "Each entity has an id of its own.");
    const std::string value = absl::AsciiStrToLower(entity.value());
    if (entity.kind() == v1::ENTITY_KIND_PERSON_VICTIM) victims.insert(value);
    if (entity.kind() == v1::ENTITY_KIND_PERSON_SUBJECT) subjects.insert(value);
  }
  for (const auto& subject : subjects) {
    if (victims.contains(subject)) return Wrong("VICTIM_AS_SUBJECT", "A victim is never a subject.");
  }
  // Victims are hidden below the two narrowest handlings.
  if (!victims.empty() && report.handling() == v1::HANDLING_H3) {
    return Wrong("HANDLING_INVALID", "A report that names a victim is handled H1 or H2.");
  }
  for (const auto& link : report.links()) {
    if (!ids.contains(link.a()) || !ids.contains(link.b())) {
      return Wrong("LINK_UNKNOWN", "A link is between two entities of the report.");
    }
  }
  if (report.handling() != v1::HANDLING_H2 && !report.recipients().empty()) {
    return Wrong("HANDLING_INVALID", "Recipients are named for H2 only.");
  }
  return absl::OkStatus();
}

bool Permits(const v1::RuleSet& rules, const v1::Report& report, const std::string& agency) {
  if (agency == OwnerOf(report.name()) || agency == rules.bureau()) return true;
  switch (report.handling()) {
    case v1::HANDLING_H2:
      return Has(report.recipients(), agency);
    case v1::HANDLING_H3:
      return Has(rules.members(), agency);
    default:
      return false;
  }
}

bool Circulates(const v1::Report& report) {
  return report.state() == v1::REPORT_STATE_ACTIVE || report.state() == v1::REPORT_STATE_REVIEW_DUE ||
         report.state() == v1::REPORT_STATE_RETAINED;
}

bool Covers(const v1::ReleaseRequest& release, const std::string& report, const std::string& agency,
            absl::Time now) {
  return release.state() == v1::RELEASE_STATE_GRANTED && release.report() == report &&
         Has(release.granted_recipients(), agency) && FormatDay(OntarioDay(now)) <= release.expires_on();
}

v1::Report ContentOf(const v1::Report& report) {
  v1::Report content;
  content.set_name(report.name());
  content.set_predicate_offence(report.predicate_offence());
  content.set_suspicion_basis(report.suspicion_basis());
  content.set_text(report.text());
  content.set_handling(report.handling());
  *content.mutable_caveats() = report.caveats();
  *content.mutable_entities() = report.entities();
  *content.mutable_links() = report.links();
  return content;
}

std::string DigestOf(const v1::Report& report) {
  v1::Report content = ContentOf(report);
  // A change of handling is no change of what was said.
  content.clear_handling();
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  {
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    content.SerializeToCodedStream(&coded);
  }
  return Hex(Sha256(bytes));
}

absl::Time ReleaseDue(const v1::RuleSet& rules, bool urgent, absl::Time now) {
  return urgent ? now + absl::Hours(rules.urgent_release_hours())
                : EndOfDay(AddBusinessDays(OntarioDay(now), rules.release_business_days()));
}

absl::Time RequestDue(const v1::RuleSet& rules, v1::RequestPriority priority, absl::Time now) {
  if (priority == v1::REQUEST_PRIORITY_URGENT) return now + absl::Hours(rules.urgent_request_hours());
  if (priority == v1::REQUEST_PRIORITY_PRIORITY) return now + absl::Hours(rules.priority_request_hours());
  return EndOfDay(AddBusinessDays(OntarioDay(now), rules.routine_request_business_days()));
}

}  // namespace accord::intelligence
