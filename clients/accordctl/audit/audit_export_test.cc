#include "clients/accordctl/audit/audit_export.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/audit/export_writer.h"
#include "clients/accordctl/core/document_limits.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

class Exported : public ::testing::Test {
 protected:
  Exported() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")) {
    merkle::Frontier frontier;
    std::map<std::pair<int, int64_t>, std::string> nodes;
    std::vector<audit::v1::Entry> entries;
    for (int i = 0; i < 9; ++i) {
      audit::v1::AuditRecord record;
      record.set_call_id("call-" + std::to_string(i));
      audit::v1::Entry& entry = entries.emplace_back();
      entry.set_index(i);
      entry.set_salt(std::string(16, static_cast<char>('a' + i)));
      entry.set_record_bytes(record.SerializeAsString());
      nodes[{0, i}] = merkle::LeafHash(entry.salt() + entry.record_bytes());
      frontier.Append(nodes[{0, i}], [&](int level, int64_t index, const std::string& hash) {
        nodes[{level, index}] = hash;
      });
    }
    const merkle::Source source = [&](int level, int64_t index) -> absl::StatusOr<std::string> {
      return nodes.at({level, index});
    };
    ExportWriter writer =
        *ExportWriter::Create(path_, merkle::SignCheckpoint({trust_.origin, 9, frontier.Root()}, key_));
    for (const auto& entry : entries) {
      EXPECT_OK(writer.Add(entry, *merkle::InclusionProof(source, entry.index(), 9)));
    }
    EXPECT_OK(writer.Close());
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    text_ = text.str();
  }
  absl::StatusCode VerifyText(const std::string& text) {
    std::ofstream(path_) << text;
    return VerifyExport(path_, trust_, key_).code();
  }
  testing::TempDir directory_;
  const std::string path_ = directory_.path("export.jsonl");
  Trust trust_;
  Key key_;
  std::string text_;
};

TEST_F(Exported, AnUntouchedFileHolds) { EXPECT_EQ(VerifyText(text_), absl::StatusCode::kOk); }

TEST_F(Exported, NoChangedCharacterOfItPasses) {
  for (std::size_t i = 0; i < text_.size(); ++i) {
    std::string changed = text_;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    // The change may be in a path hash or a field's name: in any case the file must not verify.
    EXPECT_NE(VerifyText(changed), absl::StatusCode::kOk) << i << " of " << text_;
  }
}

TEST_F(Exported, ALineTwiceOrOutOfOrderIsRefused) {
  const std::size_t first = text_.find('\n') + 1, second = text_.find('\n', first) + 1;
  EXPECT_EQ(VerifyText(text_.substr(0, second) + text_.substr(first)), absl::StatusCode::kDataLoss);
}

TEST_F(Exported, MayComeOutOfAPipe) {
  const std::string pipe = directory_.path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << text_; });
  int64_t entries = 0;
  EXPECT_OK(VerifyExport(pipe, trust_, key_, &entries));
  writer.join();
  EXPECT_EQ(entries, 9);
}

TEST_F(Exported, OfALineThatNeverEndsIsRefusedWithinABound) {
  EXPECT_EQ(accord::RuleOf(VerifyExport("/nowhere/export.jsonl", trust_, key_)), "FILE_MISSING");
  EXPECT_EQ(accord::RuleOf(VerifyExport(directory_.path(""), trust_, key_)), "FILE_MISSING") << "a folder";
  EXPECT_EQ(VerifyExport("/dev/zero", trust_, key_).code(), absl::StatusCode::kInvalidArgument);
  std::ofstream(path_) << text_ << std::string(kMaxDocumentBytes + 1, 'x');
  EXPECT_EQ(accord::RuleOf(VerifyExport(path_, trust_, key_)), "FILE_TOO_LARGE");
}

TEST_F(Exported, ThatIsEmptyIsToldAsEmptyAndNotAsMissing) {
  std::ofstream(path_, std::ios::trunc).flush();
  EXPECT_THAT(VerifyExport(path_, trust_, key_),
              testing::FailsWith(absl::StatusCode::kInvalidArgument, "is empty"));
}

TEST_F(Exported, AWrongPublicKeyIsRefusedByTheNameOfItsFile) {
  Seen seen;
  Trust trust = trust_;
  trust.public_key = path_;
  EXPECT_THAT(TrustedKey(nullptr, trust, &seen),
              testing::FailsWith(absl::StatusCode::kInvalidArgument, path_ + ", the log's key: "));
}

TEST_F(Exported, WhatWasSeenAndCannotBeReadIsNamedWithTheReason) {
  Trust trust = trust_;
  trust.state = ::testing::TempDir();
  const absl::Status folder = ReadSeen(trust, "").status();
  EXPECT_THAT(folder, testing::RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(folder.message()),
              ::testing::HasSubstr(trust.state + ", what was seen of the log: Is a directory"));
  trust.state = path_;
  std::ofstream(path_, std::ios::trunc).flush();
  EXPECT_THAT(ReadSeen(trust, ""), testing::FailsWith(absl::StatusCode::kDataLoss, path_ + " is damaged"));
}

TEST_F(Exported, AnotherKeyDoesNotDo) {
  const Key other(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  EXPECT_THAT(VerifyExport(path_, trust_, other),
              testing::FailsWith(absl::StatusCode::kDataLoss, "is not signed by this key"));
}

}  // namespace
}  // namespace accord::ctl
