// `accordctl dashboard`: reads every kind of work that the caller may read, and shows what waits.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "accord/intelligence/v1/dissemination_service.pb.h"
#include "accord/intelligence/v1/purge_service.pb.h"
#include "accord/intelligence/v1/request_service.pb.h"
#include "accord/prosecution/v1/accused_service.pb.h"
#include "accord/prosecution/v1/advice_service.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/registry/v1/people_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/benefit_payment_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_disclosure_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "accord/training/v1/certificate_service.pb.h"
#include "clients/accordctl/core/document.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/records/changes.h"
#include "clients/accordctl/views/dashboard.h"
#include "clients/accordctl/views/dashboard_load.h"
#include "clients/accordctl/views/views.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;
namespace i = intelligence::v1;
namespace c = prosecution::v1;
using google::protobuf::RepeatedPtrField;

struct Reading {
  CommandSession* session;
  Viewer viewer;
  std::vector<Waiting> waiting;
  std::size_t records = 0;

  // This shows progress to a person who waits for many pages.
  void Progress(const std::string& noun, int more) {
    records += static_cast<std::size_t>(more);
    if (isatty(STDERR_FILENO) == 0) return;
    std::cerr << "\r" << Amount(static_cast<int64_t>(records), "record", "records") << " read, " << noun
              << std::string(20, ' ') << std::flush;
  }
};

// A source is one kind of work: the list that it is read from, and the command whose rule says for whom
// it waits.
struct Source {
  std::string list, verb, noun;
  std::function<absl::Status(Reading*)> read;
};

// Reads every page of `list noun`; once for each value of `field`, if there are any, so that what is closed
// is never read.
template <class Response, class Record>
Source From(const std::string& noun, const RepeatedPtrField<Record>& (Response::*records)() const,
            const std::string& field = "", const std::vector<int>& values = {}) {
  const auto read = [=](Reading* reading) -> absl::Status {
    std::vector<Json> requests;
    for (const int value : values) requests.push_back({{field, value}});
    if (requests.empty()) requests.push_back(Json::object());
    for (const Json& request : requests) {
      ACCORD_RETURN_IF_ERROR(Pages<Response>(
          reading->session, noun,
          [&](const Response& page) {
            for (const Record& each : (page.*records)()) AddWaiting(reading->viewer, each, &reading->waiting);
            reading->Progress(noun, (page.*records)().size());
          },
          request));
    }
    return absl::OkStatus();
  };
  return {noun, "list", noun, read};
}

// A claim that is to be decided on does not wait for the worker who made it.
bool WaitsForWorker(const supports::v1::BenefitClaim& claim) {
  return claim.state() == supports::v1::BENEFIT_CLAIM_STATE_INCOMPLETE ||
         claim.state() == supports::v1::BENEFIT_CLAIM_STATE_APPROVED;
}
bool WaitsForWorker(const supports::v1::SupportDisclosure&) { return true; }

// Adds what waits for the viewer as a worker of the case. Managers have read some of it already.
template <class Response, class Record>
absl::Status ReadOfCase(Reading* reading, const std::string& noun, const std::string& of,
                        const RepeatedPtrField<Record>& (Response::*records)() const) {
  std::vector<Waiting> mine;
  ACCORD_RETURN_IF_ERROR(Pages<Response>(reading->session, noun,
                                         [&](const Response& page) {
                                           for (const Record& each : (page.*records)()) {
                                             if (WaitsForWorker(each))
                                               AddWaiting(reading->viewer, each, &mine);
                                           }
                                           reading->Progress(noun, (page.*records)().size());
                                         },
                                         {{"support_case", of}}));
  for (Waiting& line : mine) {
    line.turn = Turn::kMine;
    std::erase_if(reading->waiting, [&](const Waiting& known) { return known.name == line.name; });
    reading->waiting.push_back(std::move(line));
  }
  return absl::OkStatus();
}

