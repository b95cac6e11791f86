#include "common/merkle/tree.h"

#include <bit>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::merkle {
namespace {

// This gives the largest power of two smaller than n, which is above 1.
int64_t Split(int64_t n) { return static_cast<int64_t>(std::bit_floor(static_cast<uint64_t>(n - 1))); }

bool IsPowerOfTwo(int64_t n) { return std::has_single_bit(static_cast<uint64_t>(n)); }

absl::StatusOr<std::string> RangeHash(const Source& source, int64_t begin, int64_t end) {
  const int64_t n = end - begin;
  if (IsPowerOfTwo(n)) return source(std::countr_zero(static_cast<uint64_t>(n)), begin / n);
  const int64_t k = Split(n);
  ACCORD_ASSIGN_OR_RETURN(std::string left, RangeHash(source, begin, begin + k));
  ACCORD_ASSIGN_OR_RETURN(std::string right, RangeHash(source, begin + k, end));
  return NodeHash(left, right);
}

absl::Status Path(const Source& source, int64_t index, int64_t begin, int64_t end, Proof* proof) {
  if (end - begin == 1) return absl::OkStatus();
  const int64_t middle = begin + Split(end - begin);
  const bool left = index < middle;
  ACCORD_RETURN_IF_ERROR(left ? Path(source, index, begin, middle, proof)
                              : Path(source, index, middle, end, proof));
  ACCORD_ASSIGN_OR_RETURN(std::string sibling,
                          left ? RangeHash(source, middle, end) : RangeHash(source, begin, middle));
  proof->push_back(std::move(sibling));
  return absl::OkStatus();
}

// This is SUBPROOF(m, D[begin:end], complete) of RFC 6962, 2.1.2.
absl::Status SubProof(const Source& source, int64_t m, int64_t begin, int64_t end, bool complete,
                      Proof* proof) {
  if (m == end) {
    if (complete) return absl::OkStatus();
    ACCORD_ASSIGN_OR_RETURN(std::string hash, RangeHash(source, begin, end));
    proof->push_back(std::move(hash));
    return absl::OkStatus();
  }
  const int64_t middle = begin + Split(end - begin);
  const bool left = m <= middle;
  ACCORD_RETURN_IF_ERROR(left ? SubProof(source, m, begin, middle, complete, proof)
                              : SubProof(source, m, middle, end, false, proof));
  ACCORD_ASSIGN_OR_RETURN(std::string other,
                          left ? RangeHash(source, middle, end) : RangeHash(source, begin, middle));
  proof->push_back(std::move(other));
  return absl::OkStatus();
}

}  // namespace

std::string LeafHash(std::string_view data) {
  return Sha256(absl::StrCat(std::string(1, '\0'), std::string(data)));
}

std::string NodeHash(std::string_view left, std::string_view right) {
  return Sha256(absl::StrCat("\1", std::string(left), std::string(right)));
}

std::string EmptyRoot() { return Sha256(""); }

absl::StatusOr<std::string> Root(const Source& source, int64_t size) {
  if (size == 0) return EmptyRoot();
  return RangeHash(source, 0, size);
}

absl::StatusOr<Proof> InclusionProof(const Source& source, int64_t index, int64_t size) {
  Proof proof;
  ACCORD_RETURN_IF_ERROR(Path(source, index, 0, size, &proof));
  return proof;
}

absl::StatusOr<Proof> ConsistencyProof(const Source& source, int64_t from, int64_t to) {
  Proof proof;
  ACCORD_RETURN_IF_ERROR(SubProof(source, from, 0, to, true, &proof));
  return proof;
}

bool VerifyInclusion(std::string_view leaf_hash, int64_t index, int64_t size, const Proof& proof,
                     std::string_view root) {
  if (index < 0 || index >= size) return false;
  uint64_t node = index, last = size - 1;
  std::string hash(leaf_hash);
  for (const std::string& sibling : proof) {
    if (last == 0) return false;
    if (node % 2 == 1 || node == last) {
      hash = NodeHash(sibling, hash);
      while (node % 2 == 0 && node != 0) node /= 2, last /= 2;
    } else {
      hash = NodeHash(hash, sibling);
    }
    node /= 2;
    last /= 2;
  }
  return last == 0 && hash == root;
}

bool VerifyConsistency(int64_t from, int64_t to, std::string_view from_root, std::string_view to_root,
                       const Proof& proof) {
  if (from <= 0 || from > to) return false;
  if (from == to) return proof.empty() && from_root == to_root;
  Proof path = proof;
  if (IsPowerOfTwo(from)) path.insert(path.begin(), std::string(from_root));
  if (path.empty()) return false;
  uint64_t node = from - 1, last = to - 1;
  while (node % 2 == 1) node /= 2, last /= 2;
  std::string first = path[0], second = path[0];
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (last == 0) return false;
    if (node % 2 == 1 || node == last) {
      first = NodeHash(path[i], first);
      second = NodeHash(path[i], second);
      while (node % 2 == 0 && node != 0) node /= 2, last /= 2;
    } else {
      second = NodeHash(second, path[i]);
    }
    node /= 2;
    last /= 2;
  }
  return last == 0 && first == from_root && second == to_root;
}

std::string Frontier::Root() const {
  if (size_ == 0) return EmptyRoot();
  std::string hash = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i > 0; --i) hash = NodeHash(subtrees_[i - 1], hash);
  return hash;
}

void Frontier::Append(std::string leaf_hash,
                      const std::function<void(int, int64_t, const std::string&)>& completed) {
  std::string hash = std::move(leaf_hash);
  int level = 0;
  for (int64_t rest = size_; rest % 2 == 1; rest /= 2) {
    hash = NodeHash(subtrees_.back(), hash);
    subtrees_.pop_back();
    completed(++level, rest / 2, hash);
  }
  subtrees_.push_back(std::move(hash));
  ++size_;
}

absl::StatusOr<Frontier> Frontier::Load(const Source& source, int64_t size) {
  Frontier frontier;
  frontier.size_ = size;
  int64_t begin = 0;
  for (int level = 62; level >= 0; --level) {
    const int64_t width = int64_t{1} << level;
    if ((size & width) == 0) continue;
    ACCORD_ASSIGN_OR_RETURN(std::string hash, source(level, begin / width));
    frontier.subtrees_.push_back(std::move(hash));
    begin += width;
  }
  return frontier;
}

}  // namespace accord::merkle
