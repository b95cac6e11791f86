// These are page tokens that nobody can read, forge, or use for another caller or list.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_PAGE_TOKENS_H_
#define ACCORD_COMMON_STORAGE_RECORDS_PAGE_TOKENS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::storage {

class PageTokens {
 public:
  // `secret` has 32 bytes or more and is shared by the replicas of a service.
  explicit PageTokens(std::string_view secret);
  // `scope` names the caller and the list; `position` is where the next page begins.
  std::string Seal(std::string_view scope, std::string_view position) const;
  // This fails with INVALID_ARGUMENT and rule PAGE_TOKEN_INVALID unless Seal made the token for this scope.
  absl::StatusOr<std::string> Open(std::string_view scope, std::string_view token) const;

 private:
  std::string key_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_PAGE_TOKENS_H_
