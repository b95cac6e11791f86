// This says what the field requires of counts of training (docs/domain.md 1.6 and 8).
#include "absl/strings/str_cat.h"
#include "accord/training/v1/completion_service.pb.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "services/training/testing/field_oracle.h"

namespace accord::training {

std::string OracleOfTraining::OfAnswer(const testing::Act& act, const google::protobuf::Message& answer,
                                       const testing::World&, absl::Time now) {
  const auto* counts = testing::As<v1::CountTrainingResponse>(&answer);
  if (counts == nullptr) return "";
  const Caller& who = *act.who;
  const bool office = IsOffice(who);
  if (!office && !Registers(who)) return "counted for somebody else";
  std::string completed;
  for (const auto& count : counts->counts()) {
    if (!office && OwnerOf(count.course()) != who.agency) return "tells of another agency's course";
    if (count.has_count() && count.count() < 5) return "tells of fewer than five";
    // Attested counts are of now for everybody.
    if (!count.attested().empty()) continue;
    absl::StrAppend(&completed, count.course(), " ", count.agency(), " ",
                    count.has_count() ? absl::StrCat(count.count()) : "-", "\n");
  }
  if (!office) return "";
  if (!counts->has_as_of()) return completed.empty() ? "" : "counts as of now";
  const absl::Time at = FromProto(counts->as_of());
  const absl::CivilMonth month(OntarioDay(now));
  // The calendar counts once in each month that it reaches.
  if (at > now || absl::CivilMonth(OntarioDay(at)) != month) return "counts as of another period";
  absl::StrAppend(&completed, absl::ToUnixMicros(at));
  return counted_.emplace(month, completed).first->second == completed ? "" : "a count moved within a period";
}

}  // namespace accord::training
