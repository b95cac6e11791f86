#include "common/merkle/checkpoint.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/ids.h"

namespace accord::merkle {
namespace {

constexpr char kDash[] = "\xe2\x80\x94 ";

std::string Body(const Checkpoint& checkpoint) {
  return absl::StrCat(checkpoint.origin, "\n", checkpoint.size, "\n", Base64(checkpoint.root), "\n");
}

// Signed-note key id: of name, algorithm 1 (Ed25519) and key.
std::string KeyId(const std::string& name, const Key& key) {
  return Sha256(absl::StrCat(name, "\n\1", RawPublicKey(key))).substr(0, 4);
}

absl::Status Bad(const char* what) { return absl::DataLossError(absl::StrCat("checkpoint: ", what)); }

}  // namespace

std::string SignCheckpoint(const Checkpoint& checkpoint, const Key& key) {
  const std::string body = Body(checkpoint);
  return absl::StrCat(body, "\n", kDash, checkpoint.origin, " ",
                      Base64(KeyId(checkpoint.origin, key) + SignEd25519(key, body)), "\n");
}

absl::StatusOr<Checkpoint> OpenCheckpoint(const std::string& note, const std::string& origin,
                                          const Key& public_key) {
  const std::size_t end = note.find("\n\n");
  if (end == std::string::npos) return Bad("has no signature");
  const std::string body = note.substr(0, end + 1);
  const std::vector<std::string> lines = absl::StrSplit(body, '\n');
  Checkpoint checkpoint;
  const auto root = lines.size() == 4 ? Unbase64(lines[2]) : std::nullopt;
  if (!root || root->size() != 32 || !absl::SimpleAtoi(lines[1], &checkpoint.size) || checkpoint.size < 0) {
    return Bad("is malformed");
  }
  checkpoint.origin = lines[0];
  checkpoint.root = *root;
  // Anything but the one spelling of these values is not what the log signs.
  if (Body(checkpoint) != body) return Bad("is malformed");
  if (checkpoint.origin != origin) return Bad("is of another log");
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
  return Bad("is not signed by this key");
}

}  // namespace accord::merkle
