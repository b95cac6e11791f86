// The primary of a PostgreSQL pair dies at once, under load, and its replica replaces it. Nothing
// acknowledged is lost, nothing is done twice, and calls succeed again by themselves. ROUNDS says how often
// this is done, with the roles changed each time.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>

#include "absl/strings/match.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

constexpr int kClients = 6;

// The servers start before the processes that use them.
struct Pair {
  Postgres postgres{true};

 protected:
  ~Pair() = default;
};

// These clients send referrals one after the other, and repeat each with its request id until it
// is acknowledged.
class Load {
 public:
  Load(const AgencyClient& society, CreateReferralRequest letter, int round)
      : society_(society), letter_(std::move(letter)) {
    for (int client = 0; client < kClients; ++client) {
      threads_.emplace_back([this, id = absl::StrCat("failover-", getpid(), "-", round, "-", client, "-")] {
        for (int i = 0; !stopping_; ++i) Send(absl::StrCat(id, i));
      });
    }
  }
  ~Load() { Stop(); }

  void Stop() {
    stopping_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }
  int acknowledged() {
    std::lock_guard lock(mutex_);
    return static_cast<int>(names_.size());
  }
  int failed() {
    std::lock_guard lock(mutex_);
    return static_cast<int>(failures_.size());
  }
  // This gives the first success after `time`, or the infinite future if there is none yet.
  absl::Time FirstSuccessAfter(absl::Time time) {
    std::lock_guard lock(mutex_);
    const auto first = successes_.upper_bound(time);
    return first == successes_.end() ? absl::InfiniteFuture() : *first;
  }
  // After Stop, these give the name that each request id was answered with, how many calls failed, and how.
  const std::map<std::string, std::string>& names() const { return names_; }
  const std::multiset<std::string>& failures() const { return failures_; }

 private:
  void Send(const std::string& id) {
    CreateReferralRequest request = letter_;
    request.set_request_id(id);
    for (;;) {
      const auto sent =
          society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", request);
      std::unique_lock lock(mutex_);
      if (sent.ok()) {
        names_[id] = sent->name();
        successes_.insert(absl::Now());
        return;
      }
      const bool says_when = absl::StrContains(StatusDetails(sent.status()), "RetryInfo");
      failures_.insert(absl::StrCat(absl::StatusCodeToString(sent.status().code()), " ",
                                    RuleOf(sent.status()), says_when ? "" : " without RetryInfo"));
      lock.unlock();
      // This is the pause that RetryInfo asks for, if that is shorter.
      absl::SleepFor(absl::Milliseconds(50));
    }
  }

  const AgencyClient society_;
  const CreateReferralRequest letter_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::map<std::string, std::string> names_;
  std::set<absl::Time> successes_;
  std::multiset<std::string> failures_;
  std::vector<std::thread> threads_;
};

class FailOver : protected Pair, public ACase {
 protected:
  FailOver() : ACase(false, &postgres) {}

  // This gives what the service has, keyed by request id.
  std::map<std::string, std::vector<std::string>> Written() {
    std::map<std::string, std::vector<std::string>> written;
    host::v1::ListRevisionKeysRequest list;
    list.set_page_size(1000);
    for (;;) {
      const auto keys = stack_.Console().Call<host::v1::ListRevisionKeysResponse>(
          "/accord.protocols.v1.RevisionService/ListRevisionKeys", "admin", "administration", list);
      EXPECT_OK(keys);
      if (!keys.ok() || keys->revisions().empty()) return written;
      for (const auto& key : keys->revisions()) {
        if (absl::StrContains(key.name(), "/referrals/")) written[key.request_id()].push_back(key.name());
      }
      list.set_after_sequence(keys->revisions().rbegin()->sequence());
    }
  }
  audit::v1::Checkpoint LogHead() {
    auto head = stack_.Console().Call<audit::v1::Checkpoint>(kAudit + "GetCheckpoint", "admin", "",
                                                             audit::v1::GetCheckpointRequest());
    EXPECT_OK(head);
    return head.value_or(audit::v1::Checkpoint());
  }
  void ExpectLogExtends(const audit::v1::Checkpoint& before) {
    const audit::v1::Checkpoint now = LogHead();
    audit::v1::GetConsistencyProofRequest prove;
    prove.set_from_size(before.tree_size());
    prove.set_to_size(now.tree_size());
    const auto proof = stack_.Console().Call<audit::v1::ConsistencyProof>(kAudit + "GetConsistencyProof",
                                                                          "admin", "", prove);
    ASSERT_OK(proof);
    EXPECT_TRUE(merkle::VerifyConsistency(before.tree_size(), now.tree_size(), before.root_hash(),
                                          now.root_hash(), {proof->path().begin(), proof->path().end()}));
  }

