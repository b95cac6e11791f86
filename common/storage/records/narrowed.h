// These are pages of a list that its caller filters and orders by declared fields (common/listing). They are
// private to common/storage.
//
// A page is read from one range of the primary key of `visible`, (kind, agency, field, value, name): the
// range of the field that it is ordered by, for this viewer. So visibility decides which rows are read, and
// the filter only removes rows from those. Where the filter requires one value of a narrowing field, the
// range is that of both fields, and every row in it has that value. The rest of the filter is checked for
// each row through the index by name. A page ends after a fixed number of rows, whatever it found in them, so
// that a filter costs no more than a page does.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_NARROWED_H_
#define ACCORD_COMMON_STORAGE_RECORDS_NARROWED_H_

#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/listing/condition.h"
#include "common/listing/order.h"
#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// This is the number of rows that one page reads at most, which is more than a page can have.
inline constexpr int kLookedAt = 1100;

// This is the number of rows that a page reads first for each row that it may have.
inline constexpr int kRowsForOne = 4;

struct Narrowed {
  listing::Condition where;
  listing::Order order;
  // This is the filter and the order as text, which is the same for equivalent spellings.
  std::string written;
};
// This gives the filter and the order of a list of resources of this type. It fails with INVALID_ARGUMENT and
// rule FIELD_INVALID as in common/listing.
absl::StatusOr<Narrowed> NarrowedBy(const ListQuery& query, const google::protobuf::Descriptor& type);

// This is a row of the range: the value by which it is ordered, and the name.
struct RangePlace {
  std::string value, name;

  std::string Text() const { return value + "\n" + name; }
  static RangePlace Of(const std::string& text);
};

struct NarrowedPage {
  const std::string& kind;
  const ListQuery& query;
  const Narrowed& by;
  // The page begins after this row.
  std::optional<RangePlace> after = std::nullopt;
};
// This gives the number of rows to read first for a page of `limit`. Most filters accept many of the rows,
// and a page that is full need not read kLookedAt rows, each of which is found through two indexes whose
// depth grows with the table.
int FirstLook(const NarrowedPage& page, int limit);
// This says whether the filter may reject some of the rows that a page reads; otherwise it reads only as many
// as it returns. A comparison that the range itself satisfies rejects none.
bool LeavesOut(const NarrowedPage& page);
}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_NARROWED_H_
