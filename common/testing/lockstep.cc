#include "common/testing/lockstep.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "common/base/error.h"
#include "common/testing/eventually.h"

namespace accord::testing {
namespace {

constexpr const char* kGate[] = {
    "create or replace function lockstep() returns trigger language plpgsql as $$ begin perform "
    "pg_advisory_xact_lock_shared(4711); return null; end $$",
    "create trigger lockstep after insert on event for each row execute function lockstep()"};

// This counts the transactions that wait at the gate, or for one that waits there.
absl::StatusOr<int64_t> Waiting(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<int64_t>("select count(distinct pid) from pg_locks where not granted"));
  return std::get<0>(rows.at(0));
}

}  // namespace

Lockstep::Lockstep(const std::string& dsn) : gate_(*storage::Database::Open({dsn, 2})) {
  for (const char* statement : kGate) {
    const absl::Status done =
        gate_->Transact([&](storage::Transaction& tx) { return tx.Exec(statement).status(); });
    EXPECT_TRUE(done.ok()) << done;
  }
}

std::vector<absl::Status> Lockstep::Run(const std::vector<std::function<absl::Status()>>& acts) {
  std::vector<absl::Status> results(acts.size());
  std::vector<std::thread> threads;
  std::atomic<int64_t> ended{0};
  const absl::Status opened = gate_->Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(
        tx.Query<std::string>("select cast(pg_advisory_xact_lock(4711) as text)").status());
    for (std::size_t i = 0; i < acts.size(); ++i) {
      threads.emplace_back([&, i] {
        results[i] = acts[i]();
        ++ended;
      });
    }
    EXPECT_TRUE(Eventually([&] {
      const auto waiting = Waiting(tx);
      return waiting.ok() && *waiting + ended == static_cast<int64_t>(acts.size());
    }));
    return absl::OkStatus();
  });
  for (auto& thread : threads) thread.join();
  EXPECT_TRUE(opened.ok()) << opened;
  return results;
}

}  // namespace accord::testing
