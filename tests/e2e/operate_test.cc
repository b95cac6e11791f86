// These tests do the work of people who operate Accord, with the real accordctl and the real processes.
#include <atomic>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_join.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class Operating : public ACase {
 protected:
  Operating()
      : society_(Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR},
                                    {"worker", ROLE_CAS_WORKER},
                                    {"privacy", ROLE_PRIVACY_OFFICER}})),
        police_(Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}})) {
    SetContext("office", stack_.console_files(), "admin", "administration");
    SetContext("society", identities_.at("cas-york"), "privacy", "privacy_review");
  }

  std::string Path(const std::string& name) const { return stack_.directory().path(name); }
  Ran Ctl(const std::string& words) const { return Accordctl(stack_)(words); }
  Ran Office(const std::string& words) const { return Ctl("--context office " + words); }
  void SetContext(const std::string& name, const testing::TestCertificate& identity, const std::string& actor,
                  const std::string& purpose) {
    Accordctl(stack_).SetContext(name, identity, actor, purpose);
  }
  std::string Configs() const {
    return absl::StrJoin(Processes(), " ", [&](std::string* line, const std::string& name) {
      absl::StrAppend(line, stack_.config(name));
    });
  }
  // This gives the first file that a process's configuration names for `field`.
  std::string FileOf(const std::string& name, const std::string& field) const {
    const std::string text = testing::Slurp(stack_.config(name)), before = field + ": \"";
    EXPECT_THAT(text, HasSubstr(before));
    const std::size_t at = text.find(before) + before.size();
    return text.substr(at, text.find('"', at) - at);
  }
  std::string LogKey() const { return FileOf("registry", "log_public_key_file"); }

  absl::StatusOr<Referral> Send(const Protocol& protocol) {
    return society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection",
                                   Letter(protocol));
  }
  bool Reads(const std::string& name) const {
    GetReferralRequest get;
    get.set_name(name);
    return police_.Call<Referral>(kReferrals + "GetReferral", "member", "criminal_investigation", get).ok();
  }
  void EndAll() {
    for (const auto& name : Processes()) stack_.Kill(name);
  }
  void StartAll() {
    for (const auto& name : Processes()) stack_.Launch(name);
    stack_.AwaitGateway();
  }

  AgencyClient society_, police_;
  const bool postgres_ = Postgres::OfEnvironment() != nullptr;
};

TEST_F(Operating, StatusTellsOfEveryServiceAndOfTheOneThatDied) {
  const Ran well = Office("status -o json");
  ASSERT_EQ(well.code, 0) << well.said;
  const auto parsed = nlohmann::json::parse(well.said);
  EXPECT_EQ(parsed["services"].size(), Processes().size() - 1);
  EXPECT_THAT(parsed["gateway"].get<std::string>(), ::testing::MatchesRegex("gateway(-1)? 0\\.1\\.0\\+.*"));
  for (const auto& service : parsed["services"]) {
    const auto& status = service["status"];
    EXPECT_EQ(service["answer"], "ok") << service;
    EXPECT_EQ(status["database"], postgres_ ? "DATABASE_KIND_POSTGRESQL" : "DATABASE_KIND_SQLITE") << service;
    EXPECT_EQ(status["schema_applied"], status["schema_known"]) << service;
    EXPECT_THAT(status["version"].get<std::string>(), ::testing::StartsWith("0.1.0+"));
    EXPECT_EQ(status.contains("primary"), postgres_) << "of SQLite nothing is invented";
  }
  EXPECT_GT(parsed["audit"]["size"], 0);
  EXPECT_FALSE(parsed["audit"].contains("witnessed_time"));
  const Ran witnessed = Ctl("--context society audit witness --key " + Path("witness.key"));
  ASSERT_EQ(witnessed.code, 0) << witnessed.said;
  EXPECT_THAT(Office("status").said, HasSubstr("witnessed at "));

  // Others learn that services answer, and nothing about how they are built.
  const Ran others = Ctl("--context society status");
  EXPECT_EQ(others.code, 0) << others.said;
  EXPECT_THAT(others.said, Not(HasSubstr("0.1.0+")));

  stack_.Kill("training");
  const Ran ill = Office("--timeout 3 status -o json");
  EXPECT_EQ(ill.code, 7) << ill.said;
  EXPECT_THAT(ill.said, HasSubstr("UNAVAILABLE"));
}

