// These tests show, on the real processes, what is promised of the audit log and of sealing: there is no
// answer without a record, and nothing personal where it does not belong.
#include <arpa/inet.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "accord/audit/v1/audit_service.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "tests/e2e/case.h"
#include "tests/e2e/log_entries.h"

namespace accord::e2e {
namespace {

// This gives the metrics page of a process at `place`, which is IP:PORT.
std::string Metrics(const std::string& place) {
  const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  const std::size_t colon = place.rfind(':');
  inet_pton(AF_INET, place.substr(0, colon).c_str(), &address.sin_addr);
  address.sin_port = htons(static_cast<uint16_t>(std::stoi(place.substr(colon + 1))));
  std::string text;
  const std::string ask = "GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n";
  if (connect(socket_fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0 &&
      write(socket_fd, ask.data(), ask.size()) == static_cast<ssize_t>(ask.size())) {
    char buffer[4096];
    for (ssize_t n; (n = read(socket_fd, buffer, sizeof(buffer))) > 0;) {
      text.append(buffer, static_cast<std::size_t>(n));
    }
  }
  close(socket_fd);
  return text;
}

class TheLog : public ACase {
 protected:
  explicit TheLog(bool metrics = false) : ACase(metrics), society_(EnrolSociety()), police_(EnrolPolice()) {}
  Referral Send(const CreateReferralRequest& letter) {
    auto sent = society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", letter);
    EXPECT_OK(sent);
    return sent.value_or(Referral());
  }
  bool Reads(const Referral& referral) {
    GetReferralRequest get;
    get.set_name(referral.name());
    return police_.Call<Referral>(kReferrals + "GetReferral", "member", "criminal_investigation", get).ok();
  }
  // This makes 1,000 calls, of which one in four is a write, and expects that none succeeds and no bytes of
  // answers come.
  void ExpectNothingAnswered(const Protocol& protocol, const Referral& referral) {
    std::atomic<int> succeeded{0};
    std::atomic<std::size_t> bytes{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 10; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 100; ++i) {
          std::size_t received = 0;
          bool ok = false;
          if (i % 4 == 0) {
            CreateReferralRequest letter = Letter(protocol);
            letter.set_request_id(absl::StrCat("closed-", getpid(), "-", t, "-", i));
            ok = society_
                     .CallBytes(kReferrals + "CreateReferral",
                                {{"accord-actor", "worker"}, {"accord-purpose", "child_protection"}},
                                letter.SerializeAsString(), &received)
                     .ok();
          } else {
            GetReferralRequest get;
            get.set_name(referral.name());
            ok = police_
                     .CallBytes(kReferrals + "GetReferral",
                                {{"accord-actor", "member"}, {"accord-purpose", "criminal_investigation"}},
                                get.SerializeAsString(), &received)
                     .ok();
          }
          succeeded += ok;
          bytes += received;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(succeeded, 0);
    EXPECT_EQ(bytes, 0u);
  }

  // RecoverOnce makes one call of RecoverRecords, and Recover makes as many as it takes.
  absl::StatusOr<audit::v1::RecoverRecordsResponse> RecoverOnce(const AgencyClient& as) {
    audit::v1::RecoverRecordsRequest ask;
    ask.set_request_id(RequestId());
    ask.set_older_than_seconds(0);
    return as.Call<audit::v1::RecoverRecordsResponse>(kAudit + "RecoverRecords", "admin", "administration",
                                                      ask);
  }
  std::vector<std::string> Recover() {
    std::vector<std::string> recovered;
    for (;;) {
      const auto answer = RecoverOnce(stack_.Console());
      EXPECT_OK(answer);
      if (!answer.ok()) return recovered;
      recovered.insert(recovered.end(), answer->recovered().begin(), answer->recovered().end());
      if (!answer->more()) return recovered;
    }
  }
  // This gives what the society's privacy officer is shown.
  std::vector<audit::v1::AuditRecord> Entries(bool disclosures_only) {
    return EntriesShown(society_, disclosures_only);
  }

  AgencyClient society_, police_;
};

class FailClosed : public TheLog {};

// The audit's folder becomes a small disk of its own, which has what was in the folder.
TEST_F(FailClosed, WithTheAuditDiskFullNothingIsAnsweredAndItResumes) {
  const Protocol protocol = Agree(society_, police_);
  const Referral referral = Send(Letter(protocol));
  stack_.Kill("audit");
  const std::filesystem::path data = stack_.data("audit");
  const std::filesystem::path kept = stack_.directory().path("audit-kept");
  std::filesystem::copy(data, kept, std::filesystem::copy_options::recursive);
  ASSERT_EQ(mount("tmpfs", data.c_str(), "tmpfs", 0, "size=6m"), 0) << "a small disk needs root";
  std::filesystem::copy(kept, data, std::filesystem::copy_options::recursive);
  stack_.Launch("audit");
  stack_.AwaitGateway();
  EXPECT_TRUE(Reads(referral));
  {
    std::ofstream filler(data / "filler", std::ios::binary);
    const std::string block(1024, 'x');
    while (filler.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }
  // The log may hold a few more records in the space that it reserved before, and then none.
  EXPECT_TRUE(Eventually([&] { return !Reads(referral); }));
  ExpectNothingAnswered(protocol, referral);
  std::filesystem::remove(data / "filler");
  EXPECT_TRUE(Eventually([&] { return Reads(referral); }, absl::Seconds(5)));
  stack_.Kill("audit");
  umount2(data.c_str(), MNT_DETACH);
}

TEST_F(FailClosed, WithTheAuditDiskFailingNothingIsAnsweredAndItResumes) {
  const Protocol protocol = Agree(society_, police_);
  const Referral referral = Send(Letter(protocol));
  const std::string pid = absl::StrCat(stack_.pid("audit"));
  const pid_t strace = fork();
  if (strace == 0) {
    execlp("strace", "strace", "-f", "-q", "-o", "/dev/null", "-p", pid.c_str(), "-e",
           "inject=pwrite64,fdatasync,fsync:error=EIO", nullptr);
    _exit(127);
  }
  ASSERT_TRUE(Eventually([&] { return !Reads(referral); })) << "strace does not inject";
  ExpectNothingAnswered(protocol, referral);
  kill(strace, SIGTERM);
  waitpid(strace, nullptr, 0);
  EXPECT_TRUE(Eventually([&] { return Reads(referral); }, absl::Seconds(5)));
}

TEST_F(FailClosed, WithTheAuditStandingStillACallEndsUnansweredAndItResumes) {
  const Protocol protocol = Agree(society_, police_);
  const Referral referral = Send(Letter(protocol));
  stack_.Freeze("audit");
  EXPECT_FALSE(Reads(referral));
  kill(stack_.pid("audit"), SIGCONT);
  EXPECT_TRUE(Eventually([&] { return Reads(referral); }, absl::Seconds(5)));
}

TEST_F(TheLog, AChangeWhoseRecordWasLostIsFoundAndRecordedAsRecovered) {
  const Protocol protocol = Agree(society_, police_);
  const CreateReferralRequest letter = Letter(protocol);
  SendWhileTheLogStandsStill(society_, letter);
  // The service has made the change when the log dies with what it was sent.
  stack_.Kill("audit");
  stack_.Launch("audit");
  stack_.AwaitGateway();
  Recover();
  int told = 0;
  for (const auto& record : Entries(false)) {
    if (record.request_id() != letter.request_id() || record.resources().empty()) continue;
    ++told;
    EXPECT_EQ(record.actor(), "worker");
    EXPECT_THAT(record.resources(0).name(), ::testing::HasSubstr("agencies/cas-york/referrals/"));
  }
  EXPECT_EQ(told, 1);
  EXPECT_THAT(Recover(), ::testing::IsEmpty()) << "once";
}

TEST_F(TheLog, AnAdministratorOfAnotherAgencyReadsNoNamesAndWritesNothingIntoTheLog) {
  const AgencyClient other = Enrol("ps-durham", {{"admin", ROLE_PLATFORM_ADMIN}});
  for (const auto& name : Processes()) {
    if (name == "audit" || name == "gateway") continue;
    const auto keys = other.Call<host::v1::ListRevisionKeysResponse>(
        absl::StrCat("/accord.", name, ".v1.RevisionService/ListRevisionKeys"), "admin", "administration",
        host::v1::ListRevisionKeysRequest());
    EXPECT_EQ(RuleOf(keys.status()), "AGENCY_KIND_NOT_PERMITTED") << name;
  }
  EXPECT_EQ(RuleOf(RecoverOnce(other).status()), "AGENCY_KIND_NOT_PERMITTED");
}

TEST_F(TheLog, NamesThatTheOfficeReadsAreDisclosuresAndThoseThatTheLogComparesAreNot) {
  Agree(society_, police_);
  const std::string method = "/accord.protocols.v1.RevisionService/ListRevisionKeys";
  const auto told = [&] {
    int count = 0;
    for (const auto& record : Entries(true)) count += record.method() == method;
    return count;
  };
  Recover();
  EXPECT_EQ(told(), 0);
  ASSERT_OK(stack_.Console().Call<host::v1::ListRevisionKeysResponse>(method, "admin", "administration",
                                                                      host::v1::ListRevisionKeysRequest()));
  EXPECT_EQ(told(), 1);
}

class Canary : public TheLog {
 protected:
  Canary() : TheLog(true) {}
  // This gives a word that nothing else contains.
  std::string Plant() {
    planted_.push_back(absl::StrCat("canary", planted_.size(), "q7x", planted_.size() * 7919 + 13));
    return planted_.back();
  }
  std::vector<std::string> planted_;
};

TEST_F(Canary, NothingSensitiveIsInDatabasesLogsMetricsErrorsOrTheAudit) {
  const Protocol protocol = Agree(society_, police_);
  std::string said;  // This is what refusals told.
  std::string id;
  for (int n = 0; n < 8; ++n) {
    CreateReferralRequest letter = Letter(protocol);
    letter.mutable_referral()->set_subject_ref(Plant());
    letter.mutable_referral()->set_reporter_belief("I saw " + Plant());
    letter.mutable_referral()->set_youth_wishes(Plant());
    Referral r = Send(letter);
    FlagReferralRequest flag;
    flag.set_name(r.name());
    flag.set_etag(r.etag());
    flag.mutable_flag()->set_text(Plant());
    flag.set_request_id(RequestId());
    r = *society_.Call<Referral>(kReferrals + "FlagReferral", "worker", "child_protection", flag);
    RejectReferralRequest reject;
    reject.set_name(r.name());
    reject.set_etag("stale");
    reject.set_reason(Plant());
    reject.set_request_id(RequestId());
    const auto refuse = [&] {
      return police_.Call<Referral>(kReferrals + "RejectReferral", "supervisor", "criminal_investigation",
                                    reject);
    };
    said += refuse().status().ToString();
    reject.set_etag(r.etag());
    reject.set_request_id(RequestId());
    EXPECT_OK(refuse());
    CreateDisputeRequest dispute;
    dispute.set_parent("agencies/cas-york");
    dispute.mutable_dispute()->set_about(r.name());
    dispute.mutable_dispute()->set_with_agency("ps-york");
    dispute.mutable_dispute()->set_issue(Plant());
    dispute.set_request_id(RequestId());
    EXPECT_OK(society_.Call<Dispute>("/accord.protocols.v1.DisputeService/CreateDispute", "supervisor",
                                     "child_protection", dispute));
  }
  // These are refused for their form, for their role, and for what they ask.
  CreateReferralRequest bad = Letter(protocol);
  bad.mutable_referral()->set_subject_ref(Plant() + std::string(200, 'x'));
  said += society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", bad)
              .status()
              .ToString();
  ListReferralsRequest list;
  list.set_subject_ref(Plant());
  EXPECT_OK(
      society_.Call<ListReferralsResponse>(kReferrals + "ListReferrals", "worker", "child_protection", list));
  ASSERT_EQ(planted_.size(), 50u);

  std::map<std::string, std::string> places = stack_.Written();
  places["refusals"] = said;
  for (const auto& name : Processes()) {
    places["metrics of " + name] = Metrics(stack_.metrics_address(name));
    EXPECT_THAT(places["metrics of " + name], ::testing::HasSubstr("# TYPE"));
  }
  EXPECT_GT(places.size(), 12u);
  std::string databases = places["what the database holds"];
  for (const auto& [place, text] : places) {
    if (place.find("-data/") != std::string::npos) databases += text;
    for (const auto& word : planted_) {
      EXPECT_EQ(text.find(word), std::string::npos) << word << " is in " << place;
    }
  }
  // The search looks where the records are.
  EXPECT_THAT(databases, ::testing::HasSubstr(protocol.name()));
}

}  // namespace
}  // namespace accord::e2e
