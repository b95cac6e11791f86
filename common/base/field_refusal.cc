#include "common/base/field_refusal.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "google/rpc/error_details.pb.h"

namespace accord {

absl::Status RefuseField(const rules::Rule& rule, const std::string& field, const std::string& what) {
  google::rpc::BadRequest bad;
  auto* violation = bad.add_field_violations();
  violation->set_field(field);
  violation->set_description(what);
  absl::Status status = Refuse(rule, absl::StrCat(field, " ", what, "."));
  status.SetPayload(absl::StrCat("type.googleapis.com/", bad.GetDescriptor()->full_name()),
                    absl::Cord(bad.SerializeAsString()));
  return status;
}

absl::Status CheckDaysInOrder(const std::string& earlier_field, std::string_view earlier,
                              const std::string& later_field, std::string_view later, bool equal) {
  if (earlier.empty() || later.empty() || earlier < later || (equal && earlier == later)) {
    return absl::OkStatus();
  }
  return RefuseField(rules::kDatesOutOfOrder, later_field,
                     absl::StrCat(equal ? "must not come before " : "must come after ", earlier_field));
}

}  // namespace accord