TEST_F(Operating, ABackupMadeWhileWorkGoesOnComesBackWhole) {
  const Protocol protocol = Agree(society_, police_);
  std::mutex mutex;
  std::vector<std::string> sent;
  std::atomic<bool> stop{false};
  std::thread work([&] {
    while (!stop) {
      const auto referral = Send(protocol);
      std::lock_guard lock(mutex);
      if (referral.ok()) sent.push_back(referral->name());
    }
  });
  const auto count = [&] {
    std::lock_guard lock(mutex);
    return sent.size();
  };
  ASSERT_TRUE(Eventually([&] { return count() >= 5; }));
  const std::size_t before = count();
  const Ran backup = Ctl(absl::StrCat("backup ", Configs(), " --out ", Path("backup")));
  stop = true;
  work.join();
  ASSERT_EQ(backup.code, 0) << backup.said;
  const std::string restore = absl::StrCat("restore ", Configs(), " --from ", Path("backup"));
  EXPECT_THAT(Ctl(restore + " --replace").said, HasSubstr("LOG_AHEAD")) << "the log went on since";
  const Ran running = Ctl(restore + " --replace --forget-log");
  EXPECT_EQ(running.code, 5) << running.said;
  EXPECT_THAT(running.said, HasSubstr("DATABASE_IN_USE"));

  EndAll();
  const Ran full = Ctl(restore);
  EXPECT_EQ(full.code, 5) << full.said;
  EXPECT_THAT(full.said, HasSubstr("DATABASE_NOT_EMPTY"));
  // The disk is new, but on PostgreSQL the server stays the same.
  for (const auto& name : Processes()) {
    if (name == "gateway") continue;
    for (const auto& file : fs::directory_iterator(stack_.data(name))) fs::remove_all(file);
  }
  const Ran restored = Ctl(restore + (postgres_ ? " --replace --forget-log" : ""));
  ASSERT_EQ(restored.code, 0) << restored.said;
  for (const auto& name : Processes()) {
    if (name != "gateway") stack_.Migrate({name});
  }
  StartAll();
  for (std::size_t i = 0; i < before; ++i) EXPECT_TRUE(Reads(sent[i])) << "sent before the backup: " << i;
  const Ran reconciled = Office("audit reconcile --older-than-seconds 0");
  EXPECT_EQ(reconciled.code, 0) << reconciled.said;
  EXPECT_THAT(reconciled.said, HasSubstr("accord.protocols.v1.RevisionService"));
  EXPECT_THAT(restored.said, HasSubstr("protocols: the log is 0 changes ahead")) << "all is of one instant";
  const Ran verified = Office("audit verify --public-key " + LogKey());
  EXPECT_EQ(verified.code, 0) << verified.said;
}

TEST_F(Operating, AnOldAuditLogDoesNotComeBackUnnoticed) {
  ASSERT_EQ(Ctl(absl::StrCat("backup ", Configs(), " --out ", Path("backup"))).code, 0);
  const Ran witnessed = Ctl("--context society audit witness --key " + Path("witness.key"));
  ASSERT_EQ(witnessed.code, 0) << witnessed.said;
  EndAll();
  const Ran restored = Ctl(absl::StrCat("restore ", Configs(), " --from ", Path("backup"), " --replace"));
  EXPECT_EQ(restored.code, 8) << restored.said;
  EXPECT_THAT(restored.said, HasSubstr("LOG_REWOUND"));
  StartAll();
  EXPECT_EQ(Office("audit verify --public-key " + LogKey()).code, 0) << "nothing was touched";
}

TEST_F(Operating, TheSealingKeyIsChangedWhileRecordsStayReadable) {
  const Protocol protocol = Agree(society_, police_);
  const std::string name = Must(Send(protocol)).name();
  const std::string rotate = "rotate-keys seal " + stack_.config("protocols");
  for (const char* step : {" --add", " --promote"}) {
    const Ran ran = Ctl(rotate + step);
    ASSERT_EQ(ran.code, 0) << ran.said;
    EXPECT_TRUE(Reads(name)) << "before the restart that follows " << step;
    stack_.KillAndRestart("protocols");
    EXPECT_TRUE(Reads(name)) << "after" << step;
  }
  EXPECT_EQ(Ctl(rotate + " --retire").code, 5) << "rows are under the old key";
  const Ran resealed = Ctl(rotate + " --reseal");
  ASSERT_EQ(resealed.code, 0) << resealed.said;
  EXPECT_THAT(resealed.said, HasSubstr("resealed"));
  const Ran retired = Ctl(rotate + " --retire");
  ASSERT_EQ(retired.code, 0) << retired.said;
  stack_.KillAndRestart("protocols");
  EXPECT_TRUE(Reads(name)) << "under the new key alone";
  EXPECT_OK(Send(protocol));
}

TEST_F(Operating, TheGatewaysKeyIsChangedWhileCallersAreAccepted) {
  const Protocol protocol = Agree(society_, police_);
  const std::string name = Must(Send(protocol)).name();
  const std::string rotate = absl::StrCat("rotate-keys assertion ", Configs());
  const auto restart_services = [&] {
    for (const auto& each : Processes()) {
      if (each != "gateway") stack_.KillAndRestart(each);
    }
  };
  ASSERT_EQ(Ctl(rotate + " --add").code, 0);
  restart_services();
  EXPECT_TRUE(Reads(name));
  ASSERT_EQ(Ctl(rotate + " --promote").code, 0);
  stack_.KillAndRestart("gateway");
  EXPECT_TRUE(Reads(name));
  const Ran retired = Ctl(rotate + " --retire");
  ASSERT_EQ(retired.code, 0) << retired.said;
  restart_services();
  EXPECT_TRUE(Reads(name));
}