// Workers list claims and disclosures of one case at a time.
absl::Status ReadOwnCases(Reading* reading) {
  namespace sup = supports::v1;
  std::vector<std::string> own;
  ACCORD_RETURN_IF_ERROR(Pages<sup::ListSupportCasesResponse>(
      reading->session, "support-cases", [&](const sup::ListSupportCasesResponse& page) {
        for (const sup::SupportCase& each : page.support_cases()) {
          const auto& workers = each.workers();
          const bool works =
              std::find(workers.begin(), workers.end(), reading->viewer.actor) != workers.end();
          if (works) own.push_back(each.name());
        }
        reading->Progress("support-cases", page.support_cases_size());
      }));
  for (const std::string& of : own) {
    ACCORD_RETURN_IF_ERROR(
        ReadOfCase(reading, "benefit-claims", of, &sup::ListBenefitClaimsResponse::benefit_claims));
    ACCORD_RETURN_IF_ERROR(ReadOfCase(reading, "support-disclosures", of,
                                      &sup::ListSupportDisclosuresResponse::support_disclosures));
  }
  return absl::OkStatus();
}

const std::vector<Source>& Sources() {
  static const auto* sources = [] {
    auto* all = new std::vector<Source>{
        From<p::ListReferralsResponse, p::Referral>(
            "referrals", &p::ListReferralsResponse::referrals, "state",
            {p::REFERRAL_STATE_SUBMITTED, p::REFERRAL_STATE_ACKNOWLEDGED, p::REFERRAL_STATE_JOINT,
             p::REFERRAL_STATE_CAS_LEAD, p::REFERRAL_STATE_POLICE_LEAD, p::REFERRAL_STATE_CONSULT_ONLY,
             p::REFERRAL_STATE_NOT_ELIGIBLE_CFSA, p::REFERRAL_STATE_NO_FURTHER_ACTION}),
        From<p::ListDisputesResponse, p::Dispute>("disputes", &p::ListDisputesResponse::disputes, "state",
                                                  {p::DISPUTE_STATE_OPEN}),
        From<p::ListJointInvestigationsResponse, p::JointInvestigation>(
            "joint-investigations", &p::ListJointInvestigationsResponse::joint_investigations, "state",
            {p::JOINT_INVESTIGATION_STATE_OPEN}),
        From<p::ListInspectorReferralsResponse, p::InspectorReferral>(
            "inspector-referrals", &p::ListInspectorReferralsResponse::inspector_referrals, "state",
            {p::INSPECTOR_REFERRAL_STATE_SUBMITTED, p::INSPECTOR_REFERRAL_STATE_ACKNOWLEDGED}),
        From<p::ListProtocolsResponse, p::Protocol>(
            "protocols", &p::ListProtocolsResponse::protocols, "state",
            {p::PROTOCOL_STATE_FOR_SIGNATURE, p::PROTOCOL_STATE_PARTIALLY_SIGNED, p::PROTOCOL_STATE_IN_FORCE,
             p::PROTOCOL_STATE_UNDER_REVIEW}),
        From<i::ListInformationRequestsResponse, i::InformationRequest>(
            "information-requests", &i::ListInformationRequestsResponse::information_requests),
        From<i::ListReleaseRequestsResponse, i::ReleaseRequest>(
            "release-requests", &i::ListReleaseRequestsResponse::release_requests),
        From<i::ListPurgeNoticesResponse, i::PurgeNotice>("purge-notices",
                                                          &i::ListPurgeNoticesResponse::purge_notices),
        // The board comes before the alerts, since it says more of one ceiling than they do.
        From<c::ListBoardResponse, c::Accused>("board", &c::ListBoardResponse::accused),
        From<c::ListCeilingAlertsResponse, c::CeilingAlert>("ceiling-alerts",
                                                            &c::ListCeilingAlertsResponse::ceiling_alerts),
        From<c::ListAdviceRequestsResponse, c::AdviceRequest>(
            "advice-requests", &c::ListAdviceRequestsResponse::advice_requests),
        From<supports::v1::ListSurvivorNoticesResponse, supports::v1::SurvivorNotice>(
            "survivor-notices", &supports::v1::ListSurvivorNoticesResponse::survivor_notices),
        From<supports::v1::ListSupportReferralsResponse, supports::v1::SupportReferral>(
            "support-referrals", &supports::v1::ListSupportReferralsResponse::support_referrals),
        From<supports::v1::ListBenefitClaimsResponse, supports::v1::BenefitClaim>(
            "benefit-claims", &supports::v1::ListBenefitClaimsResponse::benefit_claims),
        From<supports::v1::ListBenefitPaymentsResponse, supports::v1::BenefitPayment>(
            "benefit-payments", &supports::v1::ListBenefitPaymentsResponse::benefit_payments),
        From<supports::v1::ListRestrainingOrdersResponse, supports::v1::RestrainingOrder>(
            "restraining-orders", &supports::v1::ListRestrainingOrdersResponse::restraining_orders,
            "selection", {supports::v1::ORDER_SELECTION_UNSERVED, supports::v1::ORDER_SELECTION_EXPIRING}),
        Source{"support-cases", "list", "support-disclosures", ReadOwnCases},
        From<training::v1::ListCompletionCertificatesResponse, training::v1::CompletionCertificate>(
            "completion-certificates",
            &training::v1::ListCompletionCertificatesResponse::completion_certificates, "status",
            {training::v1::CERTIFICATE_STATUS_EXPIRING, training::v1::CERTIFICATE_STATUS_EXPIRED})};
    // Everybody reads protocols; they wait for those who sign.
    for (Source& each : *all) {
      if (each.list != "protocols") continue;
      each.verb = "sign";
      each.noun = "protocol";
    }
    return all;
  }();
  return *sources;
}

