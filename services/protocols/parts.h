// By which part of a record each method that changes one may be used. A role says what a person does in an
// agency; a part says whose record it is. The table is data: one row a method, walked whole by a test.
#ifndef ACCORD_SERVICES_PROTOCOLS_PARTS_H_
#define ACCORD_SERVICES_PROTOCOLS_PARTS_H_

#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "accord/protocols/v1/inspections.pb.h"
#include "accord/protocols/v1/joint_work.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/access/decide.h"

namespace accord::protocols {

enum class Part {
  // The agency in the name of a protocol or of a joint investigation.
  kLead,
  kSignatory,
  kConsulted,
  // Reads a protocol and has no word in its life.
  kObserver,
  // The coordination office.
  kCoordinationOffice,
  kSender,
  kReceiver,
  // Sent a referral that was redirected: follows where it went, and does nothing there.
  kFollower,
  // Its own staff is suspected: its director reads, and nobody of it does anything.
  kImplicated,
  // Raised a dispute, and the agency it was raised with.
  kRaiser,
  kOtherSide,
};
using PartSet = std::set<Part>;

// What the caller's agency is to a record; empty for a bystander.
PartSet PartsIn(const v1::Protocol& protocol, const Caller& caller);
PartSet PartsIn(const v1::Referral& referral, const Caller& caller);
PartSet PartsIn(const v1::JointInvestigation& joint, const v1::Referral& referral, const Caller& caller);
PartSet PartsIn(const v1::Dispute& dispute, const Caller& caller);
PartSet PartsIn(const v1::InspectorReferral& referral, const Caller& caller);

struct PartRule {
  // For example `SignProtocol`.
  std::string_view method;
  // One of these is needed; empty: the method begins something of the caller's own, or is of the caller
  // alone, and its handler decides.
  PartSet any;
  // Of the refusal.
  std::string_view rule;
  std::string_view message;
};
const std::vector<PartRule>& PartRules();

// PERMISSION_DENIED with the row's rule for who has none of the parts of the method that this request is of.
absl::Status CheckPart(const google::protobuf::Message& request, const PartSet& parts);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_PARTS_H_
