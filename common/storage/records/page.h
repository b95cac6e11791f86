// This is a page of a list, and a version of a record in it.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_PAGE_H_
#define ACCORD_COMMON_STORAGE_RECORDS_PAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace accord::storage {

template <class M>
struct Page {
  std::vector<M> items;
  std::string next_page_token;
};

// A resource as it was once stored, and by whom.
template <class M>
struct Revision {
  int64_t version = 0;
  absl::Time at;
  std::string agency, actor;
  M item;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_PAGE_H_
