// This shows what reading the log costs, and that neither large records nor large numbers end it.
#include <atomic>
#include <limits>
#include <memory>
#include <thread>

#include "common/testing/eventually.h"
#include "services/audit/log/entry_pages.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kFar = std::numeric_limits<int64_t>::max();

class Lists : public ALog {
 protected:
  // This gives a record of some 200 KB.
  static v1::AuditRecord Large(int n, const std::string& owner) {
    v1::AuditRecord record = Record(n, "ps-york", owner);
    while (record.ByteSizeLong() < 200'000) {
      auto* resource = record.add_resources();
      resource->set_name(
          absl::StrCat("agencies/", owner, "/actors/", record.resources_size(), std::string(200, 'a')));
      resource->set_owner(owner);
    }
    return record;
  }
  std::string PlanOf(const EntryQuery& query) {
    std::vector<storage::Value> params;
    const std::string sql = EntriesSql(query, GetParam() == "postgres", &params);
    const auto plan =
        in_process_.database().Transact([&](storage::Transaction& tx) -> absl::StatusOr<std::string> {
          std::string text;
          if (tx.postgres()) {
            ACCORD_RETURN_IF_ERROR(tx.Exec("analyze").status());
            ACCORD_ASSIGN_OR_RETURN(auto lines, tx.QueryValues<std::string>("explain " + sql, params));
            for (auto& [line] : lines) absl::StrAppend(&text, line, "\n");
          } else {
            ACCORD_RETURN_IF_ERROR(tx.Exec("analyze").status());
            ACCORD_ASSIGN_OR_RETURN(auto lines, (tx.QueryValues<int64_t, int64_t, int64_t, std::string>(
                                                    "explain query plan " + sql, params)));
            for (auto& line : lines) absl::StrAppend(&text, std::get<3>(line), "\n");
          }
          return text;
        });
    EXPECT_OK(plan);
    return plan.value_or("");
  }
  absl::Status WatchFrom(int64_t after) {
    v1::WatchDisclosuresRequest request;
    request.set_after_index(after);
    return in_process_.Stream<v1::Disclosure>(Officer("cas-york"), request,
                                              [](const v1::Disclosure&) { return false; });
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Lists, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Lists, APageEndsWhenItsBytesRunOutAndNothingIsLost) {
  std::vector<v1::AuditRecord> records;
  for (int i = 0; i < 30; ++i) records.push_back(Large(i, "cas-york"));
  for (int i = 30; i < 600; ++i) records.push_back(Record(i, "ps-york", "cas-york"));
  // A few at a time, as gateways send them: PostgreSQL ends a transaction that does nothing for five seconds,
  // and a busy machine may take as long over all of them.
  for (std::size_t at = 0; at < records.size(); at += 10) {
    const auto from = records.begin() + static_cast<std::ptrdiff_t>(at);
    ASSERT_OK(sequencer_->Append({from, from + 10}));
  }
  v1::ListEntriesRequest request;
  request.set_page_size(1000);
  const auto first = Ask<v1::ListEntriesResponse>("cas-york", request);
  ASSERT_OK(first);
  EXPECT_LE(first->ByteSizeLong(), 1'100'000u);
  EXPECT_GE(first->entries_size(), 1);
  int pages = 0;
  const auto all = All("cas-york", request, &pages);
  ASSERT_EQ(all.size(), 600u);
  for (int i = 0; i < 600; ++i) EXPECT_EQ(all[i].record().call_id(), absl::StrCat("call-", i));
  EXPECT_GT(pages, 10);
  EXPECT_LT(pages, 30);
}

TEST_P(Lists, AThousandSmallEntriesAreOnePage) {
  std::vector<v1::AuditRecord> records;
  for (int i = 0; i < 1001; ++i) records.push_back(Record(i, "ps-york", "cas-york"));
  ASSERT_OK(sequencer_->Append(records));
  v1::ListEntriesRequest request;
  request.set_page_size(1000);
  const auto page = Must(Ask<v1::ListEntriesResponse>("cas-york", request));
  EXPECT_EQ(page.entries_size(), 1000);
  request.set_page_token(page.next_page_token());
  const auto rest = Must(Ask<v1::ListEntriesResponse>("cas-york", request));
  EXPECT_EQ(rest.entries_size(), 1);
  EXPECT_EQ(rest.next_page_token(), "");
}

// An entry larger than a page is a page of its own.
TEST_P(Lists, NoPageIsEmptyWhileThereIsMore) {
  ASSERT_OK(sequencer_->Append({Large(1, "cas-york"), Large(2, "cas-york"), Large(3, "cas-york")}));
  EntryQuery query;
  query.agency = "cas-york";
  query.max_bytes = 1;
  for (int64_t i = 0; i < 3; ++i) {
    query.from_index = i;
    const auto page =
        in_process_.database().Read([&](storage::Transaction& tx) { return ListEntries(tx, query); });
    ASSERT_OK(page);
    EXPECT_EQ(page->entries.size(), 1u);
    EXPECT_EQ(page->next_index, i == 2 ? -1 : i + 1);
  }
}

TEST_P(Lists, EveryFilterIsARangeOfAnIndex) {
  std::vector<v1::AuditRecord> records;
  for (int i = 0; i < 4000; ++i) records.push_back(Record(i, i % 2 ? "ps-york" : "cas-york", "cas-york"));
  ASSERT_OK(sequencer_->Append(records));
  for (const std::string resource :
       {"", "agencies/cas-york/referrals/r17", "agencies/nobody/referrals/none"}) {
    for (bool as_owner_only : {false, true}) {
      EntryQuery query;
      query.agency = "cas-york";
      query.resource = resource;
      query.as_owner_only = as_owner_only;
      query.from_index = 5;
      const std::string plan = PlanOf(query);
      SCOPED_TRACE(plan);
      const std::string table = resource.empty() ? "concerned" : "touched_by";
      if (GetParam() == "postgres") {
        EXPECT_THAT(plan, Not(HasSubstr("Seq Scan")));
        EXPECT_THAT(plan, HasSubstr(table + "_0_pkey"));
        EXPECT_THAT(plan, resource.empty() ? HasSubstr("agency = ") : HasSubstr("resource = "));
      } else {
        EXPECT_THAT(plan, Not(HasSubstr("SCAN c\n")));
        EXPECT_THAT(plan, Not(HasSubstr("SCAN e\n")));
        EXPECT_THAT(plan,
                    HasSubstr(resource.empty()
                                  ? "USING PRIMARY KEY (agency=? AND as_owner=? AND idx>?)"
                                  : "USING PRIMARY KEY (agency=? AND as_owner=? AND resource=? AND idx>?)"));
      }
    }
  }
}

TEST_P(Lists, NumbersAtTheirEndsAreRefusedByName) {
  ASSERT_OK(sequencer_->Append({Record(1, "ps-york", "cas-york"), Record(2, "ps-york", "cas-york")}));
  for (int64_t index : {kFar, kFar - 1, int64_t{2}, int64_t{-2}, std::numeric_limits<int64_t>::min()}) {
    EXPECT_THAT(WatchFrom(index), RefusedBy(rules::kIndexUnknown)) << index;
    v1::GetInclusionProofRequest inclusion;
    inclusion.set_index(index);
    EXPECT_THAT(Ask<v1::InclusionProof>("cas-york", inclusion), RefusedBy(rules::kIndexUnknown));
    inclusion.set_index(0);
    inclusion.set_tree_size(index);
    if (index != 2) {
      EXPECT_THAT(Ask<v1::InclusionProof>("cas-york", inclusion), RefusedBy(rules::kTreeSizeUnknown));
    }
    v1::GetConsistencyProofRequest consistency;
    consistency.set_from_size(index == 2 ? 3 : index);
    EXPECT_THAT(Ask<v1::ConsistencyProof>("cas-york", consistency), RefusedBy(rules::kTreeSizeUnknown));
  }
  EXPECT_OK(WatchFrom(-1));
  v1::ListEntriesRequest list;
  list.set_page_size(-1);
  EXPECT_THAT(Ask<v1::ListEntriesResponse>("cas-york", list).status(), RefusedBy("FIELD_INVALID"));
  list.set_page_size(std::numeric_limits<int32_t>::max());
  EXPECT_OK(Ask<v1::ListEntriesResponse>("cas-york", list));
}

TEST(Proofs, CostSomeHundredHashesInTheLargestLog) {
  const int64_t size = (int64_t{1} << 40) + 12345;
  int asked = 0;
  const merkle::Source hashes = [&](int level, int64_t index) -> absl::StatusOr<std::string> {
    ++asked;
    return absl::StrCat(level, "/", index);
  };
  ASSERT_OK(merkle::InclusionProof(hashes, size / 3, size));
  ASSERT_OK(merkle::ConsistencyProof(hashes, size / 3, size));
  EXPECT_LT(asked, 200);
}

TEST_P(Lists, AWatchIsToldWhatOtherReplicasAppendAndIdleWatchesAskNothing) {
  ASSERT_OK(sequencer_->Append({Record(1, "ps-york", "cas-durham")}));
  auto replica = *Sequencer::Start(&in_process_.database(), 64);
  DisclosureTail tail(&in_process_.database(), absl::Milliseconds(5));
  DisclosureTail::Watch york(&tail, "cas-york"), durham(&tail, "cas-durham");
  EXPECT_TRUE(testing::Eventually([&] { return durham.Await(0, absl::Milliseconds(10)); }));
  EXPECT_FALSE(durham.Await(1, absl::ZeroDuration()));
  EXPECT_FALSE(york.Await(0, absl::ZeroDuration()));
  ASSERT_OK(replica->Append({Record(2, "ps-york", "cas-york")}));
  EXPECT_TRUE(testing::Eventually([&] { return york.Await(1, absl::Milliseconds(10)); }));
  EXPECT_FALSE(york.Await(2, absl::ZeroDuration()));
  EXPECT_FALSE(durham.Await(1, absl::ZeroDuration()));
}

TEST_P(Lists, AWatchThatWaitsIsOverWithItsTailAndAsksNoSecondTime) {
  auto tail = std::make_unique<DisclosureTail>(&in_process_.database(), absl::Milliseconds(5));
  std::atomic<int> asked{0};
  std::thread watching([&asked, watched = tail.get()] {
    DisclosureTail::Watch york(watched, "cas-york");
    while (!york.over()) {
      ++asked;
      EXPECT_FALSE(york.Await(0, absl::Minutes(1)));
    }
  });
  EXPECT_TRUE(testing::Eventually([&] { return asked == 1; }));
  tail.reset();
  watching.join();
  EXPECT_EQ(asked, 1);
}

// The log's writer has sessions of its own: whoever holds all of the readers' holds up no call.
TEST_P(Lists, ReadersThatHoldEverySessionDoNotHoldUpTheLog) {
  const testing::TempDir directory;
  const std::string dsn =
      GetParam() == "postgres" ? testing::PostgresCluster::Shared().NewDatabase() : directory.path("db");
  auto readers = *storage::Database::Open({dsn, 2});
  ASSERT_OK(readers->Migrate(Migrations()));
  auto writer = *storage::Database::Open({dsn, 2});
  auto sequencer = *Sequencer::Start(writer.get(), 64);
  std::atomic<int> reading{0};
  std::atomic<bool> written{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&] {
      const auto held = readers->Read([&](storage::Transaction& tx) -> absl::Status {
        ACCORD_RETURN_IF_ERROR(ReadHead(tx).status());
        ++reading;
        return testing::Eventually([&] { return written.load(); }) ? absl::OkStatus()
                                                                   : absl::InternalError("the log waited");
      });
      EXPECT_OK(held);
    });
  }
  EXPECT_TRUE(testing::Eventually([&] { return reading == 2; }));
  EXPECT_OK(sequencer->Append({Record(1, "ps-york")}));
  written = true;
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace accord::audit