// Whether an agency of this kind can have people who may, for this purpose. What cannot be is not asked: a
// refusal would stand in the log.
bool MayBe(const Source& source, AgencyKind kind, std::optional<Purpose> purpose) {
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

// No kind of work of this caller: not worth a word.
bool NotTheirs(const absl::Status& status) {
  static constexpr std::array kRules = {&rules::kAgencyKindNotPermitted, &rules::kRoleNotPermitted,
                                        &rules::kPurposeMissing, &rules::kPurposeNotPermitted};
  return std::find(kRules.begin(), kRules.end(), rules::FindRule(accord::RuleOf(status))) != kRules.end();
}

// Nobody, if they cannot be read.
std::set<std::string> Colleagues(CommandSession* session) {
  std::set<std::string> colleagues;
  const absl::Status read =
      Pages<registry::v1::ListColleaguesResponse>(session, "colleagues", [&](const auto& page) {
        for (const auto& each : page.colleagues()) colleagues.insert(each.actor());
      });
  return read.ok() ? colleagues : std::set<std::string>();
}

// Whoever calls by a certificate can read it.
void AddOwnCertificate(const Context& context, Reading* reading) {
  const auto pem = ReadFile(context.certificate_file);
  if (!pem.ok()) return;
  const auto certificate = pki::ReadCertificate(*pem);
  if (certificate.ok()) AddWaiting(reading->viewer, *certificate, &reading->waiting);
}

// What changes together is shown together, this long after the first of it.
constexpr absl::Duration kTogether = absl::Milliseconds(500);

struct DashboardOptions {
  int within_days = 30;
  bool mine = false;
  std::string html_file;
  bool watch = false;
  int limit = 0;
};

// The options by which the line chose who looks and why: what is typed next would not find it without them.
std::string ChosenOptions(const CommandSession& session) {
  std::string options;
  for (const auto& [name, value] :
       {std::pair("--context", session.context_name), std::pair("--actor", session.given.actor),
        std::pair("--purpose", session.given.purpose)}) {
    if (!value.empty())
      absl::StrAppend(&options, " ", name, " ", IsTypable(value) ? value : "'" + value + "'");
  }
  return options;
}

absl::Status NothingToRead(const std::string& purpose) {
  return absl::PermissionDeniedError(absl::StrCat(
      "no kind of work is read ", purpose.empty() ? "without a purpose" : absl::StrCat("for ", purpose),
      " by this person: name another --purpose or --actor; `accordctl access explain referral list` says "
      "who may"));
}

}  // namespace

