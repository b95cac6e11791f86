#include "clients/accordctl/core/certificate_files.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/pem_files.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/pki/certificate_check.h"
#include "common/pki/signing_request.h"
#include "common/testing/matchers.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using accord::testing::RefusedBy;

namespace fs = std::filesystem;

mode_t ModeOf(const std::string& path) {
  struct stat info {};
  EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 0777;
}

class TheCertificateFiles : public ::testing::Test {
 protected:
  // This makes a pair in plain files, as `pki csr` and the office leave it.
  TheCertificateFiles() {
    const Key key = pki::NewTlsKey();
    EXPECT_OK(WriteFile(key_file_, pki::PrivatePem(key), FileKind::kSecret));
    EXPECT_OK(WriteFile(certificate_file_, Signed(pki::SigningRequest(key)), FileKind::kPublic));
  }

  std::string Signed(const std::string& csr) {
    return authority_.SignSystem(csr, "cas-york", "main", 90, absl::Now())->pem;
  }
  std::unique_ptr<CertificateFiles> Open() {
    auto files = CertificateFiles::Open(certificate_file_, key_file_);
    EXPECT_OK(files);
    return *std::move(files);
  }
  // This gives the next pair with its certificate.
  NextPair Answered(CertificateFiles* files) {
    const auto next = files->BeginNext();
    EXPECT_OK(next);
    EXPECT_OK(
        WriteFile(next->certificate_file(), Signed(*ReadFile(next->request_file())), FileKind::kPublic));
    return *next;
  }
  int Pairs() {
    int pairs = 0;
    for (const auto& each : fs::directory_iterator(pairs_)) pairs += each.is_symlink() ? 0 : 1;
    return pairs;
  }
  // This checks that a reader of the two files finds a matching pair, and gives its certificate.
  std::string Read() {
    const auto certificate = ReadFile(certificate_file_), key = ReadFile(key_file_);
    EXPECT_OK(certificate);
    EXPECT_OK(key);
    EXPECT_OK(pki::CheckPair(*certificate, *key));
    return *certificate;
  }

  testing::TempDir folder_;
  const std::string certificate_file_ = folder_.path("client.crt"), key_file_ = folder_.path("client.key");
  const std::string pairs_ = certificate_file_ + ".pairs";
  const pki::Authority authority_ = *pki::Authority::Create("Agencies", 3650, absl::Now());
};

TEST_F(TheCertificateFiles, HoldAPairWhereverAChangeBreaksOff) {
  int broken_off = 0;
  for (int renewal = 0; renewal < 2; ++renewal) {
    for (int last = 1;; ++last) {
      const std::string before = Read();
      auto files = Open();
      const NextPair next = Answered(files.get());
      const std::string fresh = *ReadFile(next.certificate_file());
      int steps = 0;
      files->OnEachStep([&] {
        if (++steps == last) throw steps;
      });
      bool whole = true;
      try {
        EXPECT_OK(files->Take(next));
      } catch (int) {
        whole = false;
        ++broken_off;
      }
      files.reset();
      const std::string after = Read();
      EXPECT_TRUE(after == before || after == fresh) << "step " << last;
      if (!whole) continue;
      EXPECT_EQ(after, fresh);
      break;
    }
  }
  // The steps are: the link to the present pair, each of the two files, and the next pair.
  EXPECT_EQ(broken_off, 4);
}

TEST_F(TheCertificateFiles, ChangeBySoManySteps) {
  const auto steps_of_a_change = [&] {
    auto files = Open();
    int steps = 0;
    files->OnEachStep([&] {
      Read();
      ++steps;
    });
    EXPECT_OK(files->Take(Answered(files.get())));
    return steps;
  };
  EXPECT_EQ(steps_of_a_change(), 4) << "the pair that is there, both names, and the next pair";
  EXPECT_EQ(steps_of_a_change(), 1) << "both names lead through one link already";
}

TEST_F(TheCertificateFiles, KeepTheNextKeyToThemselvesAndNoOldOne) {
  auto files = Open();
  const NextPair next = Answered(files.get());
  EXPECT_EQ(ModeOf(next.key_file()), 0600u);
  EXPECT_EQ(ModeOf(pairs_), 0700u);
  ASSERT_OK(files->Take(next));
  EXPECT_EQ(ModeOf(key_file_), 0600u);
  EXPECT_EQ(Pairs(), 1);
}

TEST_F(TheCertificateFiles, GoOnWithTheKeyOfACallThatBrokeOff) {
  const std::string request = *ReadFile(Open()->BeginNext()->request_file());
  auto files = Open();
  const auto next = files->BeginNext();
  ASSERT_OK(next);
  EXPECT_EQ(*ReadFile(next->request_file()), request);
  CertificateFiles::Forget(*next);
  EXPECT_NE(*ReadFile(files->BeginNext()->request_file()), request);
}

