// These tests carry out the losses of docs/continuity.md and measure them: a database dies, the log's disk is
// gone, or a whole site is. What the page says may be lost is lost here, and nothing else.
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/case.h"
#include "tests/e2e/log_entries.h"

namespace accord::e2e {
namespace {

constexpr char kDatabase[] = "the database";
constexpr char kLogDisk[] = "the log's disk";
constexpr char kSite[] = "a site";

// This gives the machine's part of the time after which Accord serves again, as the page states it
// in seconds.
absl::Duration StatedFor(const std::string& lost) {
  const std::string page = testing::Slurp(Env("ACCORD_SOURCE_DIR") + "/docs/continuity.md");
  for (const absl::string_view line : absl::StrSplit(page, '\n')) {
    const std::vector<absl::string_view> cells = absl::StrSplit(line, '|');
    if (cells.size() < 4 || absl::StripAsciiWhitespace(cells[1]) != lost) continue;
    int seconds = 0;
    if (absl::SimpleAtoi(absl::StripSuffix(absl::StripAsciiWhitespace(cells[3]), " s"), &seconds)) {
      return absl::Seconds(seconds);
    }
  }
  Fail(absl::StrCat("docs/continuity.md states no seconds for ", lost));
}

// This is a referral that was acknowledged to its sender.
struct Acknowledged {
  CreateReferralRequest letter;
  std::string name;
};

class Drill : public ACase {
 protected:
  explicit Drill(Postgres* database)
      : ACase(false, database),
        society_(EnrolSociety()),
        police_(EnrolPolice()),
        protocol_(Agree(society_, police_)),
        ctl_(stack_) {
    ctl_.SetContext("office", stack_.console_files(), "admin", "administration");
  }

  std::string Path(const std::string& name) const { return stack_.directory().path(name); }
  std::string Configs() const {
    return absl::StrJoin(Processes(), " ", [&](std::string* line, const std::string& name) {
      absl::StrAppend(line, stack_.config(name));
    });
  }
  static std::vector<std::string> Services() { return {Processes().begin(), Processes().end() - 1}; }

  absl::StatusOr<Referral> Try(const CreateReferralRequest& letter) const {
    return society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", letter);
  }
  std::vector<Acknowledged> Send(int count) {
    std::vector<Acknowledged> sent;
    for (int i = 0; i < count; ++i) {
      const CreateReferralRequest letter = Letter(protocol_);
      const auto referral = Try(letter);
      EXPECT_OK(referral);
      if (referral.ok()) sent.push_back({letter, referral->name()});
    }
    return sent;
  }
  absl::Status Read(const AgencyClient& client, const std::string& actor, const std::string& purpose,
                    const Acknowledged& sent) const {
    GetReferralRequest get;
    get.set_name(sent.name);
    return client.Call<Referral>(kReferrals + "GetReferral", actor, purpose, get).status();
  }
  absl::Status ReadBySender(const Acknowledged& sent) const {
    return Read(society_, "worker", "child_protection", sent);
  }

  void BackUp() const {
    const Ran made = ctl_(absl::StrCat("backup ", Configs(), " --out ", Path("backup")));
    ASSERT_EQ(made.code, 0) << made.said;
  }
  void Restore(const std::string& options) const {
    const Ran back = ctl_(absl::StrCat("restore ", Configs(), " --from ", Path("backup"), options));
    ASSERT_EQ(back.code, 0) << back.said;
  }
  void StartAll() {
    stack_.Migrate(Services());
    for (const auto& name : Processes()) stack_.Launch(name);
    stack_.AwaitGateway();
  }

  // A referral is acknowledged again no later than the page states.
  void ExpectServedInTime(const std::string& what, absl::Time lost) {
    const absl::Duration stated = StatedFor(what);
    ASSERT_TRUE(Eventually([&] { return Try(Letter(protocol_)).ok(); }, stated)) << what;
    const absl::Duration took = absl::Now() - lost;
    std::printf("drill: without %s a referral is acknowledged again after %.1f s\n", what.c_str(),
                absl::ToDoubleSeconds(took));
    std::fflush(stdout);
    EXPECT_LE(took, stated) << what;
  }

  const AgencyClient society_, police_;
  const Protocol protocol_;
  const Accordctl ctl_;
};

// The servers start before the processes that use them.
struct ServerAndReplica {
  Postgres postgres{true};

