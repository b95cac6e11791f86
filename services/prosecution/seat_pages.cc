#include "services/prosecution/seat_pages.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace accord::prosecution {

std::string PageOfSeats(const std::vector<std::string>& ranges, const std::string& columns, int limit,
                        const storage::Bind& bind) {
  if (ranges.size() == 1) return ranges[0];
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    parts.push_back(absl::StrCat("select ", columns, " from (", ranges[i], ") as seat", i + 1));
  }
  return absl::StrCat(absl::StrJoin(parts, " union "), " order by ", columns, " limit ",
                      bind(static_cast<long long>(limit)));
}

storage::Bind BindTo(std::vector<storage::Value>* params) {
  return [params](storage::Value value) {
    params->push_back(std::move(value));
    return absl::StrCat(":p", params->size());
  };
}

}  // namespace accord::prosecution
