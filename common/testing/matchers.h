// These matchers say what a test expects of a status: success, or the rule that refused. They take
// absl::Status, absl::StatusOr and grpc::Status.
#ifndef ACCORD_COMMON_TESTING_MATCHERS_H_
#define ACCORD_COMMON_TESTING_MATCHERS_H_

#include <gmock/gmock.h>

#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::testing {

inline absl::Status StatusOf(const absl::Status& status) { return status; }
template <class T>
absl::Status StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}
// This converts a status of a gRPC client, with the details that it carries.
template <class S>
requires requires(const S& status) { status.error_details(); }
absl::Status StatusOf(const S& status) {
  return FromStatusDetails(static_cast<int>(status.error_code()), status.error_message(),
                           status.error_details());
}

// Gives, for example, `NOT_FOUND by NOT_FOUND: There is no such resource, or you may not see it.`
inline std::string Explained(const absl::Status& status) {
  if (status.ok()) return "OK";
  const std::string rule = RuleOf(status);
  return absl::StrCat(absl::StatusCodeToString(status.code()), rule.empty() ? " by no rule: " : " by ", rule,
                      rule.empty() ? "" : ": ", status.message());
}

// This gives the rule that refused, or the whole error if it names none. The text is empty only if the status
// is OK.
inline std::string RuleOrError(const absl::Status& status) {
  if (status.ok()) return "";
  const std::string rule = RuleOf(status);
  return rule.empty() ? Explained(status) : rule;
}

class OkMatcher {
 public:
  template <class T>
  bool MatchAndExplain(const T& result, ::testing::MatchResultListener* listener) const {
    const absl::Status status = StatusOf(result);
    *listener << "which is " << Explained(status);
    return status.ok();
  }
  void DescribeTo(std::ostream* os) const { *os << "is OK"; }
  void DescribeNegationTo(std::ostream* os) const { *os << "is an error"; }
};
inline auto IsOk() { return ::testing::MakePolymorphicMatcher(OkMatcher()); }

class RefusalMatcher {
 public:
  RefusalMatcher(std::optional<absl::StatusCode> code, std::string rule)
      : code_(code), rule_(std::move(rule)) {}
  template <class T>
  bool MatchAndExplain(const T& result, ::testing::MatchResultListener* listener) const {
    const absl::Status status = StatusOf(result);
    *listener << "which is " << Explained(status);
    return !status.ok() && RuleOf(status) == rule_ && status.code() == code_.value_or(status.code());
  }
  void DescribeTo(std::ostream* os) const { *os << "is refused by " << Wanted(); }
  void DescribeNegationTo(std::ostream* os) const { *os << "is not refused by " << Wanted(); }

 private:
  std::string Wanted() const {
    return code_ ? absl::StrCat(rule_, " with ", absl::StatusCodeToString(*code_)) : rule_;
  }

  std::optional<absl::StatusCode> code_;
  std::string rule_;
};
// This matches a refusal by this rule and no other, with the rule's own code or with the given code.
inline auto RefusedBy(const rules::Rule& rule) {
  return ::testing::MakePolymorphicMatcher(RefusalMatcher(rule.code, std::string(rule.reason)));
}
inline auto RefusedBy(std::string rule) {
  return ::testing::MakePolymorphicMatcher(RefusalMatcher(std::nullopt, std::move(rule)));
}
inline auto RefusedBy(std::string rule, absl::StatusCode code) {
  return ::testing::MakePolymorphicMatcher(RefusalMatcher(code, std::move(rule)));
}

// This matches a refusal because the call is not permitted to the caller's agency, role or purpose, whatever
// record it names.
inline auto NotForTheCaller() {
  return ::testing::AnyOf("AGENCY_KIND_NOT_PERMITTED", "ROLE_NOT_PERMITTED", "PURPOSE_NOT_PERMITTED");
}

class ErrorMatcher {
 public:
  ErrorMatcher(absl::StatusCode code, std::string part) : code_(code), part_(std::move(part)) {}
  template <class T>
  bool MatchAndExplain(const T& result, ::testing::MatchResultListener* listener) const {
    const absl::Status status = StatusOf(result);
    *listener << "which is " << Explained(status);
    return status.code() == code_ && absl::StrContains(status.message(), part_);
  }
  void DescribeTo(std::ostream* os) const { *os << "is " << Wanted(); }
  void DescribeNegationTo(std::ostream* os) const { *os << "is not " << Wanted(); }

 private:
  std::string Wanted() const {
    return absl::StrCat(absl::StatusCodeToString(code_), " whose message contains \"", part_, "\"");
  }

  absl::StatusCode code_;
  std::string part_;
};
// This matches an error that is not the refusal of a request and so has no rule, by its code and a part of
// its message.
inline auto FailsWith(absl::StatusCode code, std::string part) {
  return ::testing::MakePolymorphicMatcher(ErrorMatcher(code, std::move(part)));
}

// This gives the value. If there is none, the test fails at the caller's line and ends there, even inside a
// function that returns a value. In a thread other than the test's own the process ends, since only the
// test's thread can end the test.
template <class T>
T Must(absl::StatusOr<T> result, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (!result.ok()) {
    const std::string text = Explained(result.status());
    GTEST_FAIL_AT(file, line) << text;
    throw ::testing::AssertionException(
        ::testing::TestPartResult(::testing::TestPartResult::kFatalFailure, file, line, text.c_str()));
  }
  return *std::move(result);
}

}  // namespace accord::testing

#define EXPECT_OK(expr) EXPECT_THAT(expr, ::accord::testing::IsOk())
#define ASSERT_OK(expr) ASSERT_THAT(expr, ::accord::testing::IsOk())

#define ASSERT_OK_AND_ASSIGN(lhs, expr) \
  ASSERT_OK_AND_ASSIGN_(ACCORD_CONCAT_(statusor_, __COUNTER__), lhs, expr)
#define ASSERT_OK_AND_ASSIGN_(tmp, lhs, expr) \
  auto tmp = (expr);                          \
  ASSERT_OK(tmp);                             \
  lhs = *std::move(tmp)

#endif  // ACCORD_COMMON_TESTING_MATCHERS_H_