  void Round(int round, const AgencyClient& society, const Protocol& protocol) {
    Load load(society, Letter(protocol), round);
    const int enough = 30 + static_cast<int>(random_() % 60);
    ASSERT_TRUE(Eventually([&] { return load.acknowledged() >= enough; }, absl::Seconds(60)));
    const audit::v1::Checkpoint before = LogHead();
    const absl::Time killed = absl::Now();
    postgres.KillLeader();
    // Every other round waits for a while, in which calls fail.
    const int failed = load.failed() + (round % 2 == 0 ? 60 : 0);
    ASSERT_TRUE(Eventually([&] { return load.failed() >= failed; }, absl::Seconds(60)));
    postgres.Promote();
    const absl::Time promoted = absl::Now();
    const int so_far = load.acknowledged();
    ASSERT_TRUE(Eventually(
        [&] { return load.acknowledged() >= so_far + 30 && load.FirstSuccessAfter(promoted) < absl::Now(); },
        absl::Seconds(60)));
    load.Stop();

    const auto written = Written();
    int lost = 0, twice = 0;
    for (const auto& [id, name] : load.names()) {
      const auto found = written.find(id);
      if (found == written.end()) {
        ++lost;
      } else if (found->second != std::vector{name}) {
        ++twice;
      }
    }
    std::printf(
        "round %d: %zu acknowledged, %zu calls failed; promoted %.2f s after the kill, first success %.2f s "
        "after "
        "that; lost %d, twice %d\n",
        round, load.names().size(), load.failures().size(), absl::ToDoubleSeconds(promoted - killed),
        absl::ToDoubleSeconds(load.FirstSuccessAfter(promoted) - promoted), lost, twice);
    std::fflush(stdout);
    EXPECT_EQ(lost, 0);
    EXPECT_EQ(twice, 0);
    for (const auto& failure : load.failures()) {
      EXPECT_TRUE(absl::StartsWith(failure, "UNAVAILABLE ") && !absl::EndsWith(failure, "without RetryInfo"))
          << failure;
    }
    ExpectLogExtends(before);
    postgres.Follow();
  }

  std::mt19937 random_{std::random_device{}()};
};

TEST_F(FailOver, LosesNothingAcknowledgedDoesNothingTwiceAndHealsByItself) {
  const AgencyClient society =
      Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR}, {"worker", ROLE_CAS_WORKER}});
  const AgencyClient police = Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}});
  const Protocol protocol = Agree(society, police);
  const char* rounds = std::getenv("ROUNDS");
  for (int round = 1; round <= (rounds != nullptr ? std::atoi(rounds) : 2) && !HasFailure(); ++round) {
    Round(round, society, protocol);
  }
}

// A service that is started while no server leads waits for one.
TEST_F(FailOver, WhatStartsMeanwhileServesAfterwards) {
  postgres.KillLeader();
  for (const char* name : {"protocols", "audit", "registry"}) {
    stack_.Kill(name);
    stack_.Launch(name);
  }
  EXPECT_THAT(stack_.Console()
                  .Call<audit::v1::Checkpoint>(kAudit + "GetCheckpoint", "admin", "",
                                               audit::v1::GetCheckpointRequest())
                  .status(),
              ::testing::AnyOf(FailsWith(absl::StatusCode::kUnavailable, ""),
                               FailsWith(absl::StatusCode::kDeadlineExceeded, "")));
  postgres.Promote();
  const absl::Time promoted = absl::Now();
  stack_.AwaitGateway();
  std::printf("every service answers %.2f s after the promotion\n",
              absl::ToDoubleSeconds(absl::Now() - promoted));
}

}  // namespace
}  // namespace accord::e2e
