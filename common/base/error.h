// A refusal names its rule, carries google.rpc details and contains no personal information.
#ifndef ACCORD_COMMON_BASE_ERROR_H_
#define ACCORD_COMMON_BASE_ERROR_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/rules.h"

namespace accord {

// The status code is the rule's own, with the number that it has in gRPC. The rule's reason becomes
// ErrorInfo.reason in the domain "accord.example"; `message` says what to do next and quotes no value of
// the request, except a day or a moment that has not come (field_refusal.h). A new rule is a new entry
// of common/base/rules.textproto.
absl::Status Refuse(const rules::Rule& rule, std::string_view message);

// This gives the same code and rule with another message, for example one that names the file at fault; no
// other detail is kept.
absl::Status Reword(const absl::Status& status, std::string_view message);

// This returns INVALID_ARGUMENT with rule FIELD_INVALID and a BadRequest of (field path, what is wrong)
// pairs. If there are more than an answer carries, only the first ones are kept.
absl::Status RefuseFields(const std::vector<std::pair<std::string, std::string>>& violations);

// Sets RetryInfo to `delay`, in place of the half second that Refuse gives every UNAVAILABLE.
absl::Status WithRetryAfter(absl::Status status, absl::Duration delay);

// This is the refusal both for a record that does not exist and for one that the caller may not see. The
// bytes are always the same, so that the two cannot be told apart.
absl::Status NotFound();

// This gives the rule by which a status was refused; it is empty if it names none.
std::string RuleOf(const absl::Status& status);

// This gives the serialized google.rpc.Status for the `grpc-status-details-bin` trailer; it is empty for OK.
std::string StatusDetails(const absl::Status& status);

// This restores the status from what StatusDetails wrote, as a client does.
absl::Status FromStatusDetails(int code, std::string_view message, std::string_view details);

}  // namespace accord

#define ACCORD_CONCAT_INNER_(a, b) a##b
#define ACCORD_CONCAT_(a, b) ACCORD_CONCAT_INNER_(a, b)
#define ACCORD_RETURN_IF_ERROR(expr) ACCORD_RETURN_IF_ERROR_(ACCORD_CONCAT_(status_, __COUNTER__), expr)
#define ACCORD_RETURN_IF_ERROR_(tmp, expr) \
  do {                                     \
    absl::Status tmp = (expr);             \
    if (!tmp.ok()) return tmp;             \
  } while (false)

#define ACCORD_ASSIGN_OR_RETURN(lhs, expr) \
  ACCORD_ASSIGN_OR_RETURN_(ACCORD_CONCAT_(statusor_, __COUNTER__), lhs, expr)
#define ACCORD_ASSIGN_OR_RETURN_(tmp, lhs, expr) \
  auto tmp = (expr);                             \
  if (!tmp.ok()) return tmp.status();            \
  lhs = std::move(*tmp)

#endif  // ACCORD_COMMON_BASE_ERROR_H_
