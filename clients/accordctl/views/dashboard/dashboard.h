// This is what waits for a person and a team, over every kind of work that an agency has a part in. The
// server says when it is due (`next_due`); nothing is reckoned here but how long that is from now.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_agreement_resources.pb.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/funding_assessment_resources.pb.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/progress_report_resources.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "accord/supports/v1/benefit_resources.pb.h"
#include "accord/supports/v1/order_resources.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "accord/training/v1/resources.pb.h"
#include "clients/accordctl/core/body.h"
#include "common/pki/authority.h"

namespace accord::ctl {

// It says whose turn it is. What waits for another agency is shown once its time is over.
enum class Turn { kMine, kTeam, kUnassigned, kOthers };

// This is one line of the dashboard.
struct Waiting {
  // The kind is, for example, `referral`.
  std::string kind;
  std::string name;
  // What waits is, for example, `acknowledge`.
  std::string what;
  std::string state;
  // It is empty if nobody is assigned, or if records of this kind have no assignee.
  std::string assignee;
  // These people of the viewer's agency work on it.
  std::vector<std::string> people;
  // This is what else somebody wants to know first, for example `immediate, level 2`.
  std::string note;
  Turn turn = Turn::kTeam;
  // It is unset if no clock runs.
  std::optional<absl::Time> due;
  // This is the command worth typing next: `referral acknowledge NAME`.
  std::string next;

  bool Overdue(absl::Time now) const { return due && *due < now; }
};

// A Viewer says who looks at the dashboard.
struct Viewer {
  std::string agency;
  // It is empty if nobody in particular looks.
  std::string actor;
  absl::Time now;
  // These say whether the agency is the coordination office, a ministry, or the intelligence bureau.
  bool office = false;
  bool ministry = false;
  bool bureau = false;
  // What was read of calls tells what is to be done about their applications: the calls by their names, and
  // the applications on which the panel has decided.
  std::map<std::string, strategy::v1::FundingCall> calls = {};
  std::set<std::string> recommended = {};
};

// This is what of a record waits for the viewer, if anything does; of a protocol, what the agency has
// not done.
void AddWaiting(const Viewer& viewer, const protocols::v1::Referral& referral, std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const protocols::v1::Dispute& dispute, std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const protocols::v1::JointInvestigation& joint,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const protocols::v1::InspectorReferral& referral,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const protocols::v1::Protocol& protocol, std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const intelligence::v1::InformationRequest& asked,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const intelligence::v1::ReleaseRequest& release,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const intelligence::v1::PurgeNotice& notice,
                std::vector<Waiting>* waiting);
// Of what a service submitted and the bureau has not graded, or has not decided on.
void AddWaiting(const Viewer& viewer, const intelligence::v1::Report& report, std::vector<Waiting>* waiting);
// Of a case in which no Crown acts.
void AddWaiting(const Viewer& viewer, const prosecution::v1::Case& of_office, std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const prosecution::v1::Accused& accused, std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const prosecution::v1::CeilingAlert& alert,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const prosecution::v1::AdviceRequest& advice,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const training::v1::CompletionCertificate& certificate,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const supports::v1::SupportReferral& referral,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const supports::v1::SurvivorNotice& notice,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const supports::v1::BenefitClaim& claim, std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const supports::v1::BenefitPayment& payment,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const supports::v1::RestrainingOrder& order,
                std::vector<Waiting>* waiting);
// Of what the viewer's own case has told without consent.
void AddWaiting(const Viewer& viewer, const supports::v1::SupportDisclosure& disclosure,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const strategy::v1::FundingApplication& application,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const strategy::v1::FundingAssessment& assessment,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const strategy::v1::ConflictDeclaration& declaration,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const strategy::v1::FundingAgreement& agreement,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const strategy::v1::Payment& payment, std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const strategy::v1::IndicatorObservation& observation,
                std::vector<Waiting>* waiting);
void AddWaiting(const Viewer& viewer, const strategy::v1::ProgressReport& report,
                std::vector<Waiting>* waiting);
// Of the certificate by which the viewer's own system calls: it waits for somebody who renews it once two
// thirds of its life are over.
void AddWaiting(const Viewer& viewer, const pki::Issued& certificate, std::vector<Waiting>* waiting);

// What nobody works on any more but people who are no colleagues is nobody's: it waits for whoever
// supervises, and its note says who had it. `colleagues` are the ids of all who may act at the viewer's
// agency; without any nothing is known, and nothing is said.
void TellWhoLeft(const std::set<std::string>& colleagues, std::vector<Waiting>* waiting);

// A kind that could not be read.
struct Unread {
  std::string kind;
  absl::Status status;
};

struct Dashboard {
  Viewer viewer;
  absl::TimeZone zone;
  // Lines are ordered by whose turn it is and then by urgency, those without a time last; each thing is
  // there once.
  std::vector<Waiting> waiting;
  // What is due in more than so many days is counted and not listed.
  int within_days = 0;
  int later = 0;
  std::vector<Unread> unread;
};

// Puts in order, and leaves out what is due too late or is not mine.
Dashboard Arranged(const Viewer& viewer, absl::TimeZone zone, std::vector<Waiting> waiting, int within_days,
                   bool only_mine);

// `2026-11-26 17:30 EST`; the end of a day is 24:00 of that day.
std::string Moment(absl::Time at, absl::TimeZone zone);
// `in 3 h`, `2 d overdue`, or `-` where no clock runs.
std::string Left(const Waiting& waiting, absl::Time now);
// `mine`, `my team`, `unassigned`, `others`.
std::string TurnName(Turn turn);
// `2 mine, 3 my team, 1 unassigned, 1 overdue, 2 due within 24 h`, and how many come later.
std::string Counts(const Dashboard& dashboard);
// `Times are of America/Toronto (EST, UTC-05:00).`
std::string ZoneLine(const Dashboard& dashboard);

// Counts, one table over all kinds, the zone, and what could not be read.
std::string AsTable(const Dashboard& dashboard);
// Times as RFC 3339.
Json AsJson(const Dashboard& dashboard);
// A page that loads and runs nothing.
std::string AsPage(const Dashboard& dashboard);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_H_
