// The work that waits for a person and a team, across all kinds of work in which an agency has
// a part. The server says when each is due (`next_due`); this code only computes the time that
// is left.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_H_

#include <cstdint>
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
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "common/pki/authority.h"

namespace accord::ctl {

// This says who has to act next. Work that waits for another agency is shown only once it is overdue.
enum class Turn { kMine, kTeam, kUnassigned, kOthers };

// This is one line of the dashboard.
struct Waiting {
  // This is the kind of record, for example `referral`.
  std::string kind;
  std::string name;
  // This is the action that is awaited, for example `acknowledge`.
  std::string what;
  std::string state;
  // This is empty if nobody is assigned, or if records of this kind have no assignee.
  std::string assignee;
  // These are the people of the viewer's agency who work on it.
  std::vector<std::string> people;
  // This is what else a reader should know first, for example `immediate, level 2`.
  std::string note;
  Turn turn = Turn::kTeam;
  // This is unset if there is no deadline.
  std::optional<absl::Time> due;
  // This is the command to type next: `referral acknowledge NAME`.
  std::string next;

  bool Overdue(absl::Time now) const { return due && *due < now; }
};

// This is the person who looks at the dashboard.
struct Viewer {
  std::string agency;
  // This is empty if the dashboard is not for one person.
  std::string actor;
  absl::Time now;
  // This says whether the agency is the coordination office, a ministry, or the intelligence bureau.
  bool office = false;
  bool ministry = false;
  bool bureau = false;
  // The roles in which the viewer acts; empty if they are not known.
  std::set<annotations::v1::Role> roles = {};
  // Funding calls by name, and the applications on which the panel has decided: they determine what
  // must be done about an application.
  std::map<std::string, strategy::v1::FundingCall> calls = {};
  std::set<std::string> recommended = {};
};

// This says whether the viewer acts in a role that may do this; yes if the roles are not known.
bool MayDo(const Viewer& viewer, const std::string& verb, const std::string& noun);

// Each of these adds what waits for the viewer because of one record, if anything does; for a
// protocol, what the agency has not done yet.
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
// This adds a report that a service submitted and the bureau has not graded or decided on, if the viewer may
// do so.
void AddWaiting(const Viewer& viewer, const intelligence::v1::Report& report, std::vector<Waiting>* waiting);
// This adds a case to which no Crown is assigned, if the viewer may assign one.
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
// This adds a disclosure without consent from the viewer's own case.
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
// This adds the certificate with which the viewer's own system calls: after two thirds of its life somebody
// must renew it.
void AddWaiting(const Viewer& viewer, const pki::Issued& certificate, std::vector<Waiting>* waiting);

// This makes work unassigned if only people work on it who are no longer colleagues: it then waits for a
// supervisor, and its note says who had it. `colleagues` has the ids of all who may act at the viewer's
// agency; if it is empty, nothing is known and nothing changes.
void NoteDepartedPeople(const std::set<std::string>& colleagues, std::vector<Waiting>* waiting);

// This is a kind of record that could not be read.
struct Unread {
  std::string kind;
  absl::Status status;
};

struct Dashboard {
  Viewer viewer;
  absl::TimeZone zone;
  // This is ordered by who has to act and then by urgency, those without a time last. Each item is
  // there once.
  std::vector<Waiting> waiting;
  // Work that is due in more than this many days is counted but not listed.
  int within_days = 0;
  int later = 0;
  std::vector<Unread> unread;
};

// This sorts the work, and leaves out what is due too late and, if `only_mine`, what is not the viewer's.
Dashboard ArrangedDashboard(const Viewer& viewer, absl::TimeZone zone, std::vector<Waiting> waiting,
                            int within_days, bool only_mine);

// This gives `2026-11-26 17:30 EST`; the end of a day is 24:00 of that day.
std::string DashboardMoment(absl::Time at, absl::TimeZone zone);
// This gives `in 3 h`, `2 d overdue`, or `-` if there is no deadline.
std::string TimeLeftText(const Waiting& waiting, absl::Time now);
// This gives `mine`, `my team`, `unassigned` or `others`.
std::string TurnName(Turn turn);
// These count the work of one turn, the work that is overdue, and the work that is due within 24 hours.
int64_t CountDashboardTurn(const Dashboard& dashboard, Turn turn);
int64_t CountDashboardOverdue(const Dashboard& dashboard);
int64_t CountDashboardDueSoon(const Dashboard& dashboard);
// This gives `2 mine, 3 my team, 1 unassigned, 1 overdue, 2 due within 24 h`, and how many come later.
std::string DashboardCounts(const Dashboard& dashboard);
// This gives `Times are of America/Toronto (EST, UTC-05:00).`
std::string DashboardZoneLine(const Dashboard& dashboard);

// This counts, one table over all kinds, the zone, and what could not be read.
std::string DashboardTable(const Dashboard& dashboard);
// This gives times as RFC 3339.
Json DashboardJson(const Dashboard& dashboard);
// This gives a page that loads and runs nothing.
std::string DashboardPage(const Dashboard& dashboard);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_H_