TEST_F(TheCertificateFiles, AreOneProcesssAtATime) {
  auto files = Open();
  EXPECT_TRUE(absl::IsFailedPrecondition(CertificateFiles::Open(certificate_file_, key_file_).status()));
  files.reset();
  EXPECT_OK(CertificateFiles::Open(certificate_file_, key_file_));
}

TEST_F(TheCertificateFiles, HoldOnePairAfterRenewalsAtTheSameTime) {
  std::atomic<int> taken = 0;
  const auto renew = [&] {
    for (int tries = 0; tries < 50; ++tries) {
      const auto files = CertificateFiles::Open(certificate_file_, key_file_);
      if (files.ok()) {
        EXPECT_OK((*files)->Take(Answered(files->get())));
        ++taken;
      } else {
        EXPECT_TRUE(absl::IsFailedPrecondition(files.status())) << files.status();
      }
    }
  };
  std::thread one(renew), other(renew);
  one.join();
  other.join();
  EXPECT_GT(taken, 0);
  Read();
  EXPECT_EQ(Pairs(), 1);
}

// A reader of both files reads one after the other.
TEST_F(TheCertificateFiles, AreReadAsAPairWhileTheyAreRenewed) {
  const std::string authority_file = folder_.path("ca.crt");
  ASSERT_OK(WriteFile(authority_file, authority_.certificate_pem(), FileKind::kPublic));
  std::atomic<bool> ended = false;
  std::thread renewals([&] {
    const auto files = Open();
    for (int i = 0; i < 100; ++i) EXPECT_OK(files->Take(Answered(files.get())));
    ended = true;
  });
  int readings = 0;
  for (; !ended; ++readings) {
    EXPECT_OK(ReadTlsFiles(
        {.ca_file = authority_file, .certificate_file = certificate_file_, .key_file = key_file_}));
  }
  renewals.join();
  EXPECT_GT(readings, 0);
}

TEST_F(TheCertificateFiles, LeaveALinkThatSomethingElseKeeps) {
  fs::rename(certificate_file_, folder_.path("elsewhere.crt"));
  fs::create_symlink("elsewhere.crt", certificate_file_);
  EXPECT_THAT(CertificateFiles::Open(certificate_file_, key_file_).status(), RefusedBy(rules::kFileNotSafe));
}

TEST_F(TheCertificateFiles, LieInAFolderThatNobodyElseChanges) {
  fs::create_directory(pairs_);
  ASSERT_EQ(chmod(pairs_.c_str(), 0777), 0);
  EXPECT_THAT(CertificateFiles::Open(certificate_file_, key_file_).status(), RefusedBy(rules::kFileNotSafe));
}

TEST_F(TheCertificateFiles, InAFolderThatCannotBeReadAreRefusedWithTheReason) {
  auto files = Open();
  fs::remove_all(pairs_);
  const absl::Status gone = files->BeginNext().status();
  EXPECT_THAT(gone, RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(gone.message()), ::testing::StartsWith(pairs_ + ": "));
  files.reset();
  fs::create_directory(pairs_);
  ASSERT_EQ(chmod(pairs_.c_str(), 0300), 0);
  // Root can read every folder.
  EXPECT_EQ(RuleOf(CertificateFiles::Open(certificate_file_, key_file_).status()),
            geteuid() == 0 ? "" : "FILE_MISSING");
  ASSERT_EQ(chmod(pairs_.c_str(), 0700), 0);
}

TEST_F(TheCertificateFiles, AreTwo) {
  EXPECT_THAT(CertificateFiles::Open(key_file_, key_file_).status(), RefusedBy(rules::kContextIncomplete));
  EXPECT_THAT(CertificateFiles::Open(certificate_file_, "").status(), RefusedBy(rules::kContextIncomplete));
}

TEST_F(TheCertificateFiles, TakeAPairThatWasMadeElsewhere) {
  auto files = Open();
  ASSERT_OK(files->Take(Answered(files.get())));
  const Key key = pki::NewTlsKey();
  const std::string pem = Signed(pki::SigningRequest(key));
  ASSERT_OK(files->Put(pem, pki::PrivatePem(key)));
  EXPECT_EQ(Read(), pem);
}

TEST(RenewalDue, IsWhenTwoThirdsOfTheLifeAreOver) {
  pki::Issued certificate;
  certificate.not_before = absl::FromUnixSeconds(1'800'000'000);
  certificate.not_after = certificate.not_before + absl::Hours(24 * 90);
  EXPECT_EQ(RenewalDue(certificate), certificate.not_before + absl::Hours(24 * 60));
}

}  // namespace
}  // namespace accord::ctl
