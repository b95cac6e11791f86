// Measures look-ups among a million lodged targets: the service's look-up, which transforms the
// element from the agency's key to the database's, compared with a plain indexed look-up of the
// same rows, alternating in one run; also a whole CreateLodgement, and how fast a rotation converts
// lodgements to the next key.
// deconflict_bench [--rows N] [--rounds R] [--postgres] [--json FILE]
#include <time.h>

#include <cstdio>
#include <functional>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "common/oprf/oprf.h"
#include "common/oprf/p256.h"
#include "common/testing/in_process.h"
#include "common/testing/postgres.h"
#include "services/intelligence/deconfliction/deconfliction_service.h"
#include "tests/bench/compare.h"

namespace accord::intelligence {
namespace {

using bench::Require;

constexpr int kAgencies = 60;
constexpr char kAgency[] = "ps-york";

// These are the elements first + n*step. A million of them take seconds to compute, and for an index they
// look like hashed ones.
class Elements {
 public:
  Elements(std::string_view first, std::string_view step)
      : first_(*oprf::Decode(first)), step_(*oprf::Decode(step)) {}
  std::string At(int64_t n) const {
    const oprf::Point point = oprf::NewPoint();
    const oprf::Number number = oprf::NewNumber();
    Require(BN_set_word(number.get(), static_cast<BN_ULONG>(n)) == 1 &&
            EC_POINT_mul(oprf::Group(), point.get(), nullptr, step_.get(), number.get(), oprf::Scratch()) ==
                1 &&
            EC_POINT_add(oprf::Group(), point.get(), point.get(), first_.get(), oprf::Scratch()) == 1);
    return oprf::Encode(point.get());
  }
  // This gives the first element, and then each next one.
  std::string Next() {
    std::string element = oprf::Encode(first_.get());
    Require(EC_POINT_add(oprf::Group(), first_.get(), first_.get(), step_.get(), oprf::Scratch()) == 1);
    return element;
  }

 private:
  oprf::Point first_, step_;
};

std::vector<storage::Migration> Migrations() {
  auto migrations = storage::CoreMigrations();
  migrations.push_back(DeconflictionMigration());
  return migrations;
}

double CpuMicros() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

struct Figures {
  std::vector<double> micros;
  double cpu = 0;
  void Take(const std::function<void()>& work) {
    const double before = CpuMicros();
    micros.push_back(bench::Timed(work));
    cpu += CpuMicros() - before;
  }
  double cpu_each() const { return cpu / static_cast<double>(micros.size()); }
};

class Lodgements {
 public:
  Lodgements(int rows, const std::string& dsn)
      : rows_(rows), in_process_(Migrations(), dsn), service_(&in_process_.page_tokens(), &rules_) {
    rules_.set_bureau("ci-ciso");
    rules_.set_daily_evaluations(1 << 30);
    rules_.set_lodgement_days(90);
    service_.Register(&in_process_.handlers());
    Require(in_process_.Seal().ok());
    Transact([](storage::Transaction& tx) { return BeginEpoch(tx, 1); });
    Fill();
  }

  // This gives the agency's element for a number. Numbers beyond the rows are targets that nobody lodged.
  std::string Element(int64_t number) { return Elements(first_, step_).At(number); }
  std::string Tag(int64_t number) {
    const auto keys = Keys();
    return keys.front().Tag(*keys.front().FromAgency(kAgency, Element(number)));
  }
  // Each returns the number of matches.
  std::size_t Lookup(const std::string& element) {
    std::size_t found = 0;
    Require(in_process_.database()
                .Read([&](storage::Transaction& tx) -> absl::Status {
                  ACCORD_ASSIGN_OR_RETURN(const auto live, LiveKeys(tx));
                  ACCORD_ASSIGN_OR_RETURN(const std::string point, live.front().FromAgency(kAgency, element));
                  ACCORD_ASSIGN_OR_RETURN(const auto matching, LodgedMatching(tx, live, point, Now(),
                                                                              Now() + absl::Hours(1), Now()));
                  found = matching.size();
                  return absl::OkStatus();
                })
                .ok());
    return found;
  }
  std::size_t PlainLookup(const std::string& tag) {
    const int64_t now = absl::ToUnixMicros(Now()), until = absl::ToUnixMicros(Now() + absl::Hours(1));
    const auto rows = in_process_.database().Read([&](storage::Transaction& tx) {
      return tx.Query<std::string, std::string, std::string, int64_t, int64_t>(
          "select name, agency, officer, from_us, until_us from lodged where tag = :p1 and from_us < :p2 "
          "and until_us > :p3 and until_us > :p4 order by name",
          tag, until, now, now);
    });
    Require(rows.ok());
    return rows->size();
  }
  void Create(const std::string& element) {
    v1::CreateLodgementRequest request;
    request.set_parent(absl::StrCat("agencies/", kAgency));
    request.set_target(element);
    request.set_epoch(1);
    request.set_request_id(NewId(absl::Now()));
    request.mutable_lodgement()->set_contact("duty desk");
    *request.mutable_lodgement()->mutable_from() = ToProto(Now());
    *request.mutable_lodgement()->mutable_until() = ToProto(Now() + absl::Hours(1));
    const Caller caller = {
        kAgency,   annotations::v1::AGENCY_KIND_POLICE_SERVICE, "ims",
        "officer", {annotations::v1::ROLE_POLICE_INTEL},        annotations::v1::PURPOSE_INTELLIGENCE};
    Require(in_process_.ReplyTo(caller, request).ok());
  }
  // This gives the lodgements that a rotation converts in a second.
  double CarryOverRate() {
    constexpr int kCount = 10'000, kBatch = 1000;
    Transact([](storage::Transaction& tx) { return BeginEpoch(tx, 2); });
    int carried = 0;
    const double micros = bench::Timed([&] {
      while (carried < std::min(kCount, rows_)) {
        Transact([&](storage::Transaction& tx) -> absl::Status {
          ACCORD_ASSIGN_OR_RETURN(const auto live, LiveKeys(tx));
          ACCORD_ASSIGN_OR_RETURN(const int found, CarryOver(tx, live[1], live[0], kBatch));
          carried += found;
          return absl::OkStatus();
        });
      }
    });
    return carried / micros * 1e6;
  }

