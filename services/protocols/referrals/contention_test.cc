// These tests show what one agency does at once on PostgreSQL, whose transactions run side by side.
#include <thread>

#include "absl/strings/str_split.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

// This statement holds whoever sends a referral in the middle of its transaction, and counts how often one
// got there.
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

  absl::StatusOr<v1::Referral> Send() { return Call<v1::Referral>(worker_, Letter(protocol_)); }
  void CloseGateAfter(int referrals) {
    for (int i = 0; i < referrals; ++i) ASSERT_OK(Send());
    for (absl::string_view statement : absl::StrSplit(kGate, ";\n")) {
      const absl::Status done = other_->Transact(
          [&](storage::Transaction& tx) { return tx.Exec(std::string(statement)).status(); });
      ASSERT_OK(done) << statement << done;
    }
  }
  static absl::StatusOr<int64_t> Number(storage::Transaction& tx, std::string_view sql) {
    ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<int64_t>(sql));
    return std::get<0>(rows.at(0));
  }

  const v1::Protocol protocol_ = InForce();
  std::unique_ptr<storage::Database> other_;
};

constexpr int kAtOnce = 4;

// This sends referrals at once, each of which waits at the gate until all have come to it.
class Lockstep : public Contention {
 protected:
  void SendTogether() {
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
    EXPECT_OK(opened);
    for (const absl::Status& result : results) EXPECT_OK(result);
  }
  int64_t Attempts() {
    const auto last = other_->Read(
        [](storage::Transaction& tx) { return Number(tx, "select last_value + 1 from attempts"); });
    EXPECT_OK(last);
    return last.value_or(0);
  }
};

// PostgreSQL notices conflicts by the page of an index, so that two creates whose random names fall on one
// page may conflict: with this few pages about one in twelve does. A row that every create writes would make
// three in four conflict, whatever the size.
TEST_F(Lockstep, ReferralsThatOneAgencySendsAtOnceShareNoRow) {
  constexpr int kRounds = 10;
  constexpr int kSent = kRounds * kAtOnce;
  CloseGateAfter(200);
  for (int round = 0; round < kRounds; ++round) SendTogether();
  const int64_t attempts = Attempts();
  RecordProperty("attempts", std::to_string(attempts));
  EXPECT_LE(attempts, kSent + kSent / 3);
}

}  // namespace
}  // namespace accord::protocols
