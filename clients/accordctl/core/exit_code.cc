#include "clients/accordctl/core/exit_code.h"

#include "absl/strings/match.h"
#include "common/base/error.h"

namespace accord::ctl {

bool IsTemporary(const absl::Status& status) {
  if (const rules::Rule* rule = rules::FindRule(accord::RuleOf(status))) return rule->retry;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    case absl::StatusCode::kResourceExhausted:
      // A message that is too large for gRPC would be as large the next time.
      return !absl::StrContains(status.message(), "larger than max");
    default:
      return false;
  }
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (IsTemporary(status)) return kTryAgain;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kDone;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return kRefused;
    case absl::StatusCode::kNotFound:
      return kNotFound;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return kConflict;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kUnimplemented:
    case absl::StatusCode::kResourceExhausted:
      return kInvalid;
    case absl::StatusCode::kDataLoss:
      return kNotVerified;
    default:
      return kOther;
  }
}

}  // namespace accord::ctl
