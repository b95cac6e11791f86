// This part of Handlers answers a request that ran before. docs/decisions/2026-11-25-stored-answers.md gives
// the reasons.
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/error.h"
#include "common/host/calls/handlers.h"

namespace accord::host {
namespace {

using google::protobuf::Message;

}  // namespace

absl::Status Handlers::BringUpToDate(Call& call, const std::string& path, const storage::Answer& answer,
                                     Message* response) const {
  for (int each : answer.withheld) call.Withhold(static_cast<annotations::v1::SensitiveClass>(each));
  const bool gone = answer.state != storage::Answer::State::kKept;
  const Entry* reader = answer.resources.empty() ? nullptr : ReaderOf(path, response->GetDescriptor());
  if (reader != nullptr && Decide(reader->method, call.caller()).ok()) {
    const storage::Mentioned& resource = answer.resources.front();
    // The answer must not have more than the caller of the reading method gets.
    const auto readable = DecideClasses(reader->method, call.caller());
    for (int i = annotations::v1::SensitiveClass_MIN; i <= annotations::v1::SensitiveClass_MAX; ++i) {
      const auto each = static_cast<annotations::v1::SensitiveClass>(i);
      if (!readable.contains(each)) call.Withhold(each);
    }
    auto present = reader->unary(call, ReadRequestFor(reader->method, resource.name));
    if (present.ok()) {
      response->CopyFrom(**present);
      return absl::OkStatus();
    }
    // A resource that the caller did not see when it was answered, for example because the call had
    // just removed it, need not be visible now.
    if (!absl::IsNotFound(present.status()) || gone || resource.seen) return present.status();
    return absl::OkStatus();
  }
  if (gone) return storage::AnswerGone(answer);
  return database_->Read([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(storage::CheckAnswerStillSeen(tx, call.caller().agency, answer));
    // Not every person of an agency may read all that the agency sees.
    for (const storage::Mentioned& resource : answer.resources) {
      if (resource.seen) ACCORD_RETURN_IF_ERROR(parts_.CheckSeen(call, tx, resource.name));
    }
    return absl::OkStatus();
  });
}

}  // namespace accord::host
