// The work that waits for a member of a police service on one morning, for tests of the dashboard.
#ifndef ACCORD_CLIENTS_ACCORDCTL_TESTING_DASHBOARD_FIXTURE_H_
#define ACCORD_CLIENTS_ACCORDCTL_TESTING_DASHBOARD_FIXTURE_H_

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "common/base/clock.h"

namespace accord::ctl {

class DashboardTest : public ::testing::Test {
 protected:
  const Viewer viewer_{"ps-york", "member",
                       absl::FromCivil(absl::CivilSecond(2026, 11, 26, 9, 30), OntarioZone())};

  absl::Time In(absl::Duration later) const { return viewer_.now + later; }
  template <class Record>
  void Due(absl::Duration later, Record* record) const {
    *record->mutable_next_due() = ToProto(In(later));
  }
  template <class Record>
  std::vector<Waiting> Of(const Record& record) const {
    std::vector<Waiting> waiting;
    AddWaiting(viewer_, record, &waiting);
    return waiting;
  }
  Dashboard Shown(std::vector<Waiting> waiting, int within = 30, bool only_mine = false) const {
    return ArrangedDashboard(viewer_, OntarioZone(), std::move(waiting), within, only_mine);
  }
  // This is a new referral to a police service, which never assesses it.
  protocols::v1::Referral Fresh(const std::string& id = "01a") const {
    protocols::v1::Referral referral;
    referral.set_name("agencies/cas-york/referrals/" + id);
    referral.set_to_agency("ps-york");
    referral.set_state(protocols::v1::REFERRAL_STATE_SUBMITTED);
    referral.set_urgency(protocols::v1::URGENCY_H12);
    *referral.mutable_acknowledge_due() = ToProto(In(absl::Hours(2)));
    *referral.mutable_response_due() = ToProto(In(absl::Hours(12)));
    *referral.mutable_completion_due() = ToProto(In(absl::Hours(24 * 45)));
    Due(absl::Hours(2), &referral);
    referral.set_next_due_what(protocols::v1::NEXT_DUE_ACKNOWLEDGE);
    return referral;
  }
  prosecution::v1::Accused Accused(prosecution::v1::NextDue what, int tasks) const {
    prosecution::v1::Accused accused;
    accused.set_name("agencies/cr-york/cases/c1/accused/a1");
    accused.set_stage(prosecution::v1::STAGE_PRETRIAL);
    accused.set_next_due_what(what);
    accused.set_open_victim_tasks(tasks);
    if (what != prosecution::v1::NEXT_DUE_UNSPECIFIED) Due(absl::Hours(24), &accused);
    return accused;
  }
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_TESTING_DASHBOARD_FIXTURE_H_
