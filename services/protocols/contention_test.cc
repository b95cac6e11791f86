// What one agency does at once on PostgreSQL, whose transactions run side by side.
#include <thread>

#include "absl/strings/str_split.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres.h"
#include "services/protocols/fixture.h"

namespace accord::protocols {
namespace {

// Holds whoever sends a referral in the middle of its transaction, and counts how often one got there.
constexpr char kGate[] = R"sql(
create sequence attempts minvalue 0;
create function hold() returns trigger language plpgsql as $$ begin if new.kind = 'referral' then perform nextval('attempts'); perform pg_advisory_xact_lock_shared(4242); end if; return null; end $$;
create trigger hold after insert on event for each row execute function hold();
analyze)sql";

class Contention : public ProtocolsFixture {
 protected:
  Contention() : Contention(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit Contention(const std::string& dsn) : ProtocolsFixture(dsn) {
    other_ = *storage::Database::Open({dsn, 2});
  }

  absl::StatusOr<v1::Referral> Send() {
    return Call<v1::Referral>("CreateReferral", worker_, Letter(protocol_));
  }
  void CloseGateAfter(int referrals) {
    for (int i = 0; i < referrals; ++i) ASSERT_TRUE(Send().ok());
    for (absl::string_view statement : absl::StrSplit(kGate, ";\n")) {
      const absl::Status done = other_->Transact(
          [&](storage::Transaction& tx) { return tx.Exec(std::string(statement)).status(); });
      ASSERT_TRUE(done.ok()) << statement << done;
    }
  }
  static absl::StatusOr<int64_t> Number(storage::Transaction& tx, std::string_view sql) {
    ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<int64_t>(sql));
    return std::get<0>(rows.at(0));
  }

  const v1::Protocol protocol_ = InForce();
  std::unique_ptr<storage::Database> other_;
};

TEST_F(Contention, ReferralsThatOneAgencySendsAtOnceDoNotConflict) {
  constexpr int kAtOnce = 4;
  // As many as make pages enough that two that lie on the same one are neighbours.
  CloseGateAfter(200);
  std::vector<std::thread> threads;
  std::vector<absl::Status> results(kAtOnce);
  const absl::Status opened = other_->Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(
        tx.Query<std::string>("select cast(pg_advisory_xact_lock(4242) as text)").status());
    for (absl::Status& result : results) threads.emplace_back([&] { result = Send().status(); });
    EXPECT_TRUE(testing::Eventually([&] {
      const auto waiting = Number(tx,
                                  "select count(*) from pg_locks where locktype = 'advisory' and "
                                  "objid = 4242 and not granted");
      return waiting.ok() && *waiting == kAtOnce;
    }));
    return absl::OkStatus();
  });
  for (auto& thread : threads) thread.join();
  ASSERT_TRUE(opened.ok()) << opened;
  for (const absl::Status& result : results) EXPECT_TRUE(result.ok()) << result;
  const auto last =
      other_->Read([](storage::Transaction& tx) { return Number(tx, "select last_value from attempts"); });
  EXPECT_EQ(*last, kAtOnce - 1) << "each needs one attempt";
}

}  // namespace
}  // namespace accord::protocols
