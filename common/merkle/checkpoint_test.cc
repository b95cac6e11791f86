#include "common/merkle/checkpoint.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>

#include "common/base/ids.h"
#include "common/testing/matchers.h"

namespace accord::merkle {
namespace {

using testing::FailsWith;

Key Generate() { return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

TEST(Checkpoint, OpensWithItsKeyOnly) {
  const Key key = Generate();
  const std::string note = SignCheckpoint({"accord.example/audit", 7, Sha256("x")}, key);
  const auto opened = OpenCheckpoint(note, "accord.example/audit", key);
  ASSERT_OK(opened);
  EXPECT_EQ(opened->size, 7);
  EXPECT_THAT(OpenCheckpoint(note, "accord.example/audit", Generate()).status(),
              FailsWith(absl::StatusCode::kDataLoss, "is not signed by this key"));
  EXPECT_THAT(OpenCheckpoint(note, "elsewhere.example/audit", key).status(),
              FailsWith(absl::StatusCode::kDataLoss, "is of another log"));
}

TEST(Checkpoint, EveryChangedByteOfTheStatementIsRefused) {
  const Key key = Generate();
  const std::string note = SignCheckpoint({"accord.example/audit", 7, Sha256("x")}, key);
  for (std::size_t i = 0; i < note.size() - 1; ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THAT(OpenCheckpoint(changed, "accord.example/audit", key).status(),
                FailsWith(absl::StatusCode::kDataLoss, "checkpoint: "))
        << i;
  }
}

}  // namespace
}  // namespace accord::merkle
