// `accordctl handover` gives what a person works on to somebody else, or back to whoever supervises.
#include <algorithm>
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/registry/v1/people_service.pb.h"
#include "accord/training/v1/course_service.pb.h"
#include "accord/training/v1/offering_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/views/operations/handover.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;
namespace c = prosecution::v1;

struct HandoverOptions {
  std::string from, to, agency;
};

absl::Status ReadReferralsAndInvestigations(CommandSession* session, const Handover& handover,
                                            std::vector<OpenWork>* work) {
  ACCORD_RETURN_IF_ERROR(ReadPages<p::ListReferralsResponse>(session, "referrals",
                                                             [&](const auto& page) {
                                                               for (const p::Referral& each :
                                                                    page.referrals())
                                                                 AddOpenWork(handover, each, work);
                                                             },
                                                             {{"assignee", handover.from}}));
  ACCORD_RETURN_IF_ERROR(ReadPages<p::ListInspectorReferralsResponse>(
      session, "inspector-referrals",
      [&](const auto& page) {
        for (const p::InspectorReferral& each : page.inspector_referrals()) {
          AddOpenWork(handover, each, work);
        }
      },
      {{"assignee", handover.from}}));
  return ReadPages<p::ListJointInvestigationsResponse>(
      session, "joint-investigations",
      [&](const auto& page) {
        for (const p::JointInvestigation& each : page.joint_investigations()) {
          AddOpenWork(handover, each, work);
        }
      },
      {{"state", static_cast<int>(p::JOINT_INVESTIGATION_STATE_OPEN)}});
}

// This reads all of them, because the board would leave out what is not flagged, and cases without
// an accused.
absl::Status ReadCases(CommandSession* session, const Handover& handover, std::vector<OpenWork>* work) {
  return ReadPages<c::ListCasesResponse>(session, "cases", [&](const auto& page) {
    for (const c::Case& each : page.cases()) AddOpenWork(handover, each, work);
  });
}

// Every agency reads the catalogue; who teaches is a matter of the course's owner.
absl::Status ReadOfferings(CommandSession* session, const Handover& handover, std::vector<OpenWork>* work) {
  std::vector<std::string> courses;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<training::v1::ListCoursesResponse>(session, "courses", [&](const auto& page) {
        for (const training::v1::Course& each : page.courses()) {
          if (OwnerOf(each.name()) == handover.agency) courses.push_back(each.name());
        }
      }));
  for (const std::string& course : courses) {
    ACCORD_RETURN_IF_ERROR(ReadPages<training::v1::ListOfferingsResponse>(
        session, "offerings",
        [&](const auto& page) {
          for (const training::v1::Offering& each : page.offerings()) AddOpenWork(handover, each, work);
        },
        {{"parent", course}}));
  }
  return absl::OkStatus();
}

// The purpose says which work is meant.
absl::Status ReadWork(CommandSession* session, const std::string& purpose, const Handover& handover,
                      std::vector<OpenWork>* work) {
  if (purpose == PurposeName(annotations::v1::PURPOSE_PROSECUTION)) return ReadCases(session, handover, work);
  if (purpose == PurposeName(annotations::v1::PURPOSE_TRAINING)) {
    return ReadOfferings(session, handover, work);
  }
  return ReadReferralsAndInvestigations(session, handover, work);
}

std::string OutcomeText(const Handover& handover, bool dry_run) {
  if (handover.to.empty()) return Text(dry_run ? "would go back" : "given back");
  return Text(dry_run ? "would go to {{person}}" : "given to {{person}}", {{"person", handover.to}});
}

// Whoever cannot be named for one record cannot be named for the next, and each try would be one more miss.
bool EndsAll(const std::string& rule) {
  return rule == rules::kPersonUnknown.reason || rule == rules::kQuotaMisses.reason;
}

// This gives the first refusal, if there is one; what was handed over stays so.
absl::Status HandOverEach(CommandSession* session, const Handover& handover, std::vector<OpenWork>* work) {
  absl::Status first;
  bool ended = false;
  for (OpenWork& each : *work) {
    if (ended) {
      each.outcome = Text("not tried");
      continue;
    }
    const absl::Status given = Invoke(session, each.verb, each.noun, each.request).status();
    first.Update(given);
    const std::string rule = accord::RuleOf(given);
    ended = EndsAll(rule) || absl::IsUnavailable(given);
    each.outcome = given.ok() ? OutcomeText(handover, session->dry_run)
                              : Text("refused: {{why}}", {{"why", ReasonText(given)}});
  }
  return first;
}

