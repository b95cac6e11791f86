// This file is about what the outbox tells whoever looks after the connector.
#include <string_view>
#include <tuple>

#include "clients/connector/outbox.h"
#include "common/base/error.h"

namespace accord::connector {
namespace {

using storage::Transaction;

// This is the id and the caller of an act.
using Act = std::tuple<std::string, std::string>;

// An id begins with the milliseconds at which it was made, in ten digits of base 32.
absl::Time OutboxTimeOfId(const std::string& id) {
  constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  int64_t milliseconds = 0;
  for (std::size_t i = 0; i < 10 && i < id.size(); ++i) {
    milliseconds = milliseconds * 32 + static_cast<int64_t>(kAlphabet.find(id[i]));
  }
  return absl::FromUnixMillis(milliseconds);
}

absl::Status CountCalls(Transaction& tx, OutboxSeen* seen) {
  ACCORD_ASSIGN_OR_RETURN(const auto waiting,
                          tx.Query<int64_t>("select count(*) from call where state = 'waiting'"));
  seen->waiting = std::get<0>(waiting.front());
  ACCORD_ASSIGN_OR_RETURN(
      const auto refused,
      tx.Query<int64_t>("select count(*) from call where state = 'refused' and erase_ms is null"));
  seen->refused = std::get<0>(refused.front());
  ACCORD_ASSIGN_OR_RETURN(
      const auto oldest,
      tx.Query<std::string>("select id from call where state = 'waiting' order by number limit 1"));
  if (!oldest.empty()) seen->oldest = OutboxTimeOfId(std::get<0>(oldest.front()));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<OutboxSeen> Outbox::Summary() {
  OutboxSeen seen;
  ACCORD_ASSIGN_OR_RETURN(
      const std::vector<Act> acts, database_->Read([&](Transaction& tx) -> absl::StatusOr<std::vector<Act>> {
        ACCORD_RETURN_IF_ERROR(CountCalls(tx, &seen));
        return tx.Query<std::string, std::string>(
            "select id, caller from call where number in (select max(number) from call "
            "where outcome is not null and (state = 'waiting' or (state = 'refused' and erase_ms is null)) "
            "group by lane) order by number desc limit 50");
      }));
  for (const auto& [id, caller] : acts) {
    absl::StatusOr<CallSeen> outcome = Look(caller, id);
    const absl::StatusOr<StoredCall> call = Read(id);
    // It may have been erased since.
    if (absl::IsNotFound(outcome.status()) || absl::IsNotFound(call.status())) continue;
    ACCORD_RETURN_IF_ERROR(outcome.status());
    ACCORD_RETURN_IF_ERROR(call.status());
    if (outcome->outcome.has_refusal()) seen.problems.push_back({id, call->method(), *std::move(outcome)});
  }
  return seen;
}

}  // namespace accord::connector
