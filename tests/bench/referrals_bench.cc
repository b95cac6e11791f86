// Measures create, get, list and count of referrals with 1,000 and with 1,000,000 of them, through
// the handlers of the protocols service, alternating between the two databases in one run. Lists
// are requested with each filter and each order that the proto declares.
// referrals_bench [--database sqlite|postgres] [--json FILE] [--large N] [--rounds R]
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/listing/fields.h"
#include "common/storage/records/counts.h"
#include "common/testing/postgres.h"
#include "services/protocols/testing/fixture.h"
#include "tests/bench/compare.h"
#include "tests/bench/referrals_fill.h"

namespace accord::protocols {
namespace {

// These are the largest permitted ratios between a service with many records and one with few.
constexpr double kGoal = 1.1, kCountGoal = 2;

// This gives the keys of testing::InProcess.
std::shared_ptr<const storage::Keyring> Keys() {
  return *storage::Keyring::From({std::string(32, 's')}, std::string(32, 'i'));
}

void Must(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

// This is a service with this many referrals of one society.
class FilledReferrals : public ProtocolsFixture {
 public:
  explicit FilledReferrals(const std::string& dsn) : ProtocolsFixture(dsn), protocol_(InForce()) { Create(); }

  double Create() {
    v1::CreateReferralRequest letter = Letter(protocol_);
    return bench::Timed([&] {
      const auto made = Call<v1::Referral>(worker_, letter);
      Must(made.status());
      last_ = made->name();
    });
  }
  double Get() {
    v1::GetReferralRequest request;
    request.set_name(last_);
    return bench::Timed([&] { Must(Call<v1::Referral>(worker_, request).status()); });
  }
  double Acknowledge() {
    v1::AcknowledgeReferralRequest request;
    request.set_name(last_);
    request.set_etag(ReadReferral(last_, member_).etag());
    return bench::Timed([&] { Must(Call<v1::Referral>(member_, request).status()); });
  }
  // Each reads a page of 50, of which one is the first and one is far into the list.
  double FirstPage() { return Page(""); }
  double LaterPage() {
    if (token_.empty()) {
      v1::ListReferralsRequest request;
      request.set_page_size(500);
      token_ = Call<v1::ListReferralsResponse>(worker_, request)->next_page_token();
    }
    return Page(token_);
  }
  // This reads the first page of 50 by a filter and in an order.
  double Listed(const std::string& filter, const std::string& order_by) {
    v1::ListReferralsRequest request;
    request.set_filter(filter);
    request.set_order_by(order_by);
    return bench::Timed([&] { Must(Call<v1::ListReferralsResponse>(worker_, request).status()); });
  }
  double Count() { return CountAs(society_supervisor_); }
  double CountAll() {
    Caller office{"co-pahtco",
                  annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                  "main",
                  "staff",
                  {annotations::v1::ROLE_OFFICE_STAFF},
                  annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE};
    return CountAs(office);
  }
  // This does what the service does each second.
  void Fold() {
    for (int64_t folded = 1; folded > 0;) {
      folded = *in_process_.database().InTurn(
          1, [](storage::Transaction& tx) { return storage::FoldCounts(tx, 10'000); });
    }
    Must(services_.sweeper().Sweep().status());
  }

 private:
  void TestBody() override {}
  double Page(const std::string& token) {
    v1::ListReferralsRequest request;
    request.set_page_token(token);
    return bench::Timed(
        [&] { bench::Require(Call<v1::ListReferralsResponse>(worker_, request)->referrals_size() == 50); });
  }
  double CountAs(const Caller& caller) {
    return bench::Timed(
        [&] { Must(Call<v1::CountReferralsResponse>(caller, v1::CountReferralsRequest()).status()); });
  }

  v1::Protocol protocol_;
  std::string last_, token_;
};

// This makes a referral as the service itself does.
class Model : public ProtocolsFixture {
 public:
  v1::Referral Made() { return *Call<v1::Referral>(worker_, Letter(InForce())); }

 private:
  void TestBody() override {}
};

// This gives every declared order in both directions; every field in a comparison that all rows satisfy; a
// filter that matches few rows; and one that matches none, for which a page reads the most rows that it
// ever does.
std::vector<bench::Work> Lists(FilledReferrals* small, FilledReferrals* big) {
  std::vector<bench::Work> works;
  const auto add = [&](const std::string& name, const std::string& filter, const std::string& order_by) {
    const auto on = [&](FilledReferrals* service) {
      return [service, filter, order_by] { return service->Listed(filter, order_by); };
    };
    works.push_back({name, on(small), on(big), kGoal});
  };
  add("by_name_desc", "", "name desc");
  for (const listing::Field& field : listing::FieldsOf(*v1::Referral::descriptor())) {
    const std::string& name = field.name();
    if (field.orders) {
      add(absl::StrCat("by_", name), "", name);
      add(absl::StrCat("by_", name, "_desc"), "", absl::StrCat(name, " desc"));
      add(absl::StrCat("submitted_by_", name), "state = submitted", name);
    }
    add(absl::StrCat("with_", name), absl::StrCat(name, " != ''"), "create_time desc");
  }
  add("of_nobody", "assignee = nobody", "acknowledge_due");
  add("none_passes", "kind = consultation AND urgency != h48", "create_time desc");
  return works;
}

int Run(bool postgres, int large, int rounds, const std::string& json_file) {
  const testing::TempDir directory;
  // docs/operate.md recommends this for a server with so many referrals.
  testing::PostgresCluster::UseBuffers("1GB");
  const auto filled = [&](const std::string& name, int count) {
    const std::string dsn =
        postgres ? testing::PostgresCluster::Shared().NewDatabase() : directory.path(name);
    std::fprintf(stderr, "filling %d referrals\n", count);
    FillReferrals(dsn, Keys(), Model().Made(), count);
    auto service = std::make_unique<FilledReferrals>(dsn);
    service->Fold();
    return service;
  };
  const auto small = filled("small", 1000), big = filled("big", large);
  std::vector<bench::Work> works;
  for (const auto& [name, work] : {std::pair{"create", &FilledReferrals::Create},
                                   {"get", &FilledReferrals::Get},
                                   {"acknowledge", &FilledReferrals::Acknowledge},
                                   {"first_page", &FilledReferrals::FirstPage},
                                   {"later_page", &FilledReferrals::LaterPage},
                                   {"count", &FilledReferrals::Count},
                                   {"count_all", &FilledReferrals::CountAll}}) {
    works.push_back({name, std::bind_front(work, small.get()), std::bind_front(work, big.get()), kGoal});
    if (absl::StartsWith(name, "count")) works.back().goal = kCountGoal;
  }
  for (bench::Work& work : Lists(small.get(), big.get())) works.push_back(std::move(work));
  bench::Compare(absl::StrCat("referrals_", postgres ? "postgres" : "sqlite"), 1000, large, works, rounds,
                 json_file);
  return 0;
}

}  // namespace
}  // namespace accord::protocols

int main(int argc, char** argv) {
  CLI::App app("Create, get, list and count of referrals at 1,000 and at 1,000,000",
               "./accord bench referrals");
  int large = 1'000'000, rounds = 200;
  std::string json, database = "sqlite";
  app.add_option("--database", database, "sqlite or postgres [sqlite]")
      ->check(CLI::IsMember({"sqlite", "postgres"}));
  app.add_option("--json", json, "One object a line");
  app.add_option("--large", large, "Referrals in the large database [1000000]");
  app.add_option("--rounds", rounds, "Calls of each kind [200]");
  CLI11_PARSE(app, argc, argv);
  return accord::protocols::Run(database == "postgres", large, rounds, json);
}