 protected:
  ~ServerAndReplica() = default;
};

class DatabaseDrill : protected ServerAndReplica, public Drill {
 protected:
  DatabaseDrill() : Drill(&postgres) {}
};

TEST_F(DatabaseDrill, ADatabaseDiesAndNothingThatWasAcknowledgedIsLost) {
  const std::vector<Acknowledged> sent = Send(10);
  ASSERT_EQ(sent.size(), 10u);
  const absl::Time lost = absl::Now();
  postgres.KillLeader();
  EXPECT_THAT(Try(Letter(protocol_)).status(),
              ::testing::AnyOf(FailsWith(absl::StatusCode::kUnavailable, ""),
                               FailsWith(absl::StatusCode::kDeadlineExceeded, "")))
      << "nothing is acknowledged meanwhile";
  postgres.Promote();
  ExpectServedInTime(kDatabase, lost);
  for (const Acknowledged& each : sent) EXPECT_OK(ReadBySender(each));
}

// The log has a disk of its own.
class LogDrill : public Drill {
 protected:
  LogDrill() : Drill(nullptr) {}

  // This gives what the log tells the society.
  std::vector<audit::v1::AuditRecord> Told() const { return EntriesShown(society_, false); }
  std::set<std::string> ChangesToldOf(const std::string& actor) const {
    std::set<std::string> requests;
    for (const auto& record : Told()) {
      if (record.actor() == actor && !record.resources().empty()) requests.insert(record.request_id());
    }
    return requests;
  }
  int ReadsToldOf(const std::string& actor) const {
    int reads = 0;
    for (const auto& record : Told()) {
      reads += record.actor() == actor && record.method() == kReferrals + "GetReferral";
    }
    return reads;
  }
  // This compares with what was seen of the log before, which the state file remembers.
  Ran Verify() const {
    const std::string config = testing::Slurp(stack_.config("registry")), before = "log_public_key_file: \"";
    const std::size_t key = config.find(before) + before.size();
    return ctl_(absl::StrCat("--context office audit verify --state ", Path("seen.json"), " --public-key ",
                             config.substr(key, config.find('"', key) - key)));
  }
};

TEST_F(LogDrill, TheDiskOfTheLogIsLostAndTheLogTellsOfEveryChangeAgain) {
  const Ran seen = Verify();
  ASSERT_EQ(seen.code, 0) << seen.said;
  BackUp();
  const std::vector<Acknowledged> sent = Send(5);
  ASSERT_EQ(sent.size(), 5u);
  ASSERT_OK(Read(police_, "member", "criminal_investigation", sent[0]));
  ASSERT_EQ(ReadsToldOf("member"), 1);

  const absl::Time lost = absl::Now();
  stack_.Kill("audit");
  for (const auto& file : std::filesystem::directory_iterator(stack_.data("audit"))) {
    std::filesystem::remove_all(file);
  }
  EXPECT_EQ(Try(Letter(protocol_)).status().code(), absl::StatusCode::kUnavailable)
      << "nothing is acknowledged that no log holds";
  for (const auto& name : Processes()) {
    if (name != "audit") stack_.Kill(name);
  }
  Restore(" --only audit");
  StartAll();
  ExpectServedInTime(kLogDisk, lost);

  for (const Acknowledged& each : sent) EXPECT_OK(ReadBySender(each));
  const Ran reconciled = ctl_("--context office audit reconcile --older-than-seconds 0");
  EXPECT_EQ(reconciled.code, 0) << reconciled.said;
  const std::set<std::string> told = ChangesToldOf("worker");
  for (const Acknowledged& each : sent) EXPECT_TRUE(told.contains(each.letter.request_id())) << each.name;
  EXPECT_EQ(ReadsToldOf("member"), 0) << "who read since the backup is lost, as the page states";
  const Ran verified = Verify();
  EXPECT_EQ(verified.code, 0) << verified.said;
  EXPECT_THAT(verified.said, ::testing::HasSubstr("consistency holds"));
}

struct TwoSites {
  Postgres first, second;

 protected:
  ~TwoSites() = default;
};

class SiteDrill : protected TwoSites, public Drill {
 protected:
  SiteDrill() : Drill(&first) {}
};

TEST_F(SiteDrill, ASiteIsLostAndTheOtherServesWhatTheLastBackupHolds) {
  const std::vector<Acknowledged> kept = Send(5);
  BackUp();
  const std::vector<Acknowledged> since = Send(3);
  ASSERT_EQ(kept.size() + since.size(), 8u);

  const absl::Time lost = absl::Now();
  for (const auto& name : Processes()) stack_.Kill(name);
  first.KillLeader();
  const std::string database = second.NewDatabase();
  for (const std::string& service : Services()) stack_.UseDatabase(service, second, database);
  Restore("");
  StartAll();
  ExpectServedInTime(kSite, lost);

  for (const Acknowledged& each : kept) EXPECT_OK(ReadBySender(each));
  for (const Acknowledged& each : since) {
    EXPECT_TRUE(absl::IsNotFound(ReadBySender(each))) << "acknowledged after the backup, as the page states";
    EXPECT_OK(Try(each.letter)) << "and is sent again";
  }
}

}  // namespace
}  // namespace accord::e2e