 private:
  absl::Time Now() { return in_process_.clock().Now(); }
  std::vector<DeconflictionKeys> Keys() {
    return *in_process_.database().Read([](storage::Transaction& tx) { return LiveKeys(tx); });
  }
  void Transact(const std::function<absl::Status(storage::Transaction&)>& work) {
    Require(in_process_.database().Transact(work).ok());
  }
  void Fill() {
    const auto keys = Keys();
    // The transform is linear: converting the first element and the step converts all of them.
    Elements points(*keys.front().FromAgency(kAgency, first_), *keys.front().FromAgency(kAgency, step_));
    constexpr int kBatch = 10'000;
    for (int done = 0; done < rows_;) {
      const int end = std::min(rows_, done + kBatch);
      Transact([&](storage::Transaction& tx) -> absl::Status {
        for (int i = done; i < end; ++i) {
          const std::string agency = absl::StrCat("ps-", i % kAgencies);
          const struct Lodged lodged = {absl::StrCat("agencies/", agency, "/lodgements/", NewId(Now())),
                                        agency, "officer", Now() - absl::Hours(i % 240),
                                        Now() + absl::Hours(2 + i % 2000)};
          ACCORD_RETURN_IF_ERROR(StoreLodged(tx, keys.front(), lodged, points.Next()));
        }
        return absl::OkStatus();
      });
      done = end;
      if (done % 50'000 == 0) std::fprintf(stderr, "  %d of %d lodged\n", done, rows_);
    }
  }

  const std::string first_ = oprf::HashToGroup("first"), step_ = oprf::HashToGroup("step");
  const int rows_;
  v1::RuleSet rules_;
  testing::InProcess in_process_;
  DeconflictionService service_;
};

void Print(const char* name, const Figures& figures, const Figures& plain, std::ofstream& json, int rows) {
  const double median = bench::Median(figures.micros), of_plain = bench::Median(plain.micros);
  std::printf("%-16s %10.1f %14.0f %14.1f %10.2f\n", name, median, 1e6 / median, figures.cpu_each(),
              median / of_plain);
  json << nlohmann::ordered_json{{"bench", "deconflict"},
                                 {"subject", name},
                                 {"peer", "plain"},
                                 {"metric", "us"},
                                 {"value", median},
                                 {"peer_value", of_plain},
                                 {"ratio", median / of_plain},
                                 {"cpu_us", figures.cpu_each()},
                                 {"rows", rows},
                                 {"runs", figures.micros.size()}}
              .dump()
       << "\n";
}

int Run(int rows, int rounds, bool postgres, const std::string& json_file) {
  std::fprintf(stderr, "lodging %d targets on %s\n", rows, postgres ? "PostgreSQL" : "SQLite");
  Lodgements lodgements(rows, postgres ? testing::PostgresCluster::Shared().NewDatabase() : "");
  Figures service, plain, create;
  constexpr int kWarm = 100;
  for (int round = 0; round < kWarm + rounds; ++round) {
    // Every second target is one that nobody lodged.
    const bool lodged = round % 2 == 0;
    const int64_t number = lodged ? round * 7919LL % rows : rows + round;
    const std::string element = lodgements.Element(number), tag = lodgements.Tag(number);
    std::size_t by_service = 0, by_plain = 0;
    Figures warm;
    (round < kWarm ? warm : service).Take([&] { by_service = lodgements.Lookup(element); });
    (round < kWarm ? warm : plain).Take([&] { by_plain = lodgements.PlainLookup(tag); });
    Require(by_service == by_plain && by_plain == (lodged ? 1 : 0));
  }
  for (int round = 0; round < rounds / 4; ++round) {
    const std::string element = lodgements.Element(2LL * rows + round);
    create.Take([&] { lodgements.Create(element); });
  }
  std::ofstream json(json_file.empty() ? "/dev/null" : json_file);
  std::printf("%-16s %10s %14s %14s %10s\n", absl::StrCat(rows, " rows").c_str(), "p50, us", "a second, p50",
              "CPU us a call", "of plain");
  Print("plain lookup", plain, plain, json, rows);
  Print("lookup", service, plain, json, rows);
  Print("CreateLodgement", create, plain, json, rows);
  std::printf("a rotation carries %.0f lodgements a second\n", lodgements.CarryOverRate());
  return 0;
}

}  // namespace
}  // namespace accord::intelligence

int main(int argc, char** argv) {
  CLI::App app("Lookups among a million lodged targets against plain indexed lookups of the same rows",
               "./accord bench deconflict");
  int rows = 1'000'000, rounds = 4000;
  bool postgres = false;
  std::string json;
  app.add_option("--rows", rows, "Lodged targets [1000000]");
  app.add_option("--rounds", rounds, "Lookups of each kind [4000]");
  app.add_flag("--postgres", postgres, "On a PostgreSQL of its own instead of SQLite");
  app.add_option("--json", json, "One object a line");
  CLI11_PARSE(app, argc, argv);
  return accord::intelligence::Run(rows, rounds, postgres, json);
}
