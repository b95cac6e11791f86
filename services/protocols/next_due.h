// This computes what falls due next for each kind of record from its state and the clocks that run. The
// result is part of answers and is never stored.
#ifndef ACCORD_SERVICES_PROTOCOLS_NEXT_DUE_H_
#define ACCORD_SERVICES_PROTOCOLS_NEXT_DUE_H_

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/base/clock.h"

namespace accord::protocols {

struct Due {
  absl::Time at;
  v1::NextDue what = v1::NEXT_DUE_UNSPECIFIED;
};

// This gives the earliest of the running clocks and of the flags that `agency` raised. After its end, a
// referral has only the clock of a place of safety whose time is not over at `now`.
std::optional<Due> DueOf(const v1::Referral& referral, const std::string& agency, absl::Time now);
// This gives the day of effect while signatures are missing. Once the protocol is operative, it gives the day
// of its review or of its end, whichever comes first.
std::optional<Due> DueOf(const v1::Protocol& protocol);
// This says when the investigation of `referral` must respond or be completed, and which step comes next.
std::optional<Due> DueOf(const v1::JointInvestigation& joint, const v1::Referral& referral);
// This gives the end of the present level; after the last one it stays overdue.
std::optional<Due> DueOf(const v1::Dispute& dispute);
std::optional<Due> DueOf(const v1::InspectorReferral& referral);

// This writes what falls due next into the answer.
template <class Record>
void SetNextDue(const std::optional<Due>& due, Record* record) {
  record->clear_next_due();
  if (due) *record->mutable_next_due() = ToProto(due->at);
  if constexpr (requires { record->clear_next_due_what(); }) {
    record->set_next_due_what(due ? due->what : v1::NEXT_DUE_UNSPECIFIED);
  }
}

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_NEXT_DUE_H_
