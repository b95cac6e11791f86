// This is how many bytes a page may have.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_PAGE_BYTES_H_
#define ACCORD_COMMON_STORAGE_RECORDS_PAGE_BYTES_H_

#include <algorithm>
#include <cstddef>

namespace accord::storage {

// A page ends before it has more bytes than this, but not before its first row: what a list answers fits the
// largest message, four megabytes, whatever its rows are.
inline constexpr std::size_t kPageBytes = std::size_t{1} << 20;

// As kPageBytes has it, for pages that are not of resources: asked before each further row.
class PageBytes {
 public:
  bool Take(std::size_t row) {
    const bool first = left_ == kPageBytes;
    if (!first && row > left_) return false;
    left_ -= std::min(row, left_);
    return true;
  }

 private:
  std::size_t left_ = kPageBytes;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_PAGE_BYTES_H_
