#include "common/merkle/checkpoint.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "common/base/ids.h"

namespace accord::merkle {
namespace {

Key Generate() { return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

TEST(Checkpoint, OpensWithItsKeyOnly) {
  const Key key = Generate();
  const std::string note = SignCheckpoint({"accord.example/audit", 7, Sha256("x")}, key);
  const auto opened = OpenCheckpoint(note, "accord.example/audit", key);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->size, 7);
  EXPECT_FALSE(OpenCheckpoint(note, "accord.example/audit", Generate()).ok());
  EXPECT_FALSE(OpenCheckpoint(note, "elsewhere.example/audit", key).ok());
}

TEST(Checkpoint, EveryChangedByteOfTheStatementIsRefused) {
  const Key key = Generate();
  const std::string note = SignCheckpoint({"accord.example/audit", 7, Sha256("x")}, key);
  for (std::size_t i = 0; i < note.size() - 1; ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(OpenCheckpoint(changed, "accord.example/audit", key).ok()) << i;
  }
}

}  // namespace
}  // namespace accord::merkle