std::string HandoverText(const std::vector<OpenWork>& work, Format format) {
  std::vector<Row> rows = {TableHeadings({"KIND", "NAME", "STATE", "OUTCOME"})};
  Json json = Json::array();
  std::string names;
  for (const OpenWork& each : work) {
    rows.push_back({each.kind, each.name, each.state, each.outcome});
    json.push_back(
        {{"kind", each.kind}, {"name", each.name}, {"state", each.state}, {"outcome", each.outcome}});
    absl::StrAppend(&names, Shown(each.name), "\n");
  }
  if (format == Format::kName) return names;
  if (format != Format::kTable) return PrintDocument(json, format);
  return work.empty() ? Text("nobody has to take anything over") + "\n" : Table(rows);
}

// A person who is not there has no work, which would read as if all were done. Who left is disabled and in no
// list of colleagues, so that only work that was found tells of them; whoever takes over must be there.
absl::Status CheckPerson(const std::string& option, const std::string& person,
                         const std::vector<std::string>& colleagues) {
  if (std::find(colleagues.begin(), colleagues.end(), person) != colleagues.end()) return absl::OkStatus();
  const std::string meant = NearestInSessionLanguage(person, colleagues);
  return Refuse(
      rules::kPersonUnknown,
      absl::StrCat(
          option, ": ",
          Text("none of your colleagues is called `{{person}}`; `accordctl colleagues list` lists them",
               {{"person", Shown(person)}}),
          meant.empty() ? "" : "; ", meant));
}

absl::StatusOr<std::vector<std::string>> IdsOfColleagues(CommandSession* session) {
  std::vector<std::string> ids;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<registry::v1::ListColleaguesResponse>(session, "colleagues", [&](const auto& page) {
        for (const registry::v1::Colleague& each : page.colleagues()) ids.push_back(each.actor());
      }));
  return ids;
}

// Only people of the own agency are listed.
absl::Status CheckPeople(CommandSession* session, const Handover& handover, bool has_work) {
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  if (handover.agency != client->agency()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const std::vector<std::string> colleagues, IdsOfColleagues(session));
  if (!has_work) {
    const absl::Status from = CheckPerson("--from", handover.from, colleagues);
    // Whoever left may have had no work, or none any more; a name that is nearly a colleague's is a slip.
    if (!NearestInSessionLanguage(handover.from, colleagues).empty()) ACCORD_RETURN_IF_ERROR(from);
    if (!from.ok()) std::cerr << from.message() << "\n";
  }
  return handover.to.empty() ? absl::OkStatus() : CheckPerson("--to", handover.to, colleagues);
}

absl::Status HandOverAll(CommandSession* session, const HandoverOptions& options) {
  if (options.from == options.to) {
    return absl::InvalidArgumentError("--from and --to are two people");
  }
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  const Handover handover{options.agency.empty() ? client->agency() : options.agency, options.from,
                          options.to};
  std::vector<OpenWork> work;
  ACCORD_RETURN_IF_ERROR(ReadWork(session, context.purpose, handover, &work));
  ACCORD_RETURN_IF_ERROR(CheckPeople(session, handover, !work.empty()));
  const absl::Status given = HandOverEach(session, handover, &work);
  std::cout << HandoverText(work, session->format());
  return given;
}

}  // namespace

void AddHandoverCommand(CLI::App* app, CommandSession* session) {
  auto options = std::make_shared<HandoverOptions>();
  CLI::App* command = AddCommand(
      app, session, "handover", "Give what a person works on to a colleague, or back to the supervisors",
      [=] { return HandOverAll(session, *options); }, DryRun::kTaken);
  command->group("Views")->footer(
      "A supervisor hands over referrals and places on joint investigations; for the purpose prosecution the "
      "provincial coordinator hands over a Crown's cases, and for the purpose training a registrar what "
      "somebody is to teach. Each record is a call of its own: run again after "
      "an interruption, it goes on. With --dry-run it tells what would be handed over.");
  command->add_option("--from", options->from, "Who has the work, also if disabled")->required();
  command->add_option("--to", options->to, "Who takes it over; the supervisors if left out");
  command->add_option("--agency", options->agency,
                      "Agency of whoever has the work, for a Crown's cases [your own agency]");
}

}  // namespace accord::ctl
