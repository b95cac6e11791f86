#include "clients/accordctl/audit/audit_trust.h"

#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/pki/ed25519.h"
#include "common/pki/keys.h"

namespace accord::ctl {
namespace {

std::string TrustStateFile(const Trust& trust, const std::string& contexts_file) {
  if (!trust.state.empty()) return trust.state;
  return std::filesystem::path(contexts_file).parent_path() / "audit-state.json";
}

}  // namespace

void AddTrustOptions(CLI::App* command, Trust* trust) {
  command->add_option("--public-key", trust->public_key,
                      "The log's key, PEM [remembered; the first time the registry's]");
  command->add_option("--origin", trust->origin, "Name of the log [accord.example/audit]");
  command->add_option("--state", trust->state, "Remembers what was seen [beside the contexts file]");
}

absl::Status UntrustedLog(const std::string& what) {
  return absl::DataLossError(absl::StrCat(what, ". Keep the state file and call the privacy officer."));
}

merkle::Proof ProofOf(const google::protobuf::RepeatedPtrField<std::string>& path) {
  return {path.begin(), path.end()};
}

absl::StatusOr<Seen> ReadSeen(const Trust& trust, const std::string& contexts_file) {
  Seen seen;
  const std::string path = TrustStateFile(trust, contexts_file);
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(path));
  if (!there) return seen;
  ACCORD_ASSIGN_OR_RETURN(const std::string text, ReadInputFile(path, "what was seen of the log"));
  const Json json = ParseJson(text).value_or(nullptr);
  if (!json.is_object()) return UntrustedLog(absl::StrCat(path, " is damaged"));
  return Seen{JsonTextAt(json, "note"), JsonTextAt(json, "public_key"), JsonTextAt(json, "public_key")};
}

absl::StatusOr<std::string> WriteSeen(const Trust& trust, const std::string& contexts_file,
                                      const Seen& seen) {
  const std::string path = TrustStateFile(trust, contexts_file);
  ACCORD_RETURN_IF_ERROR(WriteFile(
      path, DumpJson(Json{{"note", seen.note}, {"public_key", seen.key_pem}}, 2) + "\n", FileKind::kSecret));
  return path;
}

absl::StatusOr<Key> TrustedKey(CommandSession* session, const Trust& trust, Seen* seen) {
  if (!trust.public_key.empty()) {
    ACCORD_ASSIGN_OR_RETURN(seen->key_pem, ReadInputFile(trust.public_key, "the log's key"));
    auto named = LoadPublicKey(seen->key_pem);
    if (named.ok()) return named;
    return Reword(named.status(),
                  absl::StrCat(trust.public_key, ", the log's key: ", std::string(named.status().message())));
  } else if (seen->key_pem.empty()) {
    if (session == nullptr)
      return absl::InvalidArgumentError("offline, give the log's key with --public-key");
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer,
                            Invoke(session, "get", "transparency-log", Json::object()));
    const auto& log = dynamic_cast<const registry::v1::TransparencyLog&>(*answer);
    Key key = PublicKeyOf(log.public_key());
    if (key == nullptr) return UntrustedLog("the registry names no Ed25519 key");
    seen->key_pem = pki::PublicPem(key);
    std::cout << "key       " << Hex(log.public_key()) << " from the registry; remembered from now on\n";
    return key;
  }
  return LoadPublicKey(seen->key_pem);
}

absl::StatusOr<int64_t> CheckLogExtendsSeen(CommandSession* session, const Trust& trust, const Key& key,
                                            const Seen& seen, const merkle::Checkpoint& now) {
  if (seen.note.empty()) return 0;
  absl::StatusOr<Key> signer = LoadPublicKey(seen.note_key_pem);
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint old,
                          merkle::OpenCheckpoint(seen.note, trust.origin, signer.ok() ? *signer : key));
  if (old.size > now.size) {
    return UntrustedLog(absl::StrCat("the log has shrunk from ", old.size, " to ", now.size, " entries"));
  }
  if (old.size > 0) {
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "consistency-proof",
                                                            {{"from_size", absl::StrCat(old.size)},
                                                             {"to_size", absl::StrCat(now.size)}}));
    const auto& proof = dynamic_cast<const audit::v1::ConsistencyProof&>(*answer);
    if (!merkle::VerifyConsistency(old.size, now.size, old.root, now.root, ProofOf(proof.path()))) {
      return UntrustedLog(
          absl::StrCat("the log of ", now.size, " entries does not go on from the one of ", old.size));
    }
  }
  return old.size;
}

}  // namespace accord::ctl
