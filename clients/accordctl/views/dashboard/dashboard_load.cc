#include "clients/accordctl/views/dashboard/dashboard_load.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/registry/v1/people_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/name_form.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/core/zone.h"
#include "clients/accordctl/views/dashboard/dashboard_sources.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

// This says whether an agency of this kind can have people who may, for this purpose. What cannot be is not
// asked: a refusal would stand in the log.
bool MayHaveReaders(const Source& source, AgencyKind kind, std::optional<Purpose> purpose) {
  const Command* command = FindCommand(source.verb, source.noun);
  if (command == nullptr) return false;
  const auto& grants = command->method.grants;
  return std::any_of(grants.begin(), grants.end(), [&](const auto& grant) {
    const auto has = [](const auto& list, int value) {
      return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    const bool of_kind = kind == annotations::v1::AGENCY_KIND_UNSPECIFIED || has(grant.kinds(), kind);
    return of_kind && (purpose ? has(grant.purposes(), *purpose) : grant.purposes().empty());
  });
}

// It is no kind of work of this caller, and so not worth a word.
bool IsNothingToLoad(const absl::Status& status) {
  static constexpr std::array kRules = {&rules::kAgencyKindNotPermitted, &rules::kRoleNotPermitted,
                                        &rules::kPurposeMissing, &rules::kPurposeNotPermitted};
  return std::find(kRules.begin(), kRules.end(), rules::FindRule(accord::RuleOf(status))) != kRules.end();
}

// This gives who may act at the viewer's agency, with their roles; it is nobody, if they cannot be read.
std::map<std::string, std::set<annotations::v1::Role>> RolesOfColleagues(CommandSession* session) {
  std::map<std::string, std::set<annotations::v1::Role>> colleagues;
  const absl::Status read =
      ReadPages<registry::v1::ListColleaguesResponse>(session, "colleagues", [&](const auto& page) {
        for (const auto& each : page.colleagues()) {
          auto& roles = colleagues[each.actor()];
          for (const int role : each.roles()) roles.insert(static_cast<annotations::v1::Role>(role));
        }
      });
  if (!read.ok()) colleagues.clear();
  return colleagues;
}

// This says whether the viewer can do something about what this source reads.
bool MayTake(const Source& source, const Viewer& viewer) {
  return source.taken_by.empty() ||
         std::any_of(source.taken_by.begin(), source.taken_by.end(),
                     [&](const auto& act) { return MayDo(viewer, act.first, act.second); });
}

// Whoever calls by a certificate can read it.
void LoadOwnCertificate(const Context& context, Reading* reading) {
  const auto pem = ReadFile(context.certificate_file);
  if (!pem.ok()) return;
  const auto certificate = pki::ReadCertificate(*pem);
  if (certificate.ok()) AddWaiting(reading->viewer, *certificate, &reading->waiting);
}

// This gives the options by which the line chose who looks and why: what is typed next would not find it
// without them.
std::string OptionsOfLoad(const CommandSession& session) {
  std::string options;
  for (const auto& [name, value] :
       {std::pair("--context", session.context_name), std::pair("--actor", session.given.actor),
        std::pair("--purpose", session.given.purpose)}) {
    if (!value.empty())
      absl::StrAppend(&options, " ", name, " ", IsTypableName(value) ? value : "'" + value + "'");
  }
  return options;
}

absl::Status NothingToLoad(const std::string& purpose) {
  return absl::PermissionDeniedError(absl::StrCat(
      "no kind of work is read ", purpose.empty() ? "without a purpose" : absl::StrCat("for ", purpose),
      " by this person: name another --purpose or --actor; `accordctl access explain referral list` says "
      "who may"));
}

}  // namespace

absl::StatusOr<Dashboard> LoadDashboard(CommandSession* session, int within_days, bool only_mine) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  ACCORD_ASSIGN_OR_RETURN(const std::optional<Purpose> purpose, PurposeOfContext(context));
  Reading reading{session, {client->agency(), context.actor, absl::Now()}, {}};
  AgencyKind kind = annotations::v1::AGENCY_KIND_UNSPECIFIED;
  const auto agency = Invoke(session, "get", "agency", {{"name", "agencies/" + client->agency()}});
  if (agency.ok()) {
    kind = dynamic_cast<const registry::v1::Agency&>(**agency).kind();
    reading.viewer.office = kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
    reading.viewer.ministry = kind == annotations::v1::AGENCY_KIND_MINISTRY;
    reading.viewer.bureau = kind == annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE;
  } else if (absl::IsUnavailable(agency.status()) || absl::IsDeadlineExceeded(agency.status()) ||
             absl::IsUnauthenticated(agency.status())) {
    // Every kind of work would wait as long to fail the same way.
    return agency.status();
  }
  std::optional<std::map<std::string, std::set<annotations::v1::Role>>> colleagues;
  int read = 0;
  std::vector<Unread> unread;
  for (const Source& source : Sources()) {
    if (!MayHaveReaders(source, kind, purpose)) continue;
    if (!source.taken_by.empty() && !colleagues) {
      colleagues = RolesOfColleagues(session);
      const auto viewer = colleagues->find(context.actor);
      if (viewer != colleagues->end()) reading.viewer.roles = viewer->second;
    }
    if (!MayTake(source, reading.viewer)) {
      // The person does read for this purpose, and what is read waits for somebody else.
      ++read;
      continue;
    }
    const absl::Status status = source.read(&reading);
    if (IsNothingToLoad(status)) continue;
    ++read;
    if (!status.ok()) unread.push_back({source.list, status});
  }
  if (isatty(STDERR_FILENO) != 0 && reading.records > 0) std::cerr << "\r" << std::string(60, ' ') << "\r";
  if (read == 0) return NothingToLoad(context.purpose);
  if (static_cast<int>(unread.size()) == read) return unread.front().status;
  const bool assigned = std::any_of(reading.waiting.begin(), reading.waiting.end(),
                                    [](const Waiting& each) { return !each.people.empty(); });
  if (assigned) {
    if (!colleagues) colleagues = RolesOfColleagues(session);
    std::set<std::string> present;
    for (const auto& [actor, roles] : *colleagues) present.insert(actor);
    NoteDepartedPeople(present, &reading.waiting);
  }
  LoadOwnCertificate(context, &reading);
  Dashboard dashboard =
      ArrangedDashboard(reading.viewer, CallersZone(), std::move(reading.waiting), within_days, only_mine);
  dashboard.unread = std::move(unread);
  for (Waiting& each : dashboard.waiting) each.next += OptionsOfLoad(*session);
  return dashboard;
}

}  // namespace accord::ctl
