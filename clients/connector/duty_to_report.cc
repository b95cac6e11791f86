#include "clients/connector/duty_to_report.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/supports/v1/resources.pb.h"

namespace accord::connector {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kGround[] = "ground_code";

// Either says that somebody is told because the law demands it.
bool IsDutyMark(const EnumValueDescriptor* value) {
  static const std::array<const EnumValueDescriptor*, 2> marks = {
      protocols::v1::ReferralKind_descriptor()->FindValueByNumber(
          protocols::v1::REFERRAL_KIND_DUTY_TO_REPORT),
      supports::v1::DisclosureBasis_descriptor()->FindValueByNumber(
          supports::v1::DISCLOSURE_BASIS_DUTY_TO_REPORT)};
  return std::find(marks.begin(), marks.end(), value) != marks.end();
}

bool HoldsDutyMark(const Message& message, const FieldDescriptor* field) {
  const auto* reflection = message.GetReflection();
  const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
  for (int i = 0; i < count; ++i) {
    if (field->type() == FieldDescriptor::TYPE_ENUM) {
      if (IsDutyMark(field->is_repeated() ? reflection->GetRepeatedEnum(message, field, i)
                                          : reflection->GetEnum(message, field))) {
        return true;
      }
    } else if (IsDutyToReport(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                                   : reflection->GetMessage(message, field))) {
      return true;
    }
  }
  return false;
}

// This gives the message that has the field, which is the request or one that it holds itself, and null if
// none has.
Message* HolderOfDutyGround(Message* request) {
  if (request->GetDescriptor()->FindFieldByName(kGround) != nullptr) return request;
  std::vector<const FieldDescriptor*> fields;
  request->GetReflection()->ListFields(*request, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->type() != FieldDescriptor::TYPE_MESSAGE || field->is_repeated()) continue;
    if (field->message_type()->FindFieldByName(kGround) == nullptr) continue;
    return request->GetReflection()->MutableMessage(request, field);
  }
  return nullptr;
}

}  // namespace

bool IsDutyToReport(const Message& request) {
  std::vector<const FieldDescriptor*> fields;
  request.GetReflection()->ListFields(request, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool holds =
        field->type() == FieldDescriptor::TYPE_ENUM || field->type() == FieldDescriptor::TYPE_MESSAGE;
    if (holds && HoldsDutyMark(request, field)) return true;
  }
  return false;
}

absl::Status CheckDutyDecided(const Message& request, const std::string& actor,
                              const std::string& decided_by) {
  if (!decided_by.empty() && decided_by != actor) {
    return absl::InvalidArgumentError(
        "`decided_by` is not `actor`: an act is done for the person who decided it, and nobody reports for another.");
  }
  if (decided_by.empty() && IsDutyToReport(request)) {
    return absl::InvalidArgumentError(
        "`decided_by` is missing: a duty to report names the person who decided to report, who is also its `actor`. No "
        "system reports by itself.");
  }
  return absl::OkStatus();
}

absl::Status PlaceDutyGround(const std::string& ground, Message* request) {
  if (ground.empty()) return absl::OkStatus();
  Message* holder = HolderOfDutyGround(request);
  if (holder == nullptr) {
    return absl::InvalidArgumentError("`ground` is given, and `request` has no `ground_code` to take it.");
  }
  const FieldDescriptor* field = holder->GetDescriptor()->FindFieldByName(kGround);
  const std::string present = holder->GetReflection()->GetString(*holder, field);
  if (!present.empty() && present != ground) {
    return absl::InvalidArgumentError("`ground` is not the `ground_code` of `request`.");
  }
  holder->GetReflection()->SetString(holder, field, ground);
  return absl::OkStatus();
}

}  // namespace accord::connector
