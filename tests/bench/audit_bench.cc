// This compares appending to the audit log with plain batched inserts of the same rows into the same
// tables, without hashes, tree, lock and duplicate check: on SQLite and PostgreSQL, with several
// transaction sizes, and with a network between service and database. Both alternate in one run.
// Then it measures an offline check of an export of a million entries.
// audit_bench [--json FILE] [--seconds S] [--rounds R] [--entries N] [--database sqlite|postgres]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/access/method.h"
#include "common/base/ids.h"
#include "services/audit/log/append.h"
#include "services/audit/log/audit_index.h"
#include "services/audit/log/sequencer.h"
#include "tests/bench/compare.h"
#include "tests/bench/export_check.h"
#include "tests/bench/stored_log.h"

namespace accord::audit {
namespace {

using bench::Require;

// This many records are made in advance. A measurement that has stored all of them ends early.
constexpr int kPool = 60'000;

v1::AuditRecord Record(int64_t n) {
  v1::AuditRecord record;
  record.set_call_id(absl::StrCat("01jd", 1000000000 + n, "abcdefghijkl"));
  record.set_gateway("gateway-1");
  record.mutable_time()->set_seconds(1764000000 + n / 1000);
  record.set_agency(n % 2 ? "ps-york" : "cas-york");
  record.set_system("main");
  record.set_actor("worker");
  record.set_certificate_fingerprint(std::string(32, 'f'));
  record.set_method("/accord.protocols.v1.ReferralService/GetReferral");
  record.set_decision(v1::DECISION_ALLOW);
  record.set_phase(v1::PHASE_COMPLETE);
  auto* resource = record.add_resources();
  resource->set_name(absl::StrCat("agencies/cas-york/referrals/", n % 5000));
  resource->set_owner("cas-york");
  record.set_request_hash(std::string(32, 'q'));
  record.set_response_hash(std::string(32, 'r'));
  record.set_trace_id(std::string(32, 't'));
  // One call in four changes something.
  if (n % 4 == 0) {
    record.set_request_id(absl::StrCat("request-", n));
    record.add_revisions(RevisionDigest("protocols", resource->name(), n));
  }
  return record;
}

const std::vector<v1::AuditRecord>& Pool() {
  static const auto* const pool = [] {
    auto* records = new std::vector<v1::AuditRecord>;
    for (int n = 0; n < kPool; ++n) records->push_back(Record(n));
    return records;
  }();
  return *pool;
}

// This is the setting under which both sides are measured.
struct Setting {
  bool postgres = false;
  // This is the delay between service and database in one direction, in microseconds.
  int delay_us = 0;
  // These are the records in one call, and the most in one transaction.
  int records = 1, batch = 1;
  int callers = 1;
};

// Gives the records that `work(first, count)` stores in a second, called by this many threads until
// the time is up. The time of `end` afterwards is included.
double Rate(
    int callers, int count, double seconds, const std::function<void(int, int)>& work,
    const std::function<void()>& end = [] {}) {
  std::atomic<int> next{0}, done{0};
  std::vector<std::thread> threads;
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  for (int t = 0; t < callers; ++t) {
    threads.emplace_back([&] {
      for (int first; elapsed() < seconds && (first = next.fetch_add(count)) + count <= kPool;) {
        work(first, count);
        done += count;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  end();
  return done / elapsed();
}

double Log(const Setting& setting, double seconds) {
  bench::StoredLog stored(setting.postgres, setting.delay_us);
  auto sequencer = Sequencer::Start(stored.database(), setting.batch);
  Require(sequencer.ok());
  const auto append = [&](int first, int count) {
    const auto begin = Pool().begin() + first;
    Require((*sequencer)->Append({begin, begin + count}).ok());
  };
  // The measurement ends when every entry is in every index.
  return Rate(setting.callers, setting.records, seconds, append, [&] { sequencer->reset(); });
}

// These are the rows of some records, as the log's tables hold them.
struct ReadyRows {
  ReadyRows(int first, int count) : touched(TouchedBy(first, count)) {
    for (int n = first; n < first + count; ++n) {
      const v1::AuditRecord& record = Pool()[static_cast<std::size_t>(n)];
      entries.Add({static_cast<long long>(n), record.call_id(), static_cast<long long>(record.phase()),
                   static_cast<long long>(record.part()), Base64(RandomBytes(16)),
                   Base64(record.SerializeAsString()), Base64(RandomBytes(32))});
      AddAppended(record, absl::Now(), &appended);
      index.Add(n, record);
    }
  }
  static storage::RowSet TouchedBy(int first, int count) {
    TouchedRows touched(first);
    for (int n = first; n < first + count; ++n) touched.Add(Pool()[static_cast<std::size_t>(n)]);
    return touched.RowsFrom(first, {0});
  }
  absl::Status Insert(storage::Transaction& tx) const {
    ACCORD_RETURN_IF_ERROR(entries.Insert(tx, storage::RowSet::kFail));
    ACCORD_RETURN_IF_ERROR(appended.Insert(tx, storage::RowSet::kFail));
    ACCORD_RETURN_IF_ERROR(touched.Insert(tx, storage::RowSet::kLeave));
    return index.Insert(tx);
  }

  storage::RowSet entries{"entry", EntryColumns()};
  storage::RowSet appended{"appended", AppendedColumns()};
  IndexRows index;
  storage::RowSet touched;
};

// Stores the same rows, prepared in advance, with inserts only, one for each table. A transaction has as many
// records as the log stores in one.
double Plain(const Setting& setting, double seconds) {
  bench::StoredLog stored(setting.postgres, setting.delay_us);
  const int in_one = std::min(setting.batch, setting.records * setting.callers);
  std::vector<ReadyRows> ready;
  for (int first = 0; first + in_one <= kPool; first += in_one) ready.emplace_back(first, in_one);
  return Rate(1, in_one, seconds, [&](int first, int) {
    const ReadyRows& rows = ready[static_cast<std::size_t>(first / in_one)];
    Require(stored.database()->Transact([&](storage::Transaction& tx) { return rows.Insert(tx); }).ok());
  });
}

struct Goals {
  double ratio = 0, records = 0;
};

// Gives the expected results, which are the log compared with plain inserts, and many callers who
// wait together.
Goals GoalsOf(const Setting& setting) {
  if (setting.records == 1 && setting.batch > 1) return {0, setting.delay_us > 0 ? 1000.0 : 0};
  return {0.8, setting.postgres && setting.batch >= 1024 ? 15'000.0 : 0};
}

void Compare(const Setting& setting, double seconds, int rounds, std::ofstream* json) {
  std::vector<double> log, plain, ratios;
  for (int round = 0; round < rounds; ++round) {
    plain.push_back(Plain(setting, seconds));
    log.push_back(Log(setting, seconds));
    ratios.push_back(log.back() / plain.back());
  }
  const double rate = bench::Median(log), plain_rate = bench::Median(plain), ratio = bench::Median(ratios);
  const Goals goals = GoalsOf(setting);
  const double delay = static_cast<double>(setting.delay_us) / 1000;
  const char* const database = setting.postgres ? "postgres" : "sqlite";
  std::printf("%-8s %8.1f %8d %8d %8d %10.0f %10.0f %8.2f", database, delay, setting.callers, setting.records,
              setting.batch, rate, plain_rate, ratio);
  if (goals.ratio > 0) std::printf("   goal %.2f: %s", goals.ratio, ratio >= goals.ratio ? "met" : "NOT MET");
  if (goals.records > 0)
    std::printf("   goal %.0f/s: %s", goals.records, rate >= goals.records ? "met" : "NOT MET");
  std::printf("\n");
  std::fflush(stdout);
  const auto [low, high] = std::minmax_element(log.begin(), log.end());
  *json << nlohmann::ordered_json{{"bench", "audit"},
                                  {"subject", "log"},
                                  {"peer", "plain inserts"},
                                  {"metric", "records_per_second"},
                                  {"database", database},
                                  {"added_ms_each_way", delay},
                                  {"callers", setting.callers},
                                  {"records_in_a_call", setting.records},
                                  {"records_in_a_transaction", setting.batch},
                                  {"value", rate},
                                  {"peer_value", plain_rate},
                                  {"ratio", ratio},
                                  {"runs", rounds},
                                  {"min", *low},
                                  {"max", *high}}
               .dump()
        << "\n";
}

void CompareAll(const std::string& database, double seconds, int rounds, std::ofstream* json) {
  std::printf("%-8s %8s %8s %8s %8s %10s %10s %8s\n", "database", "ms", "callers", "records", "at most",
              "log/s", "plain/s", "ratio");
  for (const bool postgres : {false, true}) {
    if (!database.empty() && database != (postgres ? "postgres" : "sqlite")) continue;
    for (const int delay_us : {0, 600, 2000}) {
      if (delay_us > 0 && !postgres) continue;
      for (const int batch : {1, 32, 1024}) {
        Compare({postgres, delay_us, batch, batch, 4}, seconds, rounds, json);
      }
      // Calls that wait together share a transaction.
      Compare({postgres, delay_us, 1, 4096, 128}, seconds, rounds, json);
    }
  }
}

}  // namespace
}  // namespace accord::audit

int main(int argc, char** argv) {
  CLI::App app("The audit log beside plain inserts.");
  std::string file, database;
  int64_t entries = 1'000'000;
  double seconds = 1.5;
  int rounds = 5;
  app.add_option("--json", file);
  app.add_option("--seconds", seconds, "Of each measurement [1.5]");
  app.add_option("--rounds", rounds, "[5]");
  app.add_option("--entries", entries, "Of the export that is checked; 0: none [1000000]");
  app.add_option("--database", database, "sqlite or postgres [both]");
  CLI11_PARSE(app, argc, argv);
  std::ofstream json(file.empty() ? "/dev/null" : file);
  accord::audit::CompareAll(database, seconds, rounds, &json);
  if (entries == 0) return 0;
  const double checked = accord::bench::CheckExport(entries, accord::audit::Record);
  std::printf("%lld entries checked offline in %.1f s (%.0f/s)\n", static_cast<long long>(entries), checked,
              static_cast<double>(entries) / checked);
  json << nlohmann::ordered_json{{"bench", "audit"},
                                 {"subject", "offline verification"},
                                 {"metric", "seconds"},
                                 {"value", checked},
                                 {"entries", entries}}
              .dump()
       << "\n";
  return 0;
}
