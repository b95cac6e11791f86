// Create, get and list of referrals at 1,000 and at 1,000,000, through the handlers of the protocols service
// on SQLite, alternating between the two databases in one run.
//   referrals_bench [--json FILE] [--large N] [--rounds R]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "nlohmann/json.hpp"
#include "services/protocols/fixture.h"

namespace accord::protocols {
namespace {

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// The service with its database, filled with so many referrals of one society.
class Filled : public ProtocolsFixture {
 public:
  explicit Filled(int count) : protocol_(InForce()) {
    v1::Referral referral = *Call<v1::Referral>("CreateReferral", worker_, Letter(protocol_));
    storage::Resources referrals("referral", &in_process_.page_tokens());
    const storage::Placement placement = {.owner = "cas-york",
                                          .state = "submitted",
                                          .parties = {"cas-york", "ps-york"},
                                          .fields = {{"state", "submitted"}, {"received@ps-york", "yes"}}};
    constexpr int kBatch = 5000;
    for (int done = 1; done < count;) {
      const int end = std::min(count, done + kBatch);
      const absl::Status status = in_process_.database().Transact([&](storage::Transaction& tx)
                                                                      -> absl::Status {
        for (int i = done; i < end; ++i) {
          referral.set_name(absl::StrCat("agencies/cas-york/referrals/", NewId(in_process_.clock().Now())));
          const storage::Write write{"cas-york", "a", absl::StrCat("fill-", i), in_process_.clock().Now()};
          ACCORD_RETURN_IF_ERROR(referrals.Insert(tx, &referral, write, placement));
        }
        return absl::OkStatus();
      });
      if (!status.ok()) std::abort();
      done = end;
      if (count > 100'000 && done % 100'000 < kBatch)
        std::fprintf(stderr, "  %d of %d filled\n", done, count);
    }
  }

  double Create() {
    v1::CreateReferralRequest letter = Letter(protocol_);
    return Timed([&] { last_ = Call<v1::Referral>("CreateReferral", worker_, letter)->name(); });
  }
  double Get() {
    v1::GetReferralRequest request;
    request.set_name(last_);
    return Timed([&] { Require(Call<v1::Referral>("GetReferral", worker_, request).ok()); });
  }
  // A page of 50 at the beginning, and one far in.
  double FirstPage() { return Page(""); }
  double LaterPage() {
    if (token_.empty()) {
      v1::ListReferralsRequest request;
      request.set_page_size(500);
      token_ = Call<v1::ListReferralsResponse>("ListReferrals", worker_, request)->next_page_token();
    }
    return Page(token_);
  }

 private:
  void TestBody() override {}
  static void Require(bool ok) {
    if (!ok) std::abort();
  }
  static double Timed(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
  }
  double Page(const std::string& token) {
    v1::ListReferralsRequest request;
    request.set_page_token(token);
    return Timed([&] {
      Require(Call<v1::ListReferralsResponse>("ListReferrals", worker_, request)->referrals_size() == 50);
    });
  }

  v1::Protocol protocol_;
  std::string last_, token_;
};

int Run(int large, int rounds, const std::string& json_file) {
  Filled small(1000);
  std::fprintf(stderr, "filling %d referrals\n", large);
  Filled big(large);
  const std::vector<std::pair<std::string, double (Filled::*)()>> works = {
      {"create", &Filled::Create},
      {"get", &Filled::Get},
      {"first_page", &Filled::FirstPage},
      {"later_page", &Filled::LaterPage}};
  std::map<std::string, std::vector<double>> at_small, at_large;
  for (int round = 0; round <= rounds; ++round) {
    for (const auto& [name, work] : works) {
      for (const bool large_first : {round % 2 == 0, round % 2 != 0}) {
        const double micros = ((large_first ? big : small).*work)();
        if (round > 0) (large_first ? at_large : at_small)[name].push_back(micros);
      }
    }
  }
  std::ofstream json(json_file.empty() ? "/dev/null" : json_file);
  std::printf("%-12s %14s %14s %8s\n", "p50, us", "at 1000", absl::StrCat("at ", large).c_str(), "ratio");
  for (const auto& [name, work] : works) {
    const double a = Median(at_small[name]), b = Median(at_large[name]);
    const bool page = name.find("page") != std::string::npos;
    std::printf("%-12s %14.0f %14.0f %8.2f%s\n", name.c_str(), a, b, b / a,
                page ? (b / a <= 1.3 ? "   goal 1.30: met" : "   goal 1.30: NOT MET") : "");
    const auto [low, high] = std::minmax_element(at_large[name].begin(), at_large[name].end());
    json << nlohmann::ordered_json{{"bench", "referrals"}, {"subject", absl::StrCat(large)},
                                   {"peer", "1000"},       {"metric", name + "_us"},
                                   {"value", b},           {"peer_value", a},
                                   {"ratio", b / a},       {"runs", rounds},
                                   {"min", *low},          {"max", *high}}
                .dump()
         << "\n";
  }
  return 0;
}

}  // namespace
}  // namespace accord::protocols

int main(int argc, char** argv) {
  CLI::App app("Create, get and list of referrals at 1,000 and at 1,000,000", "./accord bench referrals");
  int large = 1'000'000, rounds = 200;
  std::string json;
  app.add_option("--json", json, "One object a line");
  app.add_option("--large", large, "Referrals in the large database [1000000]");
  app.add_option("--rounds", rounds, "Calls of each kind [200]");
  CLI11_PARSE(app, argc, argv);
  return accord::protocols::Run(large, rounds, json);
}
