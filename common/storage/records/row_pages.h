// These are pages of rows that are delivered with a service, such as law and policy. They are in no table,
// and whoever may list them may read all of them.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_ROW_PAGES_H_
#define ACCORD_COMMON_STORAGE_RECORDS_ROW_PAGES_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/storage/records/page_tokens.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

template <class Row>
struct RowPage {
  std::vector<Row> rows;
  // This is empty on the last page.
  std::string next_page_token;
};

// `all` are the rows that the request asks for, in their order, and `scope` names the list and its filter. It
// fails with INVALID_ARGUMENT for a page size or a token that lists do not accept.
template <class Row>
absl::StatusOr<RowPage<Row>> PageOfRows(const PageTokens& tokens, std::string_view scope,
                                        std::vector<Row> all, int page_size, const std::string& page_token) {
  ACCORD_ASSIGN_OR_RETURN(const int limit, PageSize(page_size));
  std::size_t from = 0;
  if (!page_token.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string position, tokens.Open(scope, page_token));
    if (!absl::SimpleAtoi(position, &from)) {
      return Refuse(rules::kPageTokenInvalid, "page_token is not from this list; begin without one.");
    }
    // There may be fewer rows than when the token was made.
    from = std::min(from, all.size());
  }
  const std::size_t to = std::min(all.size(), from + static_cast<std::size_t>(limit));
  RowPage<Row> page;
  if (to < all.size()) page.next_page_token = tokens.Seal(scope, absl::StrCat(to));
  for (std::size_t i = from; i < to; ++i) page.rows.push_back(std::move(all[i]));
  return page;
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_ROW_PAGES_H_
