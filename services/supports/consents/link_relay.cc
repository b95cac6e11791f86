#include "services/supports/consents/link_relay.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/host/gateway_client.h"
#include "common/storage/database/lease.h"
#include "common/storage/records/schedule.h"
#include "services/supports/consent_rules.h"
#include "services/supports/supports_store.h"

namespace accord::supports {
namespace {

constexpr char kPath[] = "/accord.prosecution.v1.LinkService/WithdrawLinkToken";
constexpr char kPurpose[] = "victim_support";
constexpr absl::Duration kLease = absl::Seconds(30);
constexpr int kAtOnce = 200;
// After this time the operators of Accord are alerted.
constexpr absl::Duration kAlarm = absl::Seconds(5);
constexpr absl::Duration kAlarmAgain = absl::Minutes(1);
constexpr int64_t kNone = std::numeric_limits<int64_t>::max();

// This gives the pause before the next attempt. Attempts are frequent and never end, because a survivor waits
// for the result.
absl::Duration PauseBeforeRevokingAgain(absl::Duration waited) {
  return std::clamp(waited / 10, absl::Seconds(1), absl::Seconds(30));
}

}  // namespace

WithdrawLink WithdrawLinkThroughGateway(const host::v1::DoorConfig& config) {
  auto client = std::make_shared<host::GatewayClient>(config);
  return [client](const prosecution::v1::WithdrawLinkTokenRequest& request) {
    return client->Call<prosecution::v1::LinkToken>(kPath, kPurpose, request);
  };
}

LinkRelay::LinkRelay(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                     WithdrawLink withdraw)
    : database_(database),
      clock_(clock),
      holder_(NewId(absl::Now())),
      consents_("consent", tokens),
      withdraw_(std::move(withdraw)),
      oldest_(std::make_shared<std::atomic<int64_t>>(kNone)) {}

void LinkRelay::Start() {
  passes_.Start("link_relay_failed", absl::Seconds(1), [this]() -> absl::StatusOr<bool> {
    ACCORD_RETURN_IF_ERROR(Pass().status());
    return false;
  });
}

std::function<double()> LinkRelay::Waited() const {
  return [oldest = oldest_, clock = clock_] {
    const int64_t from = *oldest;
    if (from == kNone) return 0.0;
    return std::max(0.0, absl::ToDoubleSeconds(clock->Now() - absl::FromUnixMicros(from)));
  };
}

absl::Status LinkRelay::NoteWaiting(absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(const storage::Overdue waiting, database_->Read([&](storage::Transaction& tx) {
    return storage::OverdueOfKind(tx, kLinkRevocation, now);
  }));
  *oldest_ = waiting.count == 0 ? kNone : absl::ToUnixMicros(waiting.oldest);
  if (waiting.count == 0 || now - waiting.oldest <= kAlarm || now - told_ < kAlarmAgain) {
    return absl::OkStatus();
  }
  told_ = now;
  LogError("link_revocation_waits",
           {{"count", waiting.count}, {"seconds", absl::ToInt64Seconds(now - waiting.oldest)}});
  return absl::OkStatus();
}

absl::StatusOr<int> LinkRelay::Pass() {
  using storage::Transaction;
  const absl::Time now = clock_->Now();
  ACCORD_RETURN_IF_ERROR(NoteWaiting(now));
  ACCORD_ASSIGN_OR_RETURN(const bool mine, database_->Transact([&](Transaction& tx) {
    return storage::TakeLease(tx, "links", holder_, now, kLease);
  }));
  if (!mine) return 0;
  ACCORD_ASSIGN_OR_RETURN(const auto due, database_->Read([&](Transaction& tx) {
    return storage::DueAt(tx, kLinkRevocation, now, kAtOnce);
  }));
  for (const storage::Due& each : due) {
    const absl::Status status = Revoke(each.name, now);
    if (status.ok()) continue;
    LogWarning("link_not_revoked", {{"rule", RuleOf(status)}});
    const absl::Time again = now + PauseBeforeRevokingAgain(now - each.at);
    ACCORD_RETURN_IF_ERROR(database_->Transact(
        [&](Transaction& tx) { return storage::Postpone(tx, kLinkRevocation, each.name, again); }));
    // The other service does not answer, and the next request would wait just as long.
    if (absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status)) break;
  }
  return static_cast<int>(due.size());
}

absl::StatusOr<bool> LinkRelay::RevokeEach(const v1::Consent& consent, absl::Time now) const {
  bool all = true;
  for (const std::string& link : consent.link_tokens()) {
    prosecution::v1::WithdrawLinkTokenRequest request;
    request.set_name(link);
    request.set_on_behalf_of(OwnerOf(consent.name()));
    request.set_request_id(NewId(now));
    const absl::Status status = withdraw_(request).status();
    // A link that does not exist opens nothing, and the other links are revoked all the same.
    if (absl::IsNotFound(status)) {
      all = false;
    } else if (!status.ok()) {
      return status;
    }
  }
  return all;
}

absl::Status LinkRelay::Revoke(const std::string& name, absl::Time now) {
  v1::Consent consent;
  ACCORD_RETURN_IF_ERROR(
      database_->Read([&](storage::Transaction& tx) { return consents_.GetAny(tx, name, &consent); }));
  const bool pending =
      ConsentAsOf(consent, FormatDay(OntarioDay(now))).link_revocation() == v1::REVOCATION_PENDING;
  if (pending) {
    ACCORD_ASSIGN_OR_RETURN(const bool all, RevokeEach(consent, now));
    consent.set_link_revocation(all ? v1::REVOCATION_DONE : v1::REVOCATION_NOT_FOUND);
  }
  return database_->Transact([&](storage::Transaction& tx) -> absl::Status {
    if (pending) {
      // The transaction may run again, so it changes a copy.
      v1::Consent changed = consent;
      const storage::Write write{"platform", "relay", NewId(now), now};
      ACCORD_RETURN_IF_ERROR(
          consents_.Update(tx, &changed, consent.etag(), write, ConsentPlacement(changed)));
    }
    return storage::Schedule(tx, kLinkRevocation, name, std::nullopt);
  });
}

}  // namespace accord::supports
