#include "tests/bench/platform_side.h"

#include <unistd.h>

#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/process_cpu.h"

namespace accord::bench {
namespace {

using namespace protocols::v1;

constexpr char kReferrals[] = "/accord.protocols.v1.ReferralService/";
constexpr int kListed = 50;
// The log examines a change again two seconds later, which is part of its cost.
constexpr absl::Duration kAftermath = absl::Milliseconds(2500);
constexpr absl::Duration kIdle = absl::Seconds(8);

}  // namespace

PlatformSide::PlatformSide(e2e::AgencyClient writer, e2e::AgencyClient reader, CreateReferralRequest letter,
                           std::map<std::string, pid_t> processes)
    : writer_(std::move(writer)),
      reader_(std::move(reader)),
      letter_(std::move(letter)),
      processes_(std::move(processes)) {
  for (int i = 0; i <= kListed; ++i) Create();
  absl::SleepFor(kAftermath);
  const Costs before = Seconds();
  absl::SleepFor(kIdle);
  idle_ = Seconds();
  for (auto& [process, seconds] : idle_) {
    seconds = (seconds - before.at(process)) / absl::ToDoubleSeconds(kIdle);
  }
}

Costs PlatformSide::Measure(const Load& work) {
  const Costs before = Seconds();
  const absl::Time start = absl::Now();
  std::atomic<int> left{work.calls};
  std::vector<std::thread> callers;
  for (int i = 0; i < kInFlight; ++i) {
    callers.emplace_back([&] {
      while (left-- > 0) Call(work.kind);
    });
  }
  for (auto& caller : callers) caller.join();
  if (work.kind == Load::kCreate) absl::SleepFor(kAftermath);
  Costs costs = Seconds();
  const double elapsed = absl::ToDoubleSeconds(absl::Now() - start);
  for (auto& [process, seconds] : costs) {
    seconds = (seconds - before.at(process) - idle_.at(process) * elapsed) * 1e6 / work.calls;
  }
  return costs;
}

Costs PlatformSide::Seconds() const {
  Costs seconds;
  for (const auto& [name, process] : processes_) seconds[name] = CpuSecondsOf(process);
  return seconds;
}

void PlatformSide::Call(Load::Kind work) {
  switch (work) {
    case Load::kGet:
      return Get();
    case Load::kList:
      return List();
    case Load::kCreate:
      return Create();
  }
}

void PlatformSide::Create() {
  CreateReferralRequest request = letter_;
  const int number = ++created_;
  request.set_request_id(absl::StrCat("platform-", getpid(), "-", number));
  absl::StatusOr<Referral> made;
  // Simultaneous calls of one agency may conflict; a client retries, and that is part of the cost
  // of a create.
  do {
    made = writer_.Call<Referral>(absl::StrCat(kReferrals, "CreateReferral"), "worker", "child_protection",
                                  request);
  } while (absl::IsUnavailable(made.status()));
  if (!made.ok()) e2e::Fail(made.status().ToString());
  if (number == 1) first_ = made->name();
}

void PlatformSide::Get() {
  GetReferralRequest request;
  request.set_name(first_);
  const auto got = reader_.Call<Referral>(absl::StrCat(kReferrals, "GetReferral"), "member",
                                          "criminal_investigation", request);
  if (!got.ok()) e2e::Fail(got.status().ToString());
}

void PlatformSide::List() {
  ListReferralsRequest request;
  request.set_page_size(kListed);
  const auto got = reader_.Call<ListReferralsResponse>(absl::StrCat(kReferrals, "ListReferrals"), "member",
                                                       "criminal_investigation", request);
  if (!got.ok() || got->referrals_size() != kListed) e2e::Fail(got.status().ToString());
}

}  // namespace accord::bench
