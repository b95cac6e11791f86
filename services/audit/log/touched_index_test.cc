// These tests show that entries are found by what they touched from the moment they are in the log, and that
// the index of it follows by itself.
#include "services/audit/log/touched_index.h"

#include <algorithm>
#include <random>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "common/testing/eventually.h"
#include "common/testing/seed.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/entry_pages.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kAgencies[] = {"cas-york", "cas-durham", "ps-york"};

class WhatWasTouched : public ALog {
 protected:
  Head Now() {
    return Must(in_process_.database().Read([](storage::Transaction& tx) { return ReadHead(tx); }));
  }
  int64_t Rows() {
    return std::get<0>(Must(in_process_.database().Read([](storage::Transaction& tx) {
                         return tx.Query<int64_t>("select count(*) from touched_by");
                       })).at(0));
  }
  bool IsWhole() {
    return testing::Eventually([&] { return Now().indexed == Now().size; });
  }
  // The index is as if nothing from this entry on were in it yet, and the entries before it were indexed in
  // parts of so many.
  void HoldBackFrom(int64_t index, const std::vector<v1::AuditRecord>& records, int64_t part) {
    ASSERT_TRUE(IsWhole());
    Sql("delete from touched_by");
    for (int64_t from = 0; from < index; from += part) {
      TouchedRows touched(from);
      for (int64_t n = from; n < std::min(index, from + part); ++n) touched.Add(records[n]);
      ASSERT_OK(in_process_.database().Transact(
          [&](storage::Transaction& tx) { return touched.Insert(tx, from); }));
    }
    Sql("update log_head set indexed = :p1", index);
  }
  std::vector<int64_t> Found(EntryQuery query) {
    std::vector<int64_t> found;
    for (int64_t next = 0; next >= 0;) {
      const auto page =
          Must(in_process_.database().Read([&](storage::Transaction& tx) { return ListEntries(tx, query); }));
      for (const auto& entry : page.entries) found.push_back(entry.index());
      next = page.next_index;
      (query.newest_first ? query.to_index : query.from_index) = query.newest_first ? next + 1 : next;
    }
    return found;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, WhatWasTouched, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

std::string NameOf(int n) { return absl::StrCat("agencies/cas-york/referrals/r", n); }

// This gives a record of one of three agencies that touched up to four of six resources, each of one of
// three owners.
v1::AuditRecord AnyRecord(int n, std::mt19937_64* random) {
  const auto below = [&](int limit) { return static_cast<int>((*random)() % limit); };
  v1::AuditRecord record;
  record.set_call_id(absl::StrCat("call-", n));
  record.set_agency(kAgencies[below(3)]);
  record.set_owner_only(below(4) == 0);
  for (int i = below(5); i > 0; --i) {
    auto* resource = record.add_resources();
    resource->set_name(NameOf(below(6)));
    resource->set_owner(kAgencies[below(3)]);
  }
  return record;
}

// This says in plain words whom an entry is listed to when they ask for a resource: its owner, and whoever
// called, unless the record is for owners alone.
bool IsListed(const v1::AuditRecord& record, const EntryQuery& query) {
  for (const auto& resource : record.resources()) {
    if (resource.name() != query.resource) continue;
    if (resource.owner() == query.agency) return true;
    if (!query.as_owner_only && record.agency() == query.agency && !record.owner_only()) return true;
  }
  return false;
}

TEST_P(WhatWasTouched, IsFoundAlikeHoweverFarTheIndexHasCome) {
  constexpr int kRecords = 240;
  const uint64_t seed = testing::SeedOr(20261128);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  std::mt19937_64 random(seed);
  std::vector<v1::AuditRecord> records;
  for (int n = 0; n < kRecords; ++n) records.push_back(AnyRecord(n, &random));
  ASSERT_OK(sequencer_->Append(records));
  int found = 0;
  const std::pair<int, int> indexed_in_parts[] = {{240, 240}, {239, 50}, {140, 1}, {70, 7}, {1, 1}, {0, 1}};
  for (const auto& [indexed, part] : indexed_in_parts) {
    HoldBackFrom(indexed, records, part);
    for (const char* agency : kAgencies) {
      for (int choice = 0; choice < 4 * 6; ++choice) {
        EntryQuery query;
        query.agency = agency;
        query.resource = NameOf(choice / 4);
        query.as_owner_only = choice % 2 == 0;
        query.newest_first = choice % 4 < 2;
        query.limit = 7;
        query.from_index = static_cast<int64_t>(random() % 3) * 60;
        query.to_index = kRecords - static_cast<int64_t>(random() % 3) * 50;
        std::vector<int64_t> expected;
        for (int64_t n = query.from_index; n < query.to_index; ++n) {
          if (IsListed(records[n], query)) expected.push_back(n);
        }
        if (query.newest_first) std::reverse(expected.begin(), expected.end());
        ASSERT_EQ(Found(query), expected) << indexed << " " << agency << " " << choice;
        found += static_cast<int>(expected.size());
      }
    }
    // What was held back is indexed again by whoever appends next.
    ASSERT_OK(sequencer_->Append({Record(1000 + static_cast<int>(indexed), "nobody")}));
  }
  EXPECT_GT(found, 1000);
}

TEST_P(WhatWasTouched, HasOneRowForManyEntriesWithinASpan) {
  sequencer_ = nullptr;
  const auto writer = Must(Sequencer::Start(&in_process_.database(), SequencerLimits{.span = 256}));
  std::vector<v1::AuditRecord> records;
  for (int n = 0; n < 700; ++n) {
    records.push_back(Record(n, "cas-york"));
    auto* resource = records.back().add_resources();
    resource->set_name(NameOf(n % 2));
    resource->set_owner("cas-york");
  }
  ASSERT_OK(writer->Append(records));
  ASSERT_TRUE(IsWhole());
  // Each resource has 128 entries in each of two spans, and 94 in the third: two rows for each of these.
  EXPECT_EQ(Rows(), 2 * (2 + 2 + 2));
  const auto rows = Must(in_process_.database().Read([&](storage::Transaction& tx) {
    return tx.Query<int64_t, std::string>("select idx, further from touched_by");
  }));
  for (const auto& [first, further] : rows) {
    const std::vector<std::string> offsets = absl::StrSplit(further, ',');
    EXPECT_LE(offsets.size(), static_cast<std::size_t>(kEntriesInRow));
    int64_t last = 0;
    ASSERT_TRUE(absl::SimpleAtoi(offsets.back(), &last)) << further;
    EXPECT_EQ((first + last) / 256, first / 256) << first << further;
  }
  EntryQuery query;
  query.agency = "cas-york";
  query.resource = NameOf(1);
  query.from_index = 200;
  query.to_index = 600;
  EXPECT_EQ(Found(query).size(), 200u);
}

TEST_P(WhatWasTouched, IsIndexedWhenNobodyAppendsForAMoment) {
  ASSERT_OK(sequencer_->Append({Record(1, "ps-york", "cas-york"), Record(2, "ps-york", "ps-york")}));
  EXPECT_TRUE(IsWhole());
  EXPECT_EQ(Rows(), 3);
}

TEST_P(WhatWasTouched, IsIndexedWhileOthersGoOnAppending) {
  for (int batch = 0; batch < 6; ++batch) {
    std::vector<v1::AuditRecord> records;
    for (int n = 0; n < 1000; ++n) records.push_back(Record(batch * 1000 + n, "ps-york", "cas-york"));
    ASSERT_OK(sequencer_->Append(records));
  }
  // The answer to a batch comes after what was due before it.
  EXPECT_GE(Now().indexed, 2000);
}

TEST_P(WhatWasTouched, IsIndexedBeforeTheWriterStops) {
  auto writer = Must(Sequencer::Start(&in_process_.database(), 64));
  ASSERT_OK(writer->Append({Record(1, "ps-york", "cas-york")}));
  writer.reset();
  EXPECT_EQ(Now().indexed, 1);
  EXPECT_EQ(Rows(), 2);
}

TEST_P(WhatWasTouched, IsIndexedWhicheverReplicaAppendedIt) {
  const auto replica = Must(Sequencer::Start(&in_process_.database(), 64));
  for (int n = 0; n < 20; ++n) {
    ASSERT_OK((n % 3 == 0 ? sequencer_ : replica.get())->Append({Record(n, "ps-york", "cas-york")}));
  }
  EXPECT_TRUE(IsWhole());
  EXPECT_EQ(Rows(), 40);
}

// Both replicas have entries of the other to index, and may want to at the same time.
TEST_P(WhatWasTouched, HasEachEntryOnceInRowsThatDoNotOverlapWhileReplicasRace) {
  constexpr int kThreads = 4, kBatches = 8, kRecords = 400, kEntries = kThreads * kBatches * kRecords;
  const auto replica = Must(Sequencer::Start(&in_process_.database(), SequencerLimits{.span = 1024}));
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kThreads; ++caller) {
    callers.emplace_back([&, caller] {
      Sequencer* const writer = caller % 2 == 0 ? sequencer_ : replica.get();
      for (int batch = 0; batch < kBatches; ++batch) {
        std::vector<v1::AuditRecord> records;
        for (int i = 0; i < kRecords; ++i) {
          const int n = (caller * kBatches + batch) * kRecords + i;
          records.push_back(Record(n, "ps-york"));
          auto* resource = records.back().add_resources();
          resource->set_name(NameOf(n % 3));
          resource->set_owner("cas-york");
        }
        EXPECT_OK(writer->Append(records));
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  ASSERT_TRUE(IsWhole());
  const auto rows = Must(in_process_.database().Read([](storage::Transaction& tx) {
    return tx.Query<std::string, int64_t, std::string>(
        "select resource, idx, further from touched_by where as_owner = 1 order by resource, idx");
  }));
  std::string of;
  int64_t last = -1;
  int entries = 0;
  for (const auto& [resource, first, further] : rows) {
    if (resource != of) last = -1;
    of = resource;
    EXPECT_GT(first, last) << resource << " has rows that overlap";
    const std::vector<std::string> offsets = absl::StrSplit(further, ',', absl::SkipEmpty());
    entries += 1 + static_cast<int>(offsets.size());
    int64_t offset = 0;
    if (!offsets.empty()) {
      ASSERT_TRUE(absl::SimpleAtoi(offsets.back(), &offset));
    }
    last = first + offset;
  }
  EXPECT_EQ(entries, kEntries);
}

// A replica that was killed leaves entries behind that nobody indexed.
TEST_P(WhatWasTouched, IsIndexedByTheNextProcessAfterOneThatDied) {
  const std::vector<v1::AuditRecord> records = {Record(1, "ps-york", "cas-york"),
                                                Record(2, "ps-york", "cas-york")};
  ASSERT_OK(sequencer_->Append(records));
  HoldBackFrom(1, records, 1);
  EXPECT_OK(Sequencer::Start(&in_process_.database(), 64));
  EXPECT_EQ(Now().indexed, 2);
  EXPECT_EQ(Rows(), 4);
}

TEST_P(WhatWasTouched, IsLookedForInARangeOfAnIndexWhileTheIndexLags) {
  std::vector<v1::AuditRecord> records;
  for (int n = 0; n < 4000; ++n) records.push_back(Record(n, n % 2 ? "ps-york" : "cas-york", "cas-york"));
  ASSERT_OK(sequencer_->Append(records));
  ASSERT_TRUE(IsWhole());
  EntryQuery query;
  query.agency = "cas-york";
  query.resource = NameOf(17);
  query.indexed = 3900;
  std::vector<storage::Value> params;
  const std::string sql = EntriesSql(query, GetParam() == "postgres", &params);
  std::string plan;
  const auto explained = in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("analyze").status());
    if (tx.postgres()) {
      ACCORD_ASSIGN_OR_RETURN(const auto lines, tx.QueryValues<std::string>("explain " + sql, params));
      for (const auto& [line] : lines) absl::StrAppend(&plan, line, "\n");
      return absl::OkStatus();
    }
    ACCORD_ASSIGN_OR_RETURN(const auto lines, (tx.QueryValues<int64_t, int64_t, int64_t, std::string>(
                                                  "explain query plan " + sql, params)));
    for (const auto& line : lines) absl::StrAppend(&plan, std::get<3>(line), "\n");
    return absl::OkStatus();
  });
  ASSERT_OK(explained);
  SCOPED_TRACE(plan);
  if (GetParam() == "postgres") {
    EXPECT_THAT(plan, Not(HasSubstr("Seq Scan")));
    EXPECT_THAT(plan, HasSubstr("concerned_0_pkey"));
    EXPECT_THAT(plan, HasSubstr("touched_by_0_pkey"));
  } else {
    EXPECT_THAT(plan, Not(HasSubstr("SCAN c\n")));
    EXPECT_THAT(plan, HasSubstr("USING PRIMARY KEY (agency=? AND as_owner=? AND idx>?)"));
    EXPECT_THAT(plan, HasSubstr("USING PRIMARY KEY (agency=? AND as_owner=? AND resource=?)"));
  }
}

}  // namespace
}  // namespace accord::audit
