#include "common/merkle/checkpoint.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/ids.h"

namespace accord::merkle {
namespace {

constexpr char kDash[] = "\xe2\x80\x94 ";

std::string CheckpointBody(const Checkpoint& checkpoint) {
  return absl::StrCat(checkpoint.origin, "\n", checkpoint.size, "\n", Base64(checkpoint.root), "\n");
}

// This gives the key id of a signed note: a hash of name, algorithm (1 Ed25519, 4 timestamped cosignature)
// and key.
std::string KeyId(const std::string& name, const Key& key, char algorithm = 1) {
  return Sha256(absl::StrCat(name, "\n", std::string(1, algorithm), RawPublicKey(key))).substr(0, 4);
}

constexpr char kCosignature = 4;

std::string CosignedText(const Checkpoint& checkpoint, int64_t seconds) {
  return absl::StrCat("cosignature/v1\ntime ", seconds, "\n", CheckpointBody(checkpoint));
}

std::string BigEndian(uint64_t number) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, number >>= 8)
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(number & 0xff);
  return bytes;
}

absl::Status BadCheckpoint(const char* what) {
  return absl::DataLossError(absl::StrCat("checkpoint: ", what));
}

}  // namespace

std::string SignCheckpoint(const Checkpoint& checkpoint, const Key& key) {
  const std::string body = CheckpointBody(checkpoint);
  return absl::StrCat(body, "\n", kDash, checkpoint.origin, " ",
                      Base64(KeyId(checkpoint.origin, key) + SignEd25519(key, body)), "\n");
}

absl::StatusOr<Checkpoint> OpenCheckpoint(const std::string& note, const std::string& origin,
                                          const Key& public_key) {
  const std::size_t end = note.find("\n\n");
  if (end == std::string::npos) return BadCheckpoint("has no signature");
  const std::string body = note.substr(0, end + 1);
  const std::vector<std::string> lines = absl::StrSplit(body, '\n');
  Checkpoint checkpoint;
  const auto root = lines.size() == 4 ? Unbase64(lines[2]) : std::nullopt;
  if (!root || root->size() != 32 || !absl::SimpleAtoi(lines[1], &checkpoint.size) || checkpoint.size < 0) {
    return BadCheckpoint("is malformed");
  }
  checkpoint.origin = lines[0];
  checkpoint.root = *root;
  // The log signs only the canonical form of these values.
  if (CheckpointBody(checkpoint) != body) return BadCheckpoint("is malformed");
  if (checkpoint.origin != origin) return BadCheckpoint("is of another log");
  const std::string prefix = absl::StrCat(kDash, origin, " ");
  const std::vector<std::string> signatures = absl::StrSplit(note.substr(end + 2), '\n');
  for (const std::string& line : signatures) {
    if (line.compare(0, prefix.size(), prefix) != 0) continue;
    const std::string text = line.substr(prefix.size());
    const auto signature = Unbase64(text);
    if (signature && signature->size() == 68 && Base64(*signature) == text &&
        signature->substr(0, 4) == KeyId(origin, public_key) &&
        VerifyEd25519(public_key, body, signature->substr(4))) {
      return checkpoint;
    }
  }
  return BadCheckpoint("is not signed by this key");
}

std::string CosignCheckpoint(const Checkpoint& checkpoint, const std::string& witness, const Key& key,
                             absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  return absl::StrCat(kDash, witness, " ",
                      Base64(KeyId(witness, key, kCosignature) + BigEndian(static_cast<uint64_t>(seconds)) +
                             SignEd25519(key, CosignedText(checkpoint, seconds))),
                      "\n");
}

absl::StatusOr<absl::Time> OpenCosignature(const std::string& line, const Checkpoint& checkpoint,
                                           const std::string& witness, const Key& public_key) {
  const std::string prefix = absl::StrCat(kDash, witness, " ");
  const absl::Status bad = absl::DataLossError("cosignature: not of this witness over this checkpoint");
  if (line.size() <= prefix.size() || line.compare(0, prefix.size(), prefix) != 0 || line.back() != '\n')
    return bad;
  const std::string text = line.substr(prefix.size(), line.size() - prefix.size() - 1);
  const auto bytes = Unbase64(text);
  if (!bytes || bytes->size() != 76 || Base64(*bytes) != text ||
      bytes->substr(0, 4) != KeyId(witness, public_key, kCosignature)) {
    return bad;
  }
  uint64_t seconds = 0;
  for (char c : bytes->substr(4, 8)) seconds = seconds << 8 | static_cast<unsigned char>(c);
  const auto at = static_cast<int64_t>(seconds);
  if (!VerifyEd25519(public_key, CosignedText(checkpoint, at), bytes->substr(12))) return bad;
  return absl::FromUnixSeconds(at);
}

}  // namespace accord::merkle
