// Create, get and list of referrals at 1,000 and at 1,000,000, through the handlers of the protocols service
// on SQLite, alternating between the two databases in one run.
//   referrals_bench [--json FILE] [--large N] [--rounds R]
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "services/protocols/fixture.h"
#include "tests/bench/compare.h"

namespace accord::protocols {
namespace {

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
    return bench::Timed([&] { last_ = Call<v1::Referral>("CreateReferral", worker_, letter)->name(); });
  }
  double Get() {
    v1::GetReferralRequest request;
    request.set_name(last_);
    return bench::Timed([&] { bench::Require(Call<v1::Referral>("GetReferral", worker_, request).ok()); });
  }
  double Acknowledge() {
    v1::AcknowledgeReferralRequest request;
    request.set_name(last_);
    request.set_etag(ReadReferral(last_, member_).etag());
    return bench::Timed(
        [&] { bench::Require(Call<v1::Referral>("AcknowledgeReferral", member_, request).ok()); });
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
  double Page(const std::string& token) {
    v1::ListReferralsRequest request;
    request.set_page_token(token);
    return bench::Timed([&] {
      bench::Require(Call<v1::ListReferralsResponse>("ListReferrals", worker_, request)->referrals_size() ==
                     50);
    });
  }

  v1::Protocol protocol_;
  std::string last_, token_;
};

int Run(int large, int rounds, const std::string& json_file) {
  Filled small(1000);
  std::fprintf(stderr, "filling %d referrals\n", large);
  Filled big(large);
  std::vector<bench::Work> works;
  for (const auto& [name, work] : {std::pair{"create", &Filled::Create},
                                   {"get", &Filled::Get},
                                   {"acknowledge", &Filled::Acknowledge},
                                   {"first_page", &Filled::FirstPage},
                                   {"later_page", &Filled::LaterPage}}) {
    works.push_back({name, std::bind_front(work, &small), std::bind_front(work, &big)});
    if (absl::StrContains(name, "page")) works.back().goal = 1.3;
  }
  bench::Compare("referrals", 1000, large, works, rounds, json_file);
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
