// This is the Merkle tree of RFC 6962, section 2: roots, inclusion and consistency proofs, and their
// verification. Hashes are 32-byte strings.
#ifndef ACCORD_COMMON_MERKLE_TREE_H_
#define ACCORD_COMMON_MERKLE_TREE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::merkle {

using Proof = std::vector<std::string>;

std::string LeafHash(std::string_view data);
std::string NodeHash(std::string_view left, std::string_view right);
std::string EmptyRoot();

// This gives the hash of the complete subtree over the leaves [index * 2^level, (index + 1) * 2^level).
using Source = std::function<absl::StatusOr<std::string>(int level, int64_t index)>;

absl::StatusOr<std::string> Root(const Source& source, int64_t size);
// It requires 0 <= index < size.
absl::StatusOr<Proof> InclusionProof(const Source& source, int64_t index, int64_t size);
// It requires 0 < from <= to.
absl::StatusOr<Proof> ConsistencyProof(const Source& source, int64_t from, int64_t to);

bool VerifyInclusion(std::string_view leaf_hash, int64_t index, int64_t size, const Proof& proof,
                     std::string_view root);
bool VerifyConsistency(int64_t from, int64_t to, std::string_view from_root, std::string_view to_root,
                       const Proof& proof);

// This is a tree that grows at its right edge. It keeps only the complete subtrees there, at most one for
// each level.
class Frontier {
 public:
  int64_t size() const { return size_; }
  std::string Root() const;
  // Calls `completed(level, index, hash)` for every subtree that the leaf completes, from level
  // 1 upwards.
  void Append(std::string leaf_hash, const std::function<void(int, int64_t, const std::string&)>& completed);
  // This continues a tree of `size` leaves.
  static absl::StatusOr<Frontier> Load(const Source& source, int64_t size);

 private:
  int64_t size_ = 0;
  // The largest subtree comes first.
  std::vector<std::string> subtrees_;
};

}  // namespace accord::merkle

#endif  // ACCORD_COMMON_MERKLE_TREE_H_
