#include "services/intelligence/rules.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/ids.h"
#include "common/base/law.h"
#include "common/base/months.h"
#include "common/base/opaque_reference.h"

namespace accord::intelligence {
namespace {

// Whether a word of the text begins with `begin`, so that "resource is" is not taken for a source.
bool BeginsAWord(std::string_view begin, std::string_view text) {
  for (auto at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
    if (at == 0 || !absl::ascii_isalpha(static_cast<unsigned char>(text[at - 1]))) return true;
  }
  return false;
}

}  // namespace

absl::Status CheckText(const v1::RuleSet& rules, const std::string& text) {
  const std::string folded = Folded(text);
  for (const auto& marker : rules.source_markers()) {
    if (BeginsAWord(Folded(marker), folded)) {
      return Refuse(
          rules::kSourceIdentity,
          "The text appears to speak of a source: use source_register_ref, and leave the source out.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckReport(const v1::RuleSet& rules, const v1::Report& report, absl::CivilDay today) {
  if (!Has(rules.predicate_offences(), report.predicate_offence())) {
    return Refuse(rules::kPredicateUnknown,
                  "A report is about one of the listed offences; s. 286.5 is none.");
  }
  ACCORD_RETURN_IF_ERROR(CheckText(rules, report.text()));
  ACCORD_RETURN_IF_ERROR(CheckText(rules, report.suspicion_basis()));
  // Only the register knows which person the reference means.
  ACCORD_RETURN_IF_ERROR(
      CheckOpaqueReference("report.source_register_ref", report.source_register_ref(), today));
  const std::string& last_day = report.youth_access_ends_on();
  // Without the caveat the last day must be empty.
  if (Has(report.caveats(), v1::CAVEAT_YCJA) ? !ParseDay(last_day) : !last_day.empty()) {
    return Refuse(
        rules::kYouthAccessUndated,
        "What comes from a youth record bears the caveat YCJA and the last day of access (s. 119).");
  }
  std::set<std::string> ids, victims, subjects;
  for (const auto& entity : report.entities()) {
    if (!ids.insert(entity.id()).second)
      return Refuse(rules::kLinkUnknown, "Each entity has an id of its own.");
    ACCORD_RETURN_IF_ERROR(CheckText(rules, entity.value()));
    const std::string value = Folded(entity.value());
    if (entity.kind() == v1::ENTITY_KIND_PERSON_VICTIM) victims.insert(value);
    if (entity.kind() == v1::ENTITY_KIND_PERSON_SUBJECT) subjects.insert(value);
  }
  for (const auto& subject : subjects) {
    if (victims.contains(subject)) return Refuse(rules::kVictimAsSubject, "A victim is never a subject.");
  }
  ACCORD_RETURN_IF_ERROR(CheckHandling(report));
  for (const auto& link : report.links()) {
    ACCORD_RETURN_IF_ERROR(CheckText(rules, link.type()));
    if (!ids.contains(link.a()) || !ids.contains(link.b())) {
      return Refuse(rules::kLinkUnknown, "A link is between two entities of the report.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckHandling(const v1::Report& report) {
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

bool YouthAccessEnded(const v1::Report& report, absl::Time now) {
  return !report.youth_access_ends_on().empty() && report.youth_access_ends_on() < FormatDay(OntarioDay(now));
}

bool InUse(const v1::Report& report) {
  return report.state() == v1::REPORT_STATE_ACTIVE || report.state() == v1::REPORT_STATE_REVIEW_DUE ||
         report.state() == v1::REPORT_STATE_RETAINED;
}

bool Circulates(const v1::Report& report, absl::Time now) {
  return InUse(report) && !YouthAccessEnded(report, now);
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
  // A change of handling does not change what was said.
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

std::string ReviewDue(const v1::RuleSet& rules, const v1::Report& report, absl::CivilDay today) {
  bool victim = false, other = false;
  for (const auto& entity : report.entities()) {
    victim = victim || entity.kind() == v1::ENTITY_KIND_PERSON_VICTIM;
    other = other || entity.kind() == v1::ENTITY_KIND_PERSON_SUBJECT ||
            entity.kind() == v1::ENTITY_KIND_ORGANISATION;
  }
  const int months = victim && !other ? rules.victim_only_months() : rules.review_months();
  const std::string policy = FormatDay(MonthsAfter(today, months));
  const std::string& youth = report.youth_access_ends_on();
  return youth.empty() ? policy : std::min(policy, youth);
}

std::string EndsOn(const v1::RuleSet& rules, const v1::Report& report) {
  if (!report.review_due().empty()) return report.review_due();
  return ReviewDue(rules, report, OntarioDay(FromProto(report.create_time())));
}

std::optional<absl::Time> NextDue(const v1::RuleSet& rules, const v1::Report& report) {
  std::optional<absl::Time> due;
  // A review that is due waits for people.
  if (report.state() != v1::REPORT_STATE_REVIEW_DUE) due = EndOfDay(*ParseDay(EndsOn(rules, report)) - 1);
  if (const auto youth = ParseDay(report.youth_access_ends_on())) {
    due = std::min(due.value_or(absl::InfiniteFuture()), EndOfDay(*youth));
  }
  return due;
}

absl::Time ReleaseDue(const v1::RuleSet& rules, bool urgent, absl::Time now) {
  return urgent ? now + absl::Hours(rules.urgent_release_hours())
                : EndOfDay(AddBusinessDays(OntarioDay(now), rules.release_business_days(), rules.calendar()));
}

absl::Time RequestDue(const v1::RuleSet& rules, v1::RequestPriority priority, absl::Time now) {
  if (priority == v1::REQUEST_PRIORITY_URGENT) return now + absl::Hours(rules.urgent_request_hours());
  if (priority == v1::REQUEST_PRIORITY_PRIORITY) return now + absl::Hours(rules.priority_request_hours());
  return EndOfDay(AddBusinessDays(OntarioDay(now), rules.routine_request_business_days(), rules.calendar()));
}

}  // namespace accord::intelligence
