#include "common/host/upkeep/answer_sweep.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/storage/database/lease.h"
#include "common/storage/records/idempotency.h"

namespace accord::host {
namespace {

constexpr absl::Duration kAnswerLease = absl::Minutes(3);
constexpr int kAnswersAtOnce = 500;
// These are the defaults of stored_answer_days and stored_request_days.
constexpr int kAnswerDays = 7, kRequestDays = 90;

absl::Duration AnswerDaysOr(int configured, int otherwise) {
  return absl::Hours(24) * (configured > 0 ? configured : otherwise);
}

}  // namespace

AnswerSweep::AnswerSweep(storage::Database* database, const Clock* clock, const v1::HostConfig& config)
    : database_(database),
      clock_(clock),
      keep_answers_(AnswerDaysOr(config.stored_answer_days(), kAnswerDays)),
      keep_requests_(std::max(keep_answers_, AnswerDaysOr(config.stored_request_days(), kRequestDays))),
      holder_(NewId(clock->Now())) {}

absl::StatusOr<int64_t> AnswerSweep::Sweep() {
  const absl::Time now = clock_->Now();
  using storage::Transaction;
  return database_->Transact([&](Transaction& tx) -> absl::StatusOr<int64_t> {
    ACCORD_ASSIGN_OR_RETURN(const bool mine, storage::TakeLease(tx, "answers", holder_, now, kAnswerLease));
    if (!mine) return 0;
    return storage::ExpireAnswers(tx, now - keep_answers_, now - keep_requests_, kAnswersAtOnce);
  });
}

void AnswerSweep::Start() {
  passes_.Start("answer_sweep_failed", absl::Minutes(1), [this]() -> absl::StatusOr<bool> {
    ACCORD_ASSIGN_OR_RETURN(const auto done, Sweep());
    // A full batch means that more is due already.
    return done >= kAnswersAtOnce;
  });
}

}  // namespace accord::host
