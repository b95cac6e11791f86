// This file is about what the queue of webhooks tells whoever looks after the connector.
#include "clients/connector/deliveries.h"
#include "common/base/error.h"

namespace accord::connector {

using storage::Transaction;

absl::StatusOr<int64_t> Deliveries::CountDead() {
  return database_->Read([](Transaction& tx) -> absl::StatusOr<int64_t> {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            tx.Query<int64_t>("select count(*) from delivery where state = 'dead'"));
    return std::get<0>(rows.front());
  });
}

absl::StatusOr<std::vector<Backlog>> Deliveries::Backlogs() {
  return database_->Read([](Transaction& tx) -> absl::StatusOr<std::vector<Backlog>> {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            (tx.Query<std::string, std::string, int64_t, int64_t>(
                                "select webhook, state, count(*), min(since_ms) from delivery "
                                "where state <> 'discarded' group by webhook, state order by webhook")));
    std::vector<Backlog> backlogs;
    for (const auto& [webhook, state, count, since] : rows) {
      if (backlogs.empty() || backlogs.back().webhook != webhook) backlogs.push_back({webhook});
      Backlog& backlog = backlogs.back();
      if (state == "dead") {
        backlog.dead = count;
      } else {
        backlog.waiting = count;
        backlog.oldest = absl::FromUnixMillis(since);
      }
    }
    return backlogs;
  });
}

}  // namespace accord::connector
