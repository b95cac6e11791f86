// Pages of a list that its caller narrows and orders by declared fields (common/listing). Private to
// common/storage.
//
// A page is read from one range of the primary key of `visible`, (kind, agency, field, value, name): that of
// the field that it is ordered by, for the viewer alone. So visibility decides what is looked at, and the
// filter only what is left out of that. Where the filter fixes a field that narrows, the range is that of
// both fields, and holds nothing else. What remains of the filter is asked of each row by the index of the
// names. A page ends after so many rows, whatever it found in them: no filter costs more than a page does.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_NARROWED_H_
#define ACCORD_COMMON_STORAGE_RECORDS_NARROWED_H_

#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/listing/condition.h"
#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// Rows that one page looks at, which is more than a page can have.
inline constexpr int kLookedAt = 1100;

// Rows that a page looks at first for each that it may have.
inline constexpr int kRowsForOne = 4;

struct Narrowed {
  listing::Condition where;
  listing::Order order;
  // Both of them as text, the same for all ways to write the same.
  std::string written;
};
// Gives the filter and the order of a list of resources of this type. INVALID_ARGUMENT with rule
// FIELD_INVALID, as common/listing has it.
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
  // The page begins after it.
  std::optional<RangePlace> after = std::nullopt;
};
// How many rows to look at first for a page of `limit`. Most filters pass many of the rows, and a page that
// is full has no use for a look at kLookedAt of them, each of which is found by two indexes that grow deeper
// with the table.
int FirstLook(const NarrowedPage& page, int limit);
// Selects `value` and `name` of at most `limit` rows, in order, out of the first so many `rows` of the range.
std::string NarrowedSql(const NarrowedPage& page, int rows, int limit, const Bind& bind);
// Selects the same of the last of kLookedAt rows of the range; none if it ends before.
std::string LastLookedAtSql(const NarrowedPage& page, const Bind& bind);
// Whether a page may leave out some of the rows that it looks at; otherwise it looks at no more than it has.
// A comparison that the range answers by itself leaves out none.
bool LeavesOut(const NarrowedPage& page);
// ` desc`, or nothing.
std::string DirectionOf(const Narrowed& by);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_NARROWED_H_