absl::StatusOr<Dashboard> LoadDashboard(CommandSession* session, int within_days, bool only_mine) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  ACCORD_ASSIGN_OR_RETURN(const std::optional<Purpose> purpose, PurposeOf(context));
  Reading reading{session, {client->agency(), context.actor, absl::Now()}, {}};
  AgencyKind kind = annotations::v1::AGENCY_KIND_UNSPECIFIED;
  const auto agency = Invoke(session, "get", "agency", {{"name", "agencies/" + client->agency()}});
  if (agency.ok()) {
    kind = dynamic_cast<const registry::v1::Agency&>(**agency).kind();
  } else if (absl::IsUnavailable(agency.status()) || absl::IsDeadlineExceeded(agency.status()) ||
             absl::IsUnauthenticated(agency.status())) {
    // Every kind of work would wait as long to fail the same way.
    return agency.status();
  }
  int read = 0;
  std::vector<Unread> unread;
  for (const Source& source : Sources()) {
    if (!MayBe(source, kind, purpose)) continue;
    const absl::Status status = source.read(&reading);
    if (NotTheirs(status)) continue;
    ++read;
    if (!status.ok()) unread.push_back({source.list, status});
  }
  if (isatty(STDERR_FILENO) != 0 && reading.records > 0) std::cerr << "\r" << std::string(60, ' ') << "\r";
  if (read == 0) return NothingToRead(context.purpose);
  if (static_cast<int>(unread.size()) == read) return unread.front().status;
  const bool assigned = std::any_of(reading.waiting.begin(), reading.waiting.end(),
                                    [](const Waiting& each) { return !each.people.empty(); });
  if (assigned) TellWhoLeft(Colleagues(session), &reading.waiting);
  AddOwnCertificate(context, &reading);
  Dashboard dashboard =
      Arranged(reading.viewer, CallersZone(), std::move(reading.waiting), within_days, only_mine);
  dashboard.unread = std::move(unread);
  for (Waiting& each : dashboard.waiting) each.next += ChosenOptions(*session);
  return dashboard;
}

namespace {

std::string Printed(const Dashboard& dashboard, Format format) {
  std::string names;
  switch (format) {
    case Format::kJson:
      return Dump(AsJson(dashboard), 2) + "\n";
    case Format::kYaml:
      return ToYaml(AsJson(dashboard)) + "\n";
    case Format::kName:
      for (const Waiting& each : dashboard.waiting) absl::StrAppend(&names, each.name, "\n");
      return names;
    case Format::kTable:
      break;
  }
  return AsTable(dashboard);
}

absl::Status Show(CommandSession* session, const DashboardOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const Dashboard dashboard,
                          LoadDashboard(session, options.within_days, options.mine));
  if (options.html_file.empty()) {
    std::cout << Printed(dashboard, session->format());
  } else {
    ACCORD_RETURN_IF_ERROR(WriteFile(options.html_file, AsPage(dashboard), FileKind::kPrivate));
    std::cout << Text("{{counts}}, in {{file}}", {{"counts", Counts(dashboard)}, {"file", options.html_file}})
              << "\n";
  }
  // What was read is shown all the same; the exit code says that it is not everything.
  return dashboard.unread.empty() ? absl::OkStatus() : dashboard.unread.front().status;
}

// Shows it anew whenever something changes, until the feeds end, `limit` is reached or it cannot be read.
absl::Status ShowAndWatch(CommandSession* session, const DashboardOptions& options) {
  ACCORD_RETURN_IF_ERROR(session->client().status());
  ChangeBell bell(session);
  absl::Status shown;
  for (int left = options.limit;; --left) {
    shown = Show(session, options);
    if (left == 1 || (!shown.ok() && !IsPassing(shown)) || !std::cout.flush().good()) break;
    if (!bell.Wait()) break;
    absl::SleepFor(kTogether);
    bell.Silence();
    if (options.html_file.empty()) std::cout << "\n";
  }
  const absl::Status followed = bell.Stop();
  return shown.ok() ? followed : shown;
}

}  // namespace

void AddDashboardCommand(CLI::App* app, CommandSession* session) {
  auto options = std::make_shared<DashboardOptions>();
  CLI::App* command =
      AddCommand(app, session, "dashboard", "Show what waits for you and your team, most urgent first",
                 [=] { return options->watch ? ShowAndWatch(session, *options) : Show(session, *options); });
  command->group("Views")->footer("The purpose that you name decides which kinds of work are read.");
  command->add_option("--within", options->within_days, "List what is due within so many days [30]")
      ->check(CLI::Range(0, 3650));
  command->add_flag("--mine", options->mine, "List only what waits for you");
  command->add_option("--html", options->html_file, "Write a self-contained page to this file instead")
      ->check(FaultOfFileToWrite);
  command->add_flag("--watch", options->watch, "Show it again whenever something changes that concerns you");
  command->add_option("--limit", options->limit, "With --watch, end when it was shown so many times")
      ->check(CLI::Range(0, 1000000));
}

}  // namespace accord::ctl
