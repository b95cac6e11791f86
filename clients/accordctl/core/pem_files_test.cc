#include "clients/accordctl/core/pem_files.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/output.h"
#include "common/base/error.h"
#include "common/pki/keys.h"
#include "common/testing/pki.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Slurp;

// This is the frame of a password-protected key, whose content is never read.
constexpr char kEncrypted[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh5\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

class TlsFilesOf : public ::testing::Test {
 protected:
  TlsFilesOf() {
    const auto mine = pki_.Agency("cas-york", "cms");
    context_ = {.address = "127.0.0.1:1",
                .ca_file = pki_.agency_ca_file(),
                .certificate_file = mine.certificate_file,
                .key_file = mine.key_file};
  }
  // This gives "RULE: message" for the context with one file of other content.
  std::string With(std::string Context::*file, const std::string& content) {
    Context context = context_;
    context.*file = pki_.Write("other", content);
    return Told(context);
  }
  std::string Told(const Context& context) {
    const absl::Status status = ReadTlsFiles(context).status();
    EXPECT_EQ(ExitCodeOf(status), kInvalid) << status;
    return absl::StrCat(accord::RuleOf(status), ": ", std::string(status.message()));
  }
  testing::TestPki pki_;
  Context context_;
};

TEST_F(TlsFilesOf, AContextThatIsWholeAreRead) {
  const auto files = ReadTlsFiles(context_);
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(files->key, Slurp(context_.key_file));
}

TEST_F(TlsFilesOf, AnIncompleteContextAreNamedByTheOptionThatIsMissing) {
  Context context = context_;
  context.key_file = "";
  EXPECT_THAT(Told(context),
              HasSubstr("CONTEXT_INCOMPLETE: the context names no key_file: `accordctl context set "
                        "NAME --key-file FILE`"));
  context.key_file = "/nowhere/client.key";
  EXPECT_THAT(Told(context),
              HasSubstr("FILE_MISSING: /nowhere/client.key, your key: No such file or directory"));
  context.key_file = "/tmp";
  EXPECT_THAT(Told(context), HasSubstr("FILE_MISSING: /tmp"));
}

TEST_F(TlsFilesOf, OtherKindsAreNamedByWhatTheyAre) {
  EXPECT_THAT(With(&Context::key_file, kEncrypted), HasSubstr("KEY_ENCRYPTED: "));
  EXPECT_THAT(With(&Context::key_file, kEncrypted), HasSubstr("openssl pkey -in"));
  EXPECT_THAT(With(&Context::key_file, Slurp(context_.certificate_file)), HasSubstr("PEM_MISSING: "));
  EXPECT_THAT(With(&Context::key_file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
              HasSubstr("KEY_MALFORMED: "));
  EXPECT_THAT(With(&Context::certificate_file, "\x30\x82\x01\x02\xff"),
              HasSubstr("it looks like DER: `openssl x509 -inform DER -in "));
  EXPECT_THAT(With(&Context::ca_file, ""), HasSubstr("holds no CERTIFICATE in PEM"));
  EXPECT_THAT(With(&Context::ca_file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
              HasSubstr("PEM_MISSING: "));
}

// The files are damaged as whoever copies from a screen or out of a YAML file leaves them.
TEST_F(TlsFilesOf, DamagedPemAreToldWhatBefellThemAndToCopyThemAgain) {
  const std::string own = Slurp(context_.certificate_file), key = Slurp(context_.key_file);
  EXPECT_THAT(With(&Context::certificate_file, own.substr(0, own.size() / 2)),
              AllOf(HasSubstr("PEM_MISSING: "),
                    HasSubstr("not a certificate in PEM; it is cut short (no END line): copy it again")));
  EXPECT_THAT(With(&Context::key_file, key.substr(0, key.size() / 2)),
              AllOf(HasSubstr("KEY_MALFORMED: "), HasSubstr("; it is cut short (no END line)")));
  const std::string indented = "  " + absl::StrReplaceAll(own, {{"\n", "\n  "}});
  EXPECT_THAT(With(&Context::ca_file, indented),
              HasSubstr("; its lines are indented: copy it again, without what stands before them"));
  EXPECT_EQ(PemDamage(own), "");
  EXPECT_EQ(PemDamage("no"), "");
}

TEST_F(TlsFilesOf, AnotherCertificatesKeyAreNoPair) {
  const std::string told = With(&Context::key_file, pki::PrivatePem(pki::NewTlsKey()));
  EXPECT_THAT(told, HasSubstr("KEY_OF_ANOTHER_CERTIFICATE: "));
  EXPECT_THAT(told, HasSubstr(context_.certificate_file));
}

TEST_F(TlsFilesOf, AStoreOfABrowserAreNamedAsWhatItIs) {
  const std::string store("\x30\x82\x01\x02\x02\x01\x03\x30", 8);
  EXPECT_THAT(
      With(&Context::certificate_file, store),
      AllOf(HasSubstr("it looks like PKCS#12"), HasSubstr("-clcerts -nokeys"), Not(HasSubstr("DER"))));
  EXPECT_THAT(With(&Context::key_file, store), HasSubstr("-nocerts -nodes"));
}

TEST_F(TlsFilesOf, AChainThatBeginsWithItsAuthorityAreToldTheirOrder) {
  const std::string own = Slurp(context_.certificate_file), authority = Slurp(context_.ca_file);
  EXPECT_THAT(With(&Context::certificate_file, authority + own), HasSubstr("stands behind another one"));
  EXPECT_THAT(With(&Context::certificate_file, authority), Not(HasSubstr("stands behind another one")));
  Context context = context_;
  context.certificate_file = pki_.Write("chain", own + authority);
  EXPECT_TRUE(ReadTlsFiles(context).ok());
}

TEST_F(TlsFilesOf, ARequestInDerIsNamed) {
  const absl::Status status = ReadRequestFile(pki_.Write("client.csr", "\x30\x82\x01\x02\xff\xfe")).status();
  EXPECT_EQ(ExitCodeOf(status), kInvalid);
  EXPECT_THAT(std::string(status.message()), HasSubstr("client.csr"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("openssl req -inform DER"));
}

}  // namespace
}  // namespace accord::ctl
