// This tests whether answers that must be indistinguishable differ in their time: an absent and an
// invisible record, and the two reasons for which an information request has no result. It calls
// through the gateway of real processes; the two sides alternate in one run, in a random order in
// each round.
// timing_bench [--rounds 2000]
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_replace.h"
#include "accord/intelligence/v1/report_service.pb.h"
#include "accord/intelligence/v1/request_service.pb.h"
#include "common/testing/seed.h"
#include "tests/bench/compare.h"
#include "tests/e2e/case.h"

namespace accord::bench {
namespace {

namespace in = accord::intelligence::v1;

// Gives the two-sided p of the Mann-Whitney U test by its normal approximation, which is valid from
// about twenty values on each side.
double MannWhitney(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<std::pair<double, bool>> all;
  for (const double value : a) all.emplace_back(value, true);
  for (const double value : b) all.emplace_back(value, false);
  std::sort(all.begin(), all.end());
  double ranks = 0, ties = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t j = i;
    while (j < all.size() && all[j].first == all[i].first) ++j;
    const double rank = static_cast<double>(i + 1 + j) / 2, same = static_cast<double>(j - i);
    ties += same * same * same - same;
    for (std::size_t k = i; k < j; ++k) ranks += all[k].second ? rank : 0;
    i = j;
  }
  const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size()), total = n + m;
  const double u = ranks - n * (n + 1) / 2;
  const double deviation = std::sqrt(n * m / 12 * (total + 1 - ties / (total * (total - 1))));
  return std::erfc(std::abs(u - n * m / 2) / deviation / std::sqrt(2));
}

struct TimedPair {
  const char* what;
  // Each makes one call and returns the bytes of its answer without names.
  std::function<std::string()> one, other;
};

bool TellsApart(const TimedPair& pair, int rounds, std::mt19937* random) {
  std::vector<double> one, other;
  bool same = true;
  for (int round = -100; round < rounds; ++round) {
    // This rate stays below the quota of an agency.
    const auto next = std::chrono::steady_clock::now() + std::chrono::milliseconds(5);
    std::string bytes[2];
    const bool first = (*random)() % 2 == 0;
    double micros[2];
    for (const bool now : {first, !first})
      micros[now] = Timed([&] { bytes[now] = (now ? pair.one : pair.other)(); });
    same = same && bytes[0] == bytes[1];
    std::this_thread::sleep_until(next);
    if (round < 0) continue;  // This round only warms up.
    one.push_back(micros[1]);
    other.push_back(micros[0]);
  }
  const double p = MannWhitney(one, other);
  std::printf("%-48s n %d  p50 %7.1f and %7.1f us  Mann-Whitney p %.3f  bytes %s\n", pair.what, rounds,
              Median(one), Median(other), p, same ? "the same" : "DIFFER");
  return p <= 0.01 || !same;
}

class Timing : public e2e::ACase {
 public:
  void TestBody() override {}
  int Run(int rounds) {
    const auto york = Enrol("ps-york", {{"intel", e2e::ROLE_POLICE_INTEL}});
    const auto peel = Enrol("ps-peel", {{"intel", e2e::ROLE_POLICE_INTEL}});
    const auto durham = Enrol("ps-durham", {{"intel", e2e::ROLE_POLICE_INTEL}});
    const auto call = [](const e2e::AgencyClient& client, const char* method, const auto& request) {
      return client.CallBytes(std::string("/accord.intelligence.v1.") + method,
                              {{"accord-actor", "intel"}, {"accord-purpose", "intelligence"}},
                              request.SerializeAsString());
    };
    // Durham has a report that it will not release; Peel has nothing.
    in::CreateReportRequest draft;
    draft.set_parent("agencies/ps-durham");
    draft.mutable_report()->set_predicate_offence("279.01(1)");
    draft.mutable_report()->set_suspicion_basis("seen twice");
    draft.mutable_report()->set_text("Plate ABCD 123.");
    draft.mutable_report()->set_handling(in::HANDLING_H1);
    draft.set_request_id("timing-report");
    in::Report report;
    Require(report.ParseFromString(call(durham, "ReportService/CreateReport", draft).value()));

    const auto asked = [&](const std::string& to, const e2e::AgencyClient& client) {
      in::CreateInformationRequestRequest ask;
      ask.set_parent("agencies/ps-york");
      ask.mutable_information_request()->set_priority(in::REQUEST_PRIORITY_URGENT);
      ask.mutable_information_request()->set_question("Is plate ABCD 123 known?");
      ask.mutable_information_request()->set_justification("seen twice");
      ask.mutable_information_request()->set_predicate_offence("279.01(1)");
      ask.mutable_information_request()->add_to(to);
      ask.set_request_id("timing-" + to);
      in::InformationRequest request;
      Require(request.ParseFromString(call(york, "RequestService/CreateInformationRequest", ask).value()));
      in::AnswerInformationRequestRequest answer;
      answer.set_name(request.name());
      answer.set_request_id("timing-answer-" + to);
      Require(call(client, "RequestService/AnswerInformationRequest", answer).ok());
      return request.name();
    };
    const std::string nothing = asked("ps-peel", peel), withheld = asked("ps-durham", durham);
    const auto ask = [&](const std::string& name) {
      in::GetInformationRequestRequest get;
      get.set_name(name);
      in::InformationRequest read;
      Require(read.ParseFromString(call(york, "RequestService/GetInformationRequest", get).value()));
      read.clear_name();
      read.clear_to();
      for (auto* time : {read.mutable_create_time(), read.mutable_update_time(), read.mutable_due()})
        time->Clear();
      return read.SerializeAsString();
    };
    std::string absent = report.name();
    absent.back() = absent.back() == '0' ? '1' : '0';
    const auto look = [&](const std::string& name) {
      in::GetReportRequest get;
      get.set_name(name);
      const auto answer = call(york, "ReportService/GetReport", get);
      Require(!answer.ok());
      return absl::StrReplaceAll(answer.status().ToString(), {{name, ""}});
    };
    const TimedPair pairs[] = {
        {"a report that is absent, and one that is invisible", [&] { return look(absent); },
         [&] { return look(report.name()); }},
        {"nothing held, and held but not releasable", [&] { return ask(nothing); },
         [&] { return ask(withheld); }},
    };
    std::mt19937 random(testing::SeedOr(20261124));
    bool told = false;
    for (const TimedPair& pair : pairs) told = TellsApart(pair, rounds, &random) || told;
    std::printf("%s\n", told ? "TOLD APART" : "not told apart (p > 0.01, the same bytes)");
    return told ? 1 : 0;
  }
};

}  // namespace
}  // namespace accord::bench

int main(int argc, char** argv) {
  CLI::App app("Can answers be told apart by their time?");
  int rounds = 2000;
  app.add_option("--rounds", rounds, "Calls of each side");
  CLI11_PARSE(app, argc, argv);
  return accord::bench::Timing().Run(rounds);
}
