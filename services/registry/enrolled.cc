#include "services/registry/enrolled.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/base/error.h"
#include "services/registry/resource_names.h"

namespace accord::registry {
namespace {

bool IsOfTheLog(const v1::Agency& agency) {
  return agency.kind() == annotations::v1::AGENCY_KIND_PLATFORM_LOG;
}

// This refuses what is of the log. Both the agency in the message and the stored one decide this.
absl::Status CheckNotOfTheLog(storage::Transaction& tx, const google::protobuf::Message& message) {
  const auto* written = dynamic_cast<const v1::Agency*>(&message);
  const auto* field = message.GetDescriptor()->FindFieldByName("name");
  const std::string name = message.GetReflection()->GetString(message, field);
  v1::Agency stored;
  const absl::Status found =
      storage::Resources("agency", nullptr).GetAny(tx, absl::StrCat("agencies/", PartOf(name, 1)), &stored);
  if (!found.ok() && !absl::IsNotFound(found)) return found;
  if (!IsOfTheLog(stored) && (written == nullptr || !IsOfTheLog(*written))) return absl::OkStatus();
  return Refuse(rules::kKindNotEnrolled,
                "Nobody is enrolled as an agency of this kind: the registry's configuration names the log.");
}

}  // namespace

absl::Status Enrolled::Insert(storage::Transaction& tx, google::protobuf::Message* message,
                              const storage::Write& write, const storage::Placement& placement) {
  ACCORD_RETURN_IF_ERROR(CheckNotOfTheLog(tx, *message));
  return Resources::Insert(tx, message, write, placement);
}

absl::Status Enrolled::Update(storage::Transaction& tx, google::protobuf::Message* message,
                              std::string_view etag, const storage::Write& write,
                              const storage::Placement& placement) {
  ACCORD_RETURN_IF_ERROR(CheckChange(tx, *message));
  return Resources::Update(tx, message, etag, write, placement);
}

absl::Status Enrolled::CheckChange(storage::Transaction& tx, const google::protobuf::Message& message) const {
  return of_the_log_ == OfTheLog::kNothing ? CheckNotOfTheLog(tx, message) : absl::OkStatus();
}

}  // namespace accord::registry
