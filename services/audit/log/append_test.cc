// These tests show how batches become entries: spans of tables, what is repeated, and that nobody slows
// the writer.
#include "services/audit/log/append.h"

#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/testing/eventually.h"
#include "services/audit/log/told_changes.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

class Appending : public ALog {
 protected:
  // This gives a writer whose spans are small, beside the fixture's.
  std::unique_ptr<Sequencer> Writer(int64_t span, absl::Duration remembered = absl::Hours(1)) {
    SequencerLimits limits;
    limits.span = span;
    limits.remembered = remembered;
    return Must(Sequencer::Start(&in_process_.database(), limits));
  }
  static std::vector<v1::AuditRecord> Records(int first, int count) {
    std::vector<v1::AuditRecord> records;
    for (int n = first; n < first + count; ++n) records.push_back(Record(n, "ps-york", "cas-york"));
    return records;
  }
  int64_t Count(const std::string& sql) {
    const auto rows =
        in_process_.database().Read([&](storage::Transaction& tx) { return tx.Query<int64_t>(sql); });
    EXPECT_OK(rows);
    return rows.ok() ? std::get<0>(rows->at(0)) : -1;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Appending, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Appending, GoesOnFromSpanToSpan) {
  const auto writer = Writer(256);
  ASSERT_OK(writer->Append(Records(0, 10)));
  EXPECT_EQ(Count("select count(*) from log_span"), 1);
  ASSERT_OK(writer->Append(Records(10, 1000))) << "a batch may fill several";
  EXPECT_EQ(Count("select count(*) from log_span"), 4);
  EXPECT_EQ(Count("select max(beyond) from log_span"), 1024);
  EXPECT_EQ(All("cas-york", v1::ListEntriesRequest()).size(), 1010u);
  if (GetParam() != "postgres") return;
  for (const char* table : {"entry", "concerned", "touched_by", "requested"}) {
    EXPECT_EQ(Count(absl::StrCat("select count(*) from pg_inherits where inhparent = cast('", table,
                                 "' as regclass)")),
              4)
        << table;
  }
  EXPECT_EQ(Count("select count(*) from entry_256"), 256);
}

TEST_P(Appending, KeepsWhatIsRepeatedOnceInAnyBatch) {
  const auto writer = Writer(256);
  ASSERT_OK(writer->Append(Records(0, 100)));
  EXPECT_EQ(*writer->Append(Records(50, 100)), 150) << "some are there already";
  EXPECT_EQ(*writer->Append(Records(0, 150)), 150) << "all are";
  auto twice = Records(200, 3);
  twice.push_back(twice.front());
  EXPECT_EQ(*writer->Append(twice), 153) << "within a batch";
}

TEST_P(Appending, OfTwoWritersKeepsOneLog) {
  const auto first = Writer(256), second = Writer(256);
  std::thread other([&] {
    for (int n = 0; n < 20; ++n) EXPECT_OK(second->Append(Records(1000 + 20 * n, 20)));
  });
  for (int n = 0; n < 20; ++n) EXPECT_OK(first->Append(Records(20 * n, 20)));
  other.join();
  EXPECT_EQ(Size(), 800);
  EXPECT_EQ(Count("select count(*) from entry"), 800);
  EXPECT_OK(Sequencer::Start(&in_process_.database(), 64)) << "the hashes give the root";
}

// A batch expects the log to end where this writer left it, and the other writer moves that end.
TEST_P(Appending, GoesOnWhereAnotherWriterLeftTheLogWhateverWaits) {
  const auto first = Writer(256), second = Writer(256);
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 8; ++caller) {
    callers.emplace_back([&, caller] {
      for (int n = 0; n < 10; ++n) {
        const auto& writer = (n + caller) % 3 == 0 ? second : first;
        EXPECT_OK(writer->Append(Records(10'000 * caller + 10 * n, 10)));
        // The same records again, beside others that are new.
        EXPECT_OK(writer->Append(Records(10'000 * caller + 10 * n, 10)));
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(Size(), 800);
  EXPECT_EQ(Count("select count(*) from entry"), 800);
  EXPECT_OK(Sequencer::Start(&in_process_.database(), 64)) << "the hashes give the root";
}

TEST_P(Appending, GoesOnAfterTheDatabaseRefusedABatchOfMany) {
  const auto writer = Writer(256);
  std::atomic<int> appended{0};
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 6; ++caller) {
    callers.emplace_back([&, caller] {
      for (int n = 0; n < 10; ++n) {
        auto records = Records(1000 * caller + 10 * n, 10);
        // No column holds a NUL, so that the whole batch is refused. Of this record its hash is kept.
        if (caller == 0) records[3].set_call_id(absl::StrCat(std::string("a\0b", 3), n));
        EXPECT_OK(writer->Append(std::move(records)));
        ++appended;
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(appended, 60);
  EXPECT_EQ(Size(), 600);
  EXPECT_EQ(Count("select count(*) from entry"), 600);
  EXPECT_OK(Sequencer::Start(&in_process_.database(), 64)) << "the hashes give the root";
}

TEST_P(Appending, ForgetsBeyondItsHorizon) {
  ASSERT_OK(Writer(256)->Append(Records(0, 10)));
  const auto forget = [&](absl::Time horizon) {
    return in_process_.database().Transact(
        [&](storage::Transaction& tx) { return ForgetAppended(tx, horizon); });
  };
  EXPECT_EQ(*forget(absl::Now() - absl::Hours(1)), 0);
  EXPECT_EQ(*Writer(256)->Append(Records(0, 10)), 10);
  EXPECT_EQ(*forget(absl::Now() + absl::Hours(1)), 10);
  EXPECT_EQ(*Writer(256)->Append(Records(0, 1)), 11) << "what is repeated later is another entry";
}

TEST_P(Appending, SweepsWhatItRemembersByItself) {
  const auto writer = Writer(256, absl::Nanoseconds(1));
  ASSERT_OK(writer->Append(Records(0, 10)));
  EXPECT_TRUE(testing::Eventually([&] { return Count("select count(*) from appended") == 0; }));
}

TEST_P(Appending, ACallsOwnRecordIsLookedForWhereItMayStandAndNoFurtherBack) {
  const absl::Time now = absl::Now();
  const auto at = [&](int n) { return now - absl::Hours(299 - n); };
  std::vector<v1::AuditRecord> records = Records(0, 300);
  for (int n = 0; n < 300; ++n) {
    v1::AuditRecord& record = records[static_cast<std::size_t>(n)];
    *record.mutable_time() = ToProto(at(n));
    record.add_revisions(RevisionDigest("protocols", absl::StrCat("agencies/cas-york/referrals/r", n), 1));
  }
  ASSERT_OK(Writer(256)->Append(records));
  const auto tells = [&](int n, absl::Time issued) {
    return Must(in_process_.database().Read(
        [&](storage::Transaction& tx) { return TellsOfOthers(tx, absl::StrCat("call-", n), issued); }));
  };
  for (const int n : {0, 1, 150, 255, 256, 299}) EXPECT_TRUE(tells(n, at(n))) << n;
  EXPECT_FALSE(tells(300, now)) << "there is no such call";
  EXPECT_FALSE(tells(0, now)) << "what was recorded days before the call is not read";
}

// Readers have sessions of their own, and hold no lock that an append waits for.
TEST_P(Appending, WaitsForNoReader) {
  const auto mine = storage::Database::Open({dsn_, 1});
  ASSERT_OK(mine);
  const auto writer = Sequencer::Start(mine->get(), SequencerLimits());
  ASSERT_OK(writer);
  ASSERT_OK((*writer)->Append(Records(0, 100)));
  std::atomic<int> reading{0};
  std::atomic<bool> enough{false};
  std::vector<std::thread> readers;
  for (int n = 0; n < 8; ++n) {
    readers.emplace_back([&] {
      EXPECT_OK(in_process_.database().Read([&](storage::Transaction& tx) -> absl::Status {
        ACCORD_RETURN_IF_ERROR(tx.Query<int64_t>("select count(*) from entry").status());
        ++reading;
        EXPECT_TRUE(testing::Eventually([&] { return enough.load(); }, absl::Minutes(1)));
        return absl::OkStatus();
      }));
    });
  }
  EXPECT_TRUE(testing::Eventually([&] { return reading > 0; }));
  for (int n = 1; n <= 20; ++n) EXPECT_EQ(*(*writer)->Append(Records(100 * n, 100)), 100 * (n + 1));
  enough = true;
  for (auto& reader : readers) reader.join();
}

// Memory is bounded by bytes, whoever holds the log up; who is refused is told so.
TEST_P(Appending, RefusesWhatWouldWaitBeyondItsBytes) {
  const auto mine = storage::Database::Open({dsn_, 1});
  ASSERT_OK(mine);
  SequencerLimits limits;
  limits.max_waiting_bytes = 1;
  const auto writer = Sequencer::Start(mine->get(), limits);
  ASSERT_OK(writer);
  std::atomic<bool> held{false}, enough{false};
  std::thread holder([&] {
    EXPECT_OK(in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
      if (tx.postgres()) {
        ACCORD_RETURN_IF_ERROR(tx.Exec("lock table log_head in exclusive mode").status());
      }
      held = true;
      EXPECT_TRUE(testing::Eventually([&] { return enough.load(); }, absl::Minutes(1)));
      return absl::OkStatus();
    }));
  });
  EXPECT_TRUE(testing::Eventually([&] { return held.load(); }));
  std::atomic<int> refused{0}, accepted{0};
  std::vector<std::thread> callers;
  for (int n = 0; n < 6; ++n) {
    callers.emplace_back([&, n] {
      const auto appended = (*writer)->Append(Records(n, 1));
      EXPECT_TRUE(appended.ok() || RuleOf(appended.status()) == "AUDIT_QUEUE_FULL") << appended.status();
      ++(appended.ok() ? accepted : refused);
    });
  }
  // One is being written and one waits.
  EXPECT_TRUE(testing::Eventually([&] { return refused >= 4; }));
  EXPECT_EQ(accepted, 0);
  enough = true;
  for (auto& caller : callers) caller.join();
  holder.join();
  EXPECT_EQ(accepted + refused, 6);
  EXPECT_EQ(Size(), accepted);
}

}  // namespace
}  // namespace accord::audit
