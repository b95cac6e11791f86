// This tests `accordctl pki` through its command line.
#include <gmock/gmock.h>

#include <filesystem>

#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/pki/certificate_check.h"
#include "common/testing/matchers.h"
#include "common/testing/pki.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::Not;

class Pki : public ::testing::Test {
 protected:
  // These are the arguments after `pki`.
  absl::Status Run(const std::vector<std::string>& words) {
    CLI::App app("accordctl");
    CommandSession session;
    AddGlobalOptions(&app, &session);
    AddPkiCommands(&app, &session);
    std::vector<std::string> line(words.rbegin(), words.rend());
    line.push_back("pki");
    app.parse(line);
    ::testing::internal::CaptureStdout();
    const absl::Status status = session.action();
    ::testing::internal::GetCapturedStdout();
    return status;
  }
  absl::Status Sign(const std::string& agency, const std::string& system, const std::string& days = "90") {
    return Run({"sign", "--ca", At("pki"), "--csr", At("york/client.csr"), "--agency", agency, "--system",
                system, "--days", days, "--out", At("client.crt")});
  }
  void PutAuthority(absl::Time made, int days) {
    const auto authority = *pki::Authority::Create("Agencies", days, made);
    ASSERT_OK(WriteFile(At("pki/agency-ca.crt"), authority.certificate_pem(), FileKind::kPublic));
    ASSERT_OK(WriteFile(At("pki/agency-ca.key"), authority.key_pem(), FileKind::kSecret));
  }
  std::string At(const std::string& name) const { return directory_.path(name); }
  testing::TempDir directory_;
};

TEST_F(Pki, OfAnExpiredAuthoritySignsNothing) {
  ASSERT_OK(Run({"csr", "--out", At("york")}));
  PutAuthority(absl::Now() - absl::Hours(24 * 20), 10);
  const absl::Status expired = Sign("cas-york", "cms");
  EXPECT_EQ(accord::RuleOf(expired), "AUTHORITY_EXPIRED");
  EXPECT_TRUE(absl::IsFailedPrecondition(expired));
  PutAuthority(absl::Now() + absl::Hours(48), 10);
  EXPECT_EQ(accord::RuleOf(Sign("cas-york", "cms")), "AUTHORITY_NOT_YET_VALID");
  EXPECT_FALSE(fs::exists(At("client.crt")));
  PutAuthority(absl::Now(), 10);
  ASSERT_OK(Sign("cas-york", "cms"));
  EXPECT_LE(pki::ReadCertificate(testing::Slurp(At("client.crt")))->not_after,
            absl::Now() + absl::Hours(24 * 10));
}

TEST_F(Pki, SignsForAnIdAndForDaysWithinReason) {
  ASSERT_OK(Run({"csr", "--out", At("york")}));
  PutAuthority(absl::Now(), 3650);
  for (const char* agency :
       {"a,DNS:evil.example", "a\nDNS:evil", "a/system/b", "@section", "a, URI:spiffe://b", ""}) {
    EXPECT_EQ(accord::RuleOf(Sign(agency, "cms")), "FIELD_INVALID") << agency;
    EXPECT_EQ(accord::RuleOf(Sign("cas-york", agency)), "FIELD_INVALID") << agency;
  }
  for (const char* days : {"-1", "0", "399", "2147483647"}) {
    EXPECT_EQ(accord::RuleOf(Sign("cas-york", "cms", days)), "FIELD_INVALID") << days;
  }
  EXPECT_FALSE(fs::exists(At("client.crt")));
  EXPECT_OK(Sign("cas-york", "cms", "398"));
}

TEST_F(Pki, OfANewInstallationTakesHostsAloneAndIsItsOwners) {
  for (const char* host : {"a,DNS:evil", "a b", "@x", "-", "a\nb"}) {
    EXPECT_THAT(Run({"init", "--out", At("pki"), std::string("--host=") + host}),
                testing::FailsWith(absl::StatusCode::kInvalidArgument, "--host is neither"))
        << host;
  }
  EXPECT_EQ(accord::RuleOf(Run({"init", "--out", At("pki"), "--days=-1"})), "FIELD_INVALID");
  EXPECT_FALSE(fs::exists(At("pki"))) << "nothing is made of a wrong line";
  ASSERT_OK(Run({"init", "--out", At("pki"), "--host=accord.example.org", "--host=10.0.0.1"}));
  const auto shown = pki::ShapeOf(testing::Slurp(At("pki/gateway-server.crt")));
  EXPECT_THAT(shown->names, ::testing::IsSupersetOf({"DNS:accord.example.org", "IP:10.0.0.1"}));
  EXPECT_THAT(shown->names, Not(Contains("DNS:10.0.0.1")));
  for (const auto& each : fs::recursive_directory_iterator(At("pki"))) {
    if (!each.is_regular_file()) continue;
    const bool is_public = each.path().extension() == ".crt" || each.path().extension() == ".pub";
    EXPECT_EQ(each.status().permissions(), fs::perms(is_public ? 0644 : 0600)) << each.path();
  }
}

TEST_F(Pki, OfANewInstallationNamesServicesInItsTrustDomain) {
  EXPECT_THAT(Run({"init", "--out", At("pki"), "--trust-domain=Ontario/service"}),
              testing::FailsWith(absl::StatusCode::kInvalidArgument, "trust_domain"));
  EXPECT_FALSE(fs::exists(At("pki"))) << "nothing is made of a wrong line";
  ASSERT_OK(Run({"init", "--out", At("pki"), "--trust-domain=ontario.example"}));
  EXPECT_EQ(pki::ReadCertificate(testing::Slurp(At("pki/services/audit.crt")))->uri,
            "spiffe://ontario.example/service/audit");
}

TEST_F(Pki, ShowsACertificateAndSaysWhatAnotherFileIs) {
  ASSERT_OK(Run({"csr", "--out", At("york")}));
  for (const auto& [file, what] : {std::pair{"york/client.csr", "it is a signing request"},
                                   std::pair{"york/client.key", "it is a private key"}}) {
    const absl::Status other = Run({"show", At(file)});
    EXPECT_EQ(accord::RuleOf(other), "PEM_MISSING") << file;
    EXPECT_THAT(std::string(other.message()), ::testing::HasSubstr(what)) << file;
  }
}

TEST_F(Pki, SaysOfACertificateThatIsCutShortThatItIsToBeCopiedAgain) {
  ASSERT_OK(Run({"init", "--out", At("pki")}));
  const std::string whole = testing::Slurp(At("pki/services/audit.crt"));
  ASSERT_OK(WriteFile(At("cut.crt"), whole.substr(0, whole.size() / 2), FileKind::kPublic));
  EXPECT_THAT(std::string(Run({"show", At("cut.crt")}).message()),
              ::testing::HasSubstr("not a certificate in PEM; it is cut short (no END line): copy it again"));
}

TEST_F(Pki, TightensAKeyThatIsThereAlready) {
  ASSERT_OK(Run({"csr", "--out", At("york")}));
  const std::string key = testing::Slurp(At("york/client.key"));
  fs::permissions(At("york/client.key"), fs::perms(0644));
  ASSERT_OK(Run({"csr", "--out", At("york")}));
  EXPECT_EQ(fs::status(At("york/client.key")).permissions(), fs::perms(0600));
  EXPECT_EQ(testing::Slurp(At("york/client.key")), key);
}

}  // namespace
}  // namespace accord::ctl
