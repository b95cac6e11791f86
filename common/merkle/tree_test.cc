#include "common/merkle/tree.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/ids.h"

namespace accord::merkle {
namespace {

// This gives the definition of RFC 6962, 2.1, word for word.
std::string NaiveRoot(const std::vector<std::string>& leaves, std::size_t begin, std::size_t end) {
  if (begin == end) return EmptyRoot();
  if (end - begin == 1) return LeafHash(leaves[begin]);
  std::size_t k = 1;
  while (k * 2 < end - begin) k *= 2;
  return NodeHash(NaiveRoot(leaves, begin, begin + k), NaiveRoot(leaves, begin + k, end));
}

std::vector<std::string> Leaves(int n) {
  std::vector<std::string> leaves;
  for (int i = 0; i < n; ++i) leaves.push_back(absl::StrCat("leaf ", i));
  return leaves;
}

Source SourceOf(const std::vector<std::string>& leaves) {
  return [&leaves](int level, int64_t index) -> absl::StatusOr<std::string> {
    return NaiveRoot(leaves, index << level, (index + 1) << level);
  };
}

TEST(Tree, KnownAnswersOfCertificateTransparency) {
  const std::vector<std::string> leaves = {
      "",
      std::string(1, '\0'),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  EXPECT_EQ(Hex(EmptyRoot()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(*Root(SourceOf(leaves), 1)),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(Hex(*Root(SourceOf(leaves), 8)),
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(Tree, EveryProofOfEverySizeVerifiesAndNoOtherDoes) {
  const auto leaves = Leaves(70);
  const Source source = SourceOf(leaves);
  for (int size = 1; size <= 70; ++size) {
    const std::string root = *Root(source, size);
    ASSERT_EQ(root, NaiveRoot(leaves, 0, size));
    for (int i = 0; i < size; ++i) {
      Proof proof = *InclusionProof(source, i, size);
      EXPECT_TRUE(VerifyInclusion(LeafHash(leaves[i]), i, size, proof, root));
      EXPECT_FALSE(VerifyInclusion(LeafHash("other"), i, size, proof, root));
      EXPECT_FALSE(VerifyInclusion(LeafHash(leaves[i]), i + 1, size, proof, root)) << i << " of " << size;
      proof.push_back(root);
      EXPECT_FALSE(VerifyInclusion(LeafHash(leaves[i]), i, size, proof, root));
    }
    for (int from = 1; from <= size; ++from) {
      const std::string old_root = NaiveRoot(leaves, 0, from);
      Proof proof = *ConsistencyProof(source, from, size);
      EXPECT_TRUE(VerifyConsistency(from, size, old_root, root, proof)) << from << " " << size;
      EXPECT_FALSE(VerifyConsistency(from, size, LeafHash("other"), root, proof));
      if (from < size) {
        EXPECT_FALSE(VerifyConsistency(from, size, old_root, LeafHash("other"), proof));
      }
      proof.push_back(root);
      EXPECT_FALSE(VerifyConsistency(from, size, old_root, root, proof));
    }
  }
}

TEST(Frontier, GrowsLikeTheTreeAndContinuesAfterALoad) {
  const auto leaves = Leaves(300);
  const Source source = SourceOf(leaves);
  Frontier frontier;
  for (int i = 0; i < 300; ++i) {
    frontier.Append(LeafHash(leaves[i]), [&](int level, int64_t index, const std::string& hash) {
      EXPECT_EQ(hash, *source(level, index));
    });
    ASSERT_EQ(frontier.Root(), *Root(source, i + 1));
    if (i % 37 == 0) frontier = *Frontier::Load(source, i + 1);
  }
}

}  // namespace
}  // namespace accord::merkle
