// This is what a list is asked for.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_LIST_QUERY_H_
#define ACCORD_COMMON_STORAGE_RECORDS_LIST_QUERY_H_

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/storage/database/database.h"
#include "common/storage/records/page_bytes.h"

namespace accord::storage {

struct ListQuery {
  // This is the agency id of who asks.
  std::string viewer;
  // These are declared index fields that must have these values. The first drives the scan, so name the most
  // selective first.
  std::vector<std::pair<std::string, std::string>> filters;
  // This is 1 to 1000. 0 means 50, and more is cut to 1000.
  int page_size = 0;
  std::string page_token;
  // Only names that begin with this are listed, for example `agencies/cas-york/actors/`.
  std::string prefix;
  // This bounds the bytes of the rows as they are stored.
  std::size_t page_bytes = kPageBytes;
  // With this the list is not of what `viewer` sees by the filters, but of what a service's own statement
  // selects: `name`, in order, after a name unless that is empty, and no more rows than `limit`. Page tokens
  // are for the viewer, the filters and the prefix all the same.
  std::function<std::string(const Bind& bind, const std::string& after, int limit)> names = nullptr;
  // Further viewers as whom the caller sees; what several of them see comes once.
  std::vector<std::string> also = {};
  // This is what the caller wrote as `filter` and `order_by`, over the fields that the type of the resource
  // declares (common/listing). A page may then be short, or empty, before the last one.
  std::string where = "", order_by = "";
};

// This gives what a list request asks of the resources that its caller sees: which page, and by which filter
// and in which order, if it has these fields.
template <class Request>
ListQuery QueryOf(const std::string& viewer, const Request& request) {
  ListQuery query{viewer, {}, request.page_size(), request.page_token(), ""};
  if constexpr (requires { request.order_by(); }) {
    query.where = request.filter();
    query.order_by = request.order_by();
  }
  return query;
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_LIST_QUERY_H_
