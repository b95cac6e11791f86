#include "common/base/premises_table.h"

#include <vector>

#include "absl/strings/str_split.h"
#include "common/base/embedded.h"

namespace accord {
namespace {

using Forms = std::map<std::string, std::string>;

std::map<std::string, Forms> ReadPremisesTable() {
  std::map<std::string, Forms> kinds;
  const auto embedded = Embedded("premises.tsv");
  const absl::string_view text(embedded.data(), embedded.size());
  for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    if (line[0] != '#' && cells.size() == 3) kinds[cells[0]][cells[1]] = cells[2];
  }
  return kinds;
}

}  // namespace

const Forms& PremisesForms(const std::string& kind) {
  static const auto& table = *new std::map<std::string, Forms>(ReadPremisesTable());
  static const auto& none = *new Forms;
  const auto found = table.find(kind);
  return found == table.end() ? none : found->second;
}

}  // namespace accord
