// Measures creates in a second while an agency that has no part in them watches, through the
// handlers of the protocols service on both databases, alternating in one run.
// watch_bench [--json FILE] [--rounds R]
#include <cstdio>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "common/testing/postgres.h"
#include "services/protocols/testing/fixture.h"
#include "tests/bench/compare.h"

namespace accord::protocols {
namespace {

constexpr int kCreates = 20;

// This is the service with its database, and this many watchers that are never told of anything.
class Watched : public ProtocolsFixture {
 public:
  Watched(const std::string& dsn, int watchers) : ProtocolsFixture(dsn), protocol_(InForce()) {
    for (int i = 0; i < watchers; ++i) {
      threads_.emplace_back([this] {
        v1::WatchReferralsRequest request;
        request.set_progress(true);
        const auto count = [this](const v1::ReferralEvent& event) {
          ++(event.name().empty() ? begun_ : told_);
          return true;
        };
        bench::Require(in_process_
                           .Stream<v1::ReferralEvent>(Society(annotations::v1::ROLE_CAS_WORKER, "cas-peel"),
                                                      request, count)
                           .ok());
      });
    }
    while (begun_ < watchers) std::this_thread::yield();
  }
  ~Watched() override {
    in_process_.handlers().EndStreams();
    for (auto& thread : threads_) thread.join();
    bench::Require(told_ == 0);
  }

  // This gives the creates in a second.
  double Rate() {
    return kCreates * 1e6 / bench::Timed([&] {
             for (int i = 0; i < kCreates; ++i) {
               bench::Require(Call<v1::Referral>(worker_, Letter(protocol_)).ok());
             }
           });
  }

 private:
  void TestBody() override {}

  v1::Protocol protocol_;
  std::atomic<int> begun_{0}, told_{0};
  std::vector<std::thread> threads_;
};

int Run(int rounds, const std::string& json_file) {
  const std::vector<int> counts = {0, 10, 200, 2000};
  std::ofstream json(json_file.empty() ? "/dev/null" : json_file);
  std::printf("%-10s %9s %12s %8s\n", "database", "watchers", "creates/s", "ratio");
  for (const std::string database : {"sqlite", "postgres"}) {
    std::vector<std::unique_ptr<Watched>> services;
    std::vector<std::vector<double>> rates(counts.size());
    for (const int count : counts) {
      services.push_back(std::make_unique<Watched>(
          database == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase() : "", count));
    }
    // The first round warms up and does not count.
    for (int round = 0; round <= rounds; ++round) {
      for (std::size_t i = 0; i < counts.size(); ++i) {
        const std::size_t turn = round % 2 == 0 ? i : counts.size() - 1 - i;
        const double rate = services[turn]->Rate();
        if (round > 0) rates[turn].push_back(rate);
      }
    }
    const double alone = bench::Median(rates[0]);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const double rate = bench::Median(rates[i]);
      std::printf("%-10s %9d %12.0f %8.2f%s\n", database.c_str(), counts[i], rate, rate / alone,
                  counts[i] != 200      ? ""
                  : rate / alone >= 0.9 ? "   goal 0.90: met"
                                        : "   goal 0.90: NOT MET");
      json << nlohmann::ordered_json{{"bench", "watch"},
                                     {"subject", database},
                                     {"metric", "creates_per_s"},
                                     {"watchers", counts[i]},
                                     {"value", rate},
                                     {"peer_value", alone},
                                     {"ratio", rate / alone},
                                     {"runs", rounds}}
                  .dump()
           << "\n";
    }
  }
  return 0;
}

}  // namespace
}  // namespace accord::protocols

int main(int argc, char** argv) {
  CLI::App app("Creates a second with watchers of an agency that has no part in them",
               "./accord bench watch");
  int rounds = 21;
  std::string json;
  app.add_option("--json", json, "One object a line");
  app.add_option("--rounds", rounds, "Times that each is measured [21]");
  CLI11_PARSE(app, argc, argv);
  return accord::protocols::Run(rounds, json);
}
