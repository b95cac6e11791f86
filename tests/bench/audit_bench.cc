// Appending to the audit log beside plain batched inserts of the same rows into the same tables, without
// hashes and tree, alternating in one run; then checking an export of a million entries offline.
//   audit_bench [--json FILE] [--records N] [--rounds R] [--entries N]
#include <openssl/evp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/audit_export.h"
#include "common/base/ids.h"
#include "common/storage/resources.h"
#include "common/testing/temp_dir.h"
#include "nlohmann/json.hpp"
#include "services/audit/sequencer.h"

namespace accord::audit {
namespace {

constexpr int kBatch = 1024;

void Must(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

double Seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

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
  return record;
}

std::vector<storage::Migration> Migrations() {
  auto migrations = storage::CoreMigrations();
  for (auto& migration : AuditMigrations()) migrations.push_back(std::move(migration));
  return migrations;
}

std::unique_ptr<storage::Database> Open(const std::string& file) {
  auto database = storage::Database::Open({file, 2});
  Must(database.status());
  Must((*database)->Migrate(Migrations()));
  return *std::move(database);
}

// Records a second. Callers hand in a batch each, as many as wait at once.
double Log(int64_t count) {
  testing::TempDir directory;
  const auto database = Open(directory.path("log.db"));
  auto sequencer = Sequencer::Start(database.get(), kBatch);
  Must(sequencer.status());
  std::vector<v1::AuditRecord> records;
  for (int64_t n = 0; n < count; ++n) records.push_back(Record(n));
  return static_cast<double>(count) / Seconds([&] {
           std::vector<std::future<absl::Status>> waiting;
           for (std::size_t at = 0; at < records.size(); at += kBatch) {
             const std::size_t end = std::min(records.size(), at + kBatch);
             waiting.push_back(std::async(std::launch::async, [&, at, end] {
               return (*sequencer)
                   ->Append({records.begin() + static_cast<std::ptrdiff_t>(at),
                             records.begin() + static_cast<std::ptrdiff_t>(end)})
                   .status();
             }));
             if (waiting.size() == 4) {
               for (auto& one : waiting) Must(one.get());
               waiting.clear();
             }
           }
           for (auto& one : waiting) Must(one.get());
         });
}

// The same rows, ready made, and nothing but inserts.
double Plain(int64_t count) {
  testing::TempDir directory;
  const auto database = Open(directory.path("plain.db"));
  struct Row {
    std::string call, salt, record, leaf, agency, owner, resource;
  };
  std::vector<Row> rows;
  for (int64_t n = 0; n < count; ++n) {
    const v1::AuditRecord record = Record(n);
    rows.push_back({record.call_id(), Base64(RandomBytes(16)), Base64(record.SerializeAsString()),
                    Base64(RandomBytes(32)), record.agency(), "cas-york", record.resources(0).name()});
  }
  return static_cast<double>(count) / Seconds([&] {
           for (int64_t at = 0; at < count; at += kBatch) {
             Must(database->Transact([&](storage::Transaction& tx) -> absl::Status {
               for (int64_t i = at; i < std::min(count, at + kBatch); ++i) {
                 const Row& row = rows[static_cast<std::size_t>(i)];
                 ACCORD_RETURN_IF_ERROR(
                     tx.Exec("insert into entry (idx, call_id, phase, salt, record, leaf) values "
                             "(:p1, :p2, 1, :p3, :p4, :p5)",
                             i, row.call, row.salt, row.record, row.leaf)
                         .status());
                 for (const auto& [agency, as_owner] :
                      {std::pair<std::string, int>(row.agency, 0), {row.owner, 1}}) {
                   ACCORD_RETURN_IF_ERROR(
                       tx.Exec("insert into concerned (agency, as_owner, idx) values (:p1, :p2, :p3)", agency,
                               as_owner, i)
                           .status());
                 }
                 ACCORD_RETURN_IF_ERROR(tx.Exec("insert into touched_by (agency, as_owner, resource, idx) "
                                                "values (:p1, 1, :p2, :p3)",
                                                row.owner, row.resource, i)
                                            .status());
                 if (row.agency == row.owner) continue;
                 ACCORD_RETURN_IF_ERROR(tx.Exec("insert into touched_by (agency, as_owner, resource, idx) "
                                                "values (:p1, 0, :p2, :p3)",
                                                row.agency, row.resource, i)
                                            .status());
               }
               return absl::OkStatus();
             }));
           }
         });
}

// Seconds that an export of so many entries takes to check, as `accordctl audit verify --file` does.
double Check(int64_t entries) {
  testing::TempDir directory;
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  std::vector<std::vector<std::string>> levels(1);
  merkle::Frontier frontier;
  const auto entry_of = [](int64_t n) {
    v1::Entry entry;
    entry.set_index(n);
    entry.set_salt(absl::StrCat(1000000000000000 + n));
    entry.set_record_bytes(Record(n).SerializeAsString());
    return entry;
  };
  for (int64_t n = 0; n < entries; ++n) {
    const v1::Entry entry = entry_of(n);
    levels[0].push_back(merkle::LeafHash(entry.salt() + entry.record_bytes()));
    frontier.Append(levels[0].back(), [&](int level, int64_t, const std::string& hash) {
      if (levels.size() <= static_cast<std::size_t>(level)) levels.emplace_back();
      levels[static_cast<std::size_t>(level)].push_back(hash);
    });
  }
  const merkle::Source source = [&](int level, int64_t index) -> absl::StatusOr<std::string> {
    return levels[static_cast<std::size_t>(level)][static_cast<std::size_t>(index)];
  };
  const std::string path = directory.path("export.jsonl");
  ctl::Trust trust;
  auto opened =
      ctl::ExportWriter::Create(path, merkle::SignCheckpoint({trust.origin, entries, frontier.Root()}, key));
  Must(opened.status());
  ctl::ExportWriter& writer = *opened;
  for (int64_t n = 0; n < entries; ++n) {
    Must(writer.Add(entry_of(n), *merkle::InclusionProof(source, n, entries)));
    if (n % 250'000 == 0)
      std::fprintf(stderr, "  %lld of %lld written\n", static_cast<long long>(n),
                   static_cast<long long>(entries));
  }
  Must(writer.Close());
  std::printf("export of %lld entries: %lld MB\n", static_cast<long long>(entries),
              static_cast<long long>(std::filesystem::file_size(path) >> 20));
  return Seconds([&] { Must(ctl::VerifyExport(path, trust, key)); });
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace
}  // namespace accord::audit

int main(int argc, char** argv) {
  CLI::App app("The audit log beside plain inserts.");
  std::string json;
  int64_t records = 100'000, entries = 1'000'000;
  int rounds = 5;
  app.add_option("--json", json);
  app.add_option("--records", records);
  app.add_option("--rounds", rounds);
  app.add_option("--entries", entries);
  CLI11_PARSE(app, argc, argv);
  std::vector<double> log, plain, ratios;
  for (int round = 0; round < rounds; ++round) {
    plain.push_back(accord::audit::Plain(records));
    log.push_back(accord::audit::Log(records));
    ratios.push_back(log.back() / plain.back());
    std::printf("round %d: plain %.0f rows/s, log %.0f records/s, ratio %.2f\n", round + 1, plain.back(),
                log.back(), ratios.back());
    std::fflush(stdout);
  }
  const double ratio = accord::audit::Median(ratios);
  std::printf("median: plain %.0f/s, log %.0f/s, ratio %.2f   goal 0.60: %s\n", accord::audit::Median(plain),
              accord::audit::Median(log), ratio, ratio >= 0.6 ? "met" : "missed");
  const double seconds = accord::audit::Check(entries);
  std::printf("%lld entries checked offline in %.1f s (%.0f/s)\n", static_cast<long long>(entries), seconds,
              static_cast<double>(entries) / seconds);
  if (!json.empty()) {
    using accord::audit::Median;
    std::ofstream(json) << nlohmann::ordered_json{{"bench", "audit"},        {"subject", "log"},
                                                  {"peer", "plain inserts"}, {"metric", "records_per_second"},
                                                  {"value", Median(log)},    {"peer_value", Median(plain)},
                                                  {"ratio", ratio},          {"runs", rounds}}
                               .dump()
                        << "\n"
                        << nlohmann::ordered_json{{"bench", "audit"},
                                                  {"subject", "offline verification"},
                                                  {"metric", "seconds"},
                                                  {"value", seconds},
                                                  {"entries", entries}}
                               .dump()
                        << "\n";
  }
  return 0;
}
