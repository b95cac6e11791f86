// This reads lists of which the reader may see only some rows, where the database cannot tell which.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_LIST_SHOWN_H_
#define ACCORD_COMMON_STORAGE_RECORDS_LIST_SHOWN_H_

#include <string>
#include <utility>

#include "common/base/error.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// This is the number of rows that are read in one step to find out whether there is more to show.
inline constexpr int kAhead = 100;

// This gives the answer of a list method with only the rows for which `keep` (`absl::StatusOr<bool>(M*)`)
// returns true; `keep` may also change them. The page is as long, and has a token as often, as if there were
// no other rows: a short page, or a token that leads to an empty page, would reveal how many rows are hidden.
template <class Response, class M, class Keep>
absl::StatusOr<Response> ListShown(Resources& resources, Transaction& tx, ListQuery query,
                                   google::protobuf::RepeatedPtrField<M>* (Response::*items)(),
                                   const Keep& keep) {
  Response response;
  auto* shown = (response.*items)();
  ACCORD_ASSIGN_OR_RETURN(const int size, PageSize(query.page_size));
  do {
    query.page_size = size - shown->size();
    ACCORD_ASSIGN_OR_RETURN(auto page, resources.List<M>(tx, query));
    for (M& item : page.items) {
      ACCORD_ASSIGN_OR_RETURN(const bool kept, keep(&item));
      if (kept) *shown->Add() = std::move(item);
    }
    query.page_token = std::move(page.next_page_token);
    if (query.page_token.empty()) return response;
  } while (shown->size() < size && response.ByteSizeLong() < kPageBytes);
  // A token is given only if a further row is shown.
  const std::string next = query.page_token;
  query.page_size = kAhead;
  do {
    ACCORD_ASSIGN_OR_RETURN(auto page, resources.List<M>(tx, query));
    for (M& item : page.items) {
      ACCORD_ASSIGN_OR_RETURN(const bool kept, keep(&item));
      if (!kept) continue;
      response.set_next_page_token(next);
      return response;
    }
    query.page_token = std::move(page.next_page_token);
  } while (!query.page_token.empty());
  return response;
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_LIST_SHOWN_H_
