// This is the range of rows from which a page of a narrowed list is read, and what is left of its filter to
// be checked for each row. It is private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_NARROWED_RANGE_H_
#define ACCORD_COMMON_STORAGE_RECORDS_NARROWED_RANGE_H_

#include <optional>
#include <string>
#include <utility>

#include "common/listing/condition.h"
#include "common/storage/records/narrowed.h"

namespace accord::storage {

// These are the rows of `visible` from which a page is read: those with one value, or with values that begin
// with it.
struct NarrowedRange {
  std::string field, value;
  bool whole;
};
NarrowedRange NarrowedRangeOf(const Narrowed& by);

// This is one end of a range of values.
struct RangeEdge {
  std::string value;
  bool strict;
};
// This gives both ends, as far as the range and the filter determine them.
std::pair<std::optional<RangeEdge>, std::optional<RangeEdge>> EdgesOfRange(const Narrowed& by,
                                                                           const NarrowedRange& range);

// This gives the conditions that must still be checked for each row: the whole filter without the comparison
// that the range satisfies.
listing::Condition LeftByRange(const Narrowed& by);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_NARROWED_RANGE_H_