TEST_F(Operating, TheLogsKeyIsChangedAndVerifiersFollow) {
  ASSERT_EQ(Ctl("--context society audit witness --key " + Path("witness.key")).code, 0);
  ASSERT_EQ(Office("audit verify --state " + Path("seen.json") + " --public-key " + LogKey()).code, 0);
  EndAll();
  const std::string old = LogKey();
  const Ran rotated = Ctl(absl::StrCat("rotate-keys checkpoint ", stack_.config("audit"), " ",
                                       stack_.config("registry"), " --add"));
  ASSERT_EQ(rotated.code, 0) << rotated.said;
  StartAll();
  const std::string fresh = LogKey();
  ASSERT_NE(fresh, old);
  EXPECT_EQ(Office("audit verify --state " + Path("seen.json")).code, 8) << "the old key signs no longer";
  const Ran verified =
      Office(absl::StrCat("audit verify --state ", Path("seen.json"), " --public-key ", fresh));
  EXPECT_EQ(verified.code, 0) << verified.said;
  EXPECT_THAT(verified.said, HasSubstr("consistency holds")) << "across the change of the key";
  const Ran witnessed = Ctl(
      absl::StrCat("--context society audit witness --key ", Path("witness.key"), " --public-key ", fresh));
  EXPECT_EQ(witnessed.code, 0) << witnessed.said;
}

// Each call is recorded, so reading a proof must not be a call.
TEST_F(Operating, CheckingTheLogWritesAFewRecordsHoweverMuchItProves) {
  const auto size = [&] {
    registry::v1::GetAgencyRequest get;
    get.set_name("agencies/cas-york");
    for (int i = 0; i < 40; ++i) {
      EXPECT_OK(society_.Call<registry::v1::Agency>("/accord.registry.v1.RegistryService/GetAgency", "worker",
                                                    "child_protection", get));
    }
    return nlohmann::json::parse(Office("get checkpoint -o json").said)["tree_size"].get<std::string>();
  };
  const auto records = [&](const std::string& words) {
    const int64_t before = std::stoll(size());
    const Ran ran = Ctl(absl::StrCat("--context society audit ", words, " --public-key ", LogKey()));
    EXPECT_EQ(ran.code, 0) << ran.said;
    // The 40 entries and the question itself are not counted.
    return std::stoll(size()) - before - 41;
  };
  // The log itself records, seconds later, what the registry made of its configuration at the start.
  EXPECT_TRUE(Eventually([&] {
    return Ctl("--context society list entries -o json").said.find("PHASE_RECOVERED") != std::string::npos;
  }));
  for (int run = 0; run < 3; ++run) EXPECT_LE(records("verify"), 6) << run;
  EXPECT_LE(records("export --out " + Path("export.jsonl")), 6);
  EXPECT_LE(records("tiles --out " + Path("tiles")), 6);
  EXPECT_TRUE(fs::exists(Path("tiles/checkpoint")));
  EXPECT_TRUE(fs::exists(Path("tiles/tile/0/000")));
}

TEST_F(Operating, TheDoctorFindsNothingThenWhatWasBroken) {
  const std::string ask = absl::StrCat("doctor ", Configs(), " --public-key ", LogKey());
  const Ran well = Office(ask);
  EXPECT_EQ(well.code, 0) << well.said;
  EXPECT_THAT(well.said, Not(HasSubstr("PROBLEM")));
  for (const auto& name : Processes()) EXPECT_THAT(well.said, HasSubstr("is a configuration of " + name));
  EXPECT_THAT(well.said, HasSubstr("audit log has"));
  EXPECT_THAT(well.said, HasSubstr("have certificates beyond 30 days"));

  const std::string key = FileOf("protocols", "index_key_file");
  fs::permissions(key, fs::perms(0644));
  std::FILE* file = std::fopen(stack_.config("training").c_str(), "a");
  std::fputs("no_such_field: 1\n", file);
  std::fclose(file);
  stack_.Kill("training");
  const Ran ill = Office("--timeout 3 " + ask);
  EXPECT_EQ(ill.code, 1) << ill.said;
  EXPECT_THAT(ill.said, HasSubstr("chmod 600 " + key));
  EXPECT_THAT(ill.said, HasSubstr("no_such_field"));
  EXPECT_THAT(ill.said, HasSubstr("PROBLEM  training does not answer"));
  EXPECT_THAT(ill.said, HasSubstr("problems found"));

  stack_.Kill("gateway");
  const Ran alone = Office(ask);
  EXPECT_EQ(alone.code, 1);
  EXPECT_THAT(alone.said, HasSubstr("nobody answers at " + stack_.address()));
}

}  // namespace
}  // namespace accord::e2e
