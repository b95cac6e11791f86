#include "common/base/field_refusal.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "google/rpc/error_details.pb.h"

namespace accord {
namespace {

// Days as text (YYYY-MM-DD) sort as days, and an empty one sorts before all of them.
bool IsAfter(std::string_view day, absl::CivilDay today) { return day > FormatDay(today); }

}  // namespace

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

absl::Status CheckDayHasCome(const std::string& field, std::string_view day, absl::CivilDay today,
                             const rules::Rule& rule) {
  if (!IsAfter(day, today)) return absl::OkStatus();
  return RefuseField(
      rule, field,
      absl::StrCat("is ", std::string(day), ", and in Ontario it is ", FormatDay(today), " today"));
}

absl::Status CheckPersonalDayHasCome(const std::string& field, std::string_view day, absl::CivilDay today,
                                     const rules::Rule& rule) {
  if (!IsAfter(day, today)) return absl::OkStatus();
  return RefuseField(
      rule, field,
      absl::StrCat("is a day that has not come, and in Ontario it is ", FormatDay(today), " today"));
}

absl::Status CheckMomentHasCome(const std::string& field, absl::Time moment, absl::Time now,
                                const rules::Rule& rule) {
  if (moment <= now) return absl::OkStatus();
  const auto in_ontario = [](absl::Time at) {
    return absl::FormatTime("%Y-%m-%d %H:%M:%S %Z", at, OntarioZone());
  };
  return RefuseField(
      rule, field,
      absl::StrCat("is ", in_ontario(moment), ", and in Ontario it is ", in_ontario(now), " now"));
}

}  // namespace accord
