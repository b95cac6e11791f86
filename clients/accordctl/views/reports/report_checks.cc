#include "clients/accordctl/views/reports/report_checks.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "accord/intelligence/v1/position_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/prosecution/v1/rules.pb.h"
#include "accord/supports/v1/crisis_partner_service.pb.h"
#include "accord/supports/v1/worker_position_service.pb.h"
#include "accord/training/v1/course_service.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using strategy::v1::ReportFigure;
using strategy::v1::ReportSentence;

// This is what is asked about, beside the service that is asked.
struct CheckQuestion {
  std::string as_of;
  std::string ministry;
};

// From now on the session's calls are made for this purpose, by whom they were made before.
absl::Status CallForCheckPurpose(CommandSession* session, const std::string& purpose) {
  ACCORD_ASSIGN_OR_RETURN(Context context, session->context());
  context.purpose = purpose;
  return session->Reopen(context).status();
}

absl::StatusOr<int64_t> FundedPartners(CommandSession* session, const CheckQuestion& question) {
  ACCORD_RETURN_IF_ERROR(CallForCheckPurpose(session, "protocol_governance"));
  int64_t count = 0;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<supports::v1::ListCrisisPartnersResponse>(session, "crisis-partners", [&](const auto& page) {
        // Days as text (YYYY-MM-DD) sort as days.
        for (const auto& partner : page.crisis_partners()) {
          const bool ended = !partner.funded_to().empty() && partner.funded_to() < question.as_of;
          if (partner.funded_from() <= question.as_of && !ended) ++count;
        }
      }));
  return count;
}

absl::StatusOr<int64_t> WorkersIn(CommandSession* session, const CheckQuestion& question,
                                  supports::v1::WorkerPositionState state) {
  ACCORD_RETURN_IF_ERROR(CallForCheckPurpose(session, "protocol_governance"));
  int64_t count = 0;
  Json request = Json::object();
  request["as_of"] = question.as_of;
  ACCORD_RETURN_IF_ERROR(ReadPages<supports::v1::ListWorkerPositionsResponse>(
      session, "worker-positions",
      [&](const auto& page) {
        for (const auto& position : page.worker_positions()) {
          const bool of_program = position.program() == supports::v1::SUPPORT_PROGRAM_VWAP;
          if (of_program && position.state() == state) ++count;
        }
      },
      request));
  return count;
}

absl::StatusOr<int64_t> WorkersHired(CommandSession* session, const CheckQuestion& question) {
  return WorkersIn(session, question, supports::v1::WORKER_POSITION_STATE_HIRED);
}

absl::StatusOr<int64_t> WorkersToBeHired(CommandSession* session, const CheckQuestion& question) {
  return WorkersIn(session, question, supports::v1::WORKER_POSITION_STATE_TO_BE_HIRED);
}

absl::StatusOr<prosecution::v1::Establishment> EstablishmentToCheck(CommandSession* session) {
  ACCORD_RETURN_IF_ERROR(CallForCheckPurpose(session, ""));
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "establishment", Json::object()));
  return dynamic_cast<const prosecution::v1::Establishment&>(*answer);
}

absl::StatusOr<int64_t> Coordinators(CommandSession* session, const CheckQuestion& /*question*/) {
  ACCORD_ASSIGN_OR_RETURN(const auto establishment, EstablishmentToCheck(session));
  return establishment.recruited_coordinators();
}

absl::StatusOr<int64_t> SpecialisedCrowns(CommandSession* session, const CheckQuestion& /*question*/) {
  ACCORD_ASSIGN_OR_RETURN(const auto establishment, EstablishmentToCheck(session));
  return establishment.recruited_crowns();
}

absl::StatusOr<int64_t> CrownsWanted(CommandSession* session, const CheckQuestion& /*question*/) {
  ACCORD_ASSIGN_OR_RETURN(const auto establishment, EstablishmentToCheck(session));
  return establishment.target_crowns();
}

absl::StatusOr<int64_t> BureauPositions(CommandSession* session, const CheckQuestion& /*question*/) {
  ACCORD_RETURN_IF_ERROR(CallForCheckPurpose(session, "intelligence"));
  int64_t count = 0;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<intelligence::v1::ListPositionsResponse>(session, "positions", [&](const auto& page) {
        for (const auto& position : page.positions()) {
          if (position.state() != intelligence::v1::POSITION_STATE_ABOLISHED) ++count;
        }
      }));
  return count;
}

// This gives what the ministry itself attests of those whom it trained.
absl::StatusOr<int64_t> PeopleTrained(CommandSession* session, const CheckQuestion& question) {
  ACCORD_RETURN_IF_ERROR(CallForCheckPurpose(session, "training"));
  int64_t count = 0;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<training::v1::ListAttestationsResponse>(session, "attestations", [&](const auto& page) {
        for (const auto& attestation : page.attestations()) {
          if (OwnerOf(attestation.name()) == question.ministry) count += attestation.count();
        }
      }));
  return count;
}

// This says which service counts the same as an indicator of the founding document, or has the same target.
struct CountedBy {
  const char* indicator;
  const char* service;
  absl::StatusOr<int64_t> (*count)(CommandSession*, const CheckQuestion&);
};
constexpr CountedBy kCounted[] = {{"vcao-partners", "supports", &FundedPartners},
                                  {"vwap-workers-hired", "supports", &WorkersHired},
                                  {"vwap-workers-to-be-hired", "supports", &WorkersToBeHired},
                                  {"crown-coordinators", "prosecution", &Coordinators},
                                  {"specialised-crowns", "prosecution", &SpecialisedCrowns},
                                  {"new-crowns", "prosecution", &CrownsWanted},
                                  {"ciso-positions", "intelligence", &BureauPositions},
                                  {"inspectors-trained", "training", &PeopleTrained}};

// This finds the check of a figure; it gives null if no other service counts it.
const CountedBy* FindFigureCheck(const ReportFigure& figure) {
  const std::string id = figure.indicator().substr(figure.indicator().rfind('/') + 1);
  const auto* found = std::find_if(std::begin(kCounted), std::end(kCounted),
                                   [&](const CountedBy& each) { return id == each.indicator; });
  return found == std::end(kCounted) ? nullptr : found;
}

std::string ReasonOfCheck(const absl::Status& status) {
  const std::string rule = RuleOf(status);
  return rule.empty() ? absl::StatusCodeToString(status.code()) : rule;
}

}  // namespace

std::vector<FigureCheck> CheckFigures(CommandSession* session, const strategy::v1::ProgressReport& report) {
  std::vector<FigureCheck> checks;
  for (const auto& section : report.sections()) {
    for (const ReportSentence& sentence : section.sentences()) {
      for (const ReportFigure& figure : sentence.figures()) {
        const CountedBy* elsewhere = FindFigureCheck(figure);
        if (elsewhere == nullptr) continue;
        FigureCheck check{
            .sentence = sentence.code(), .figure = figure.code(), .service = elsewhere->service};
        if (figure.has_value()) check.reported = figure.value();
        const auto count = elsewhere->count(session, {report.as_of(), sentence.ministry()});
        if (count.ok()) {
          check.counted = *count;
        } else {
          check.reason = ReasonOfCheck(count.status());
        }
        checks.push_back(std::move(check));
      }
    }
  }
  return checks;
}

}  // namespace accord::ctl
