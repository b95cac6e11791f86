// The input is a note of the audit log. If the first byte is `r`, the rest is a note as anybody may show it.
// Otherwise it is the size, time, origin and root of a checkpoint that is signed and cosigned here, and one
// change that is made to it.
#include "common/merkle/checkpoint.h"

#include <openssl/evp.h>

#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

using merkle::Checkpoint;
using merkle::CosignCheckpoint;
using merkle::OpenCheckpoint;
using merkle::OpenCosignature;
using merkle::SignCheckpoint;

constexpr char kOrigin[] = "accord.example/audit";

// The key is the same in every run, so that notes of the corpus verify.
const Key& LogKey() {
  static const Key key(EVP_PKEY_new_raw_private_key(
      EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>("fuzz fuzz fuzz fuzz fuzz fuzz !!"),
      32));
  return key;
}

bool Same(const Checkpoint& a, const Checkpoint& b) {
  return a.origin == b.origin && a.size == b.size && a.root == b.root;
}

void Shown(const std::string& note) {
  const auto opened = OpenCheckpoint(note, kOrigin, LogKey());
  if (!opened.ok()) return;
  const std::string ours = SignCheckpoint(*opened, LogKey());
  const std::size_t end = ours.find("\n\n") + 2;
  Hold(note.substr(0, end) == ours.substr(0, end), "a note that verifies says what would be signed again");
  // Signatures of others may stand before and after it.
  Hold(absl::StrCat(note, "\n").find("\n" + ours.substr(end)) != std::string::npos,
       "one signature is the log's own");
}

void Cosigned(const Checkpoint& checkpoint, absl::Time time, std::size_t where, char change) {
  std::string line = CosignCheckpoint(checkpoint, "witness", LogKey(), time);
  const auto opened = OpenCosignature(line, checkpoint, "witness", LogKey());
  Hold(opened.ok() && *opened == time, "a cosignature says when it was made");
  line[where % line.size()] ^= change;
  Hold(!OpenCosignature(line, checkpoint, "witness", LogKey()).ok(), "no changed cosignature verifies");
}

}  // namespace

ACCORD_FUZZ_TARGET(checkpoint, bytes) {
  Input input(bytes);
  if (input.Byte() == 'r') return Shown(std::string(input.rest()));
  Checkpoint checkpoint;
  checkpoint.size = static_cast<int64_t>(input.Number(8) & INT64_MAX);
  const absl::Time time = absl::FromUnixSeconds(static_cast<int64_t>(input.Number(8)));
  const auto where = static_cast<std::size_t>(input.Number(2));
  const auto change = static_cast<char>(input.Byte());
  checkpoint.origin = absl::StrCat("log.", Hex(input.Take(input.Byte())));
  checkpoint.root = Sha256(input.rest());
  std::string note = SignCheckpoint(checkpoint, LogKey());
  const auto opened = OpenCheckpoint(note, checkpoint.origin, LogKey());
  Hold(opened.ok() && Same(*opened, checkpoint), "a signed note opens to what was signed");
  Hold(!OpenCheckpoint(note, kOrigin, LogKey()).ok(), "a note of another log does not open");
  if (change == 0) return;
  Cosigned(checkpoint, time, where, change);
  note[where % note.size()] ^= change;
  Hold(!OpenCheckpoint(note, checkpoint.origin, LogKey()).ok(), "no changed note verifies");
}

}  // namespace accord::fuzz
