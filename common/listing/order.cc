#include "common/listing/order.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"

namespace accord::listing {

absl::StatusOr<Order> ParseOrder(std::string_view text, const std::vector<Field>& fields) {
  const std::vector<std::string> words = absl::StrSplit(absl::string_view(text.data(), text.size()),
                                                        absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  Order order;
  if (words.empty()) return order;
  const auto refuse = [&](const std::string& what) -> absl::Status {
    const std::string names = FieldNames(fields, true);
    return RefuseFields({{"order_by", absl::StrCat(what, "name", names.empty() ? "" : ", ", names)}});
  };
  if (words.size() > 2 || (words.size() == 2 && words[1] != "asc" && words[1] != "desc")) {
    return refuse("is one field, and asc or desc: one of ");
  }
  order.descending = words.size() == 2 && words[1] == "desc";
  if (words[0] == "name") return order;
  order.field = FindField(fields, words[0]);
  if (order.field == nullptr || !order.field->orders) {
    return refuse("names a field that this list is not ordered by; it is ordered by ");
  }
  return order;
}

std::string Written(const Order& order) {
  return absl::StrCat(order.field == nullptr ? "name" : order.field->name(), order.descending ? " desc" : "");
}

}  // namespace accord::listing
