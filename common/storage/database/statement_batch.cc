#include "common/storage/database/statement_batch.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::storage {
namespace {

// This appends `sql` with its parameters renumbered from `first`.
void AppendRenumberedToBatch(std::string_view sql, std::size_t first, std::string* out) {
  bool quoted = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    *out += sql[i];
    if (sql[i] == '\'') quoted = !quoted;
    if (quoted || sql[i] != ':' || i + 2 >= sql.size() || sql[i + 1] != 'p') continue;
    std::size_t number = 0;
    std::size_t at = i + 2;
    for (; at < sql.size() && absl::ascii_isdigit(static_cast<unsigned char>(sql[at])); ++at) {
      number = 10 * number + static_cast<std::size_t>(sql[at] - '0');
    }
    absl::StrAppend(out, "p", number + first);
    i = at - 1;
  }
}

}  // namespace

void StatementBatch::Add(std::string_view sql, std::vector<Value> params) {
  changes_.emplace_back(sql, std::move(params));
}

absl::Status StatementBatch::Run(Transaction& tx) const {
  if (!tx.postgres() || changes_.size() < 2) {
    // A statement on SQLite needs no round trip.
    for (const auto& [sql, params] : changes_) ACCORD_RETURN_IF_ERROR(tx.ExecValues(sql, params).status());
    return absl::OkStatus();
  }
  std::string all = "with ";
  std::vector<Value> values;
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const bool last = i + 1 == changes_.size();
    if (!last) absl::StrAppend(&all, i == 0 ? "" : ", ", "change", i, " as (");
    AppendRenumberedToBatch(changes_[i].first, values.size(), &all);
    if (!last) all += ")";
    if (i + 2 == changes_.size()) all += " ";
    values.insert(values.end(), changes_[i].second.begin(), changes_[i].second.end());
  }
  return tx.ExecValues(all, values).status();
}

}  // namespace accord::storage
