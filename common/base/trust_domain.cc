#include "common/base/trust_domain.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace accord {
namespace {

constexpr std::string_view kOwnTrustDomain = "accord.internal";
constexpr std::size_t kLongestTrustDomain = 255;

bool IsOfTrustDomain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

}  // namespace

absl::StatusOr<std::string> ServicePrefix(std::string_view configured) {
  const std::string_view domain = configured.empty() ? kOwnTrustDomain : configured;
  if (domain.size() > kLongestTrustDomain || !std::all_of(domain.begin(), domain.end(), IsOfTrustDomain)) {
    return absl::InvalidArgumentError(
        "trust_domain may have small letters, digits, dots, hyphens and low lines, 255 at the most");
  }
  return absl::StrCat("spiffe://", std::string(domain), "/service/");
}

}  // namespace accord
