// `accordctl audit verify`: that the log was not rewritten, checked here and not by those who keep it.
#include <openssl/evp.h>

#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "accord/audit/v1/service.pb.h"
#include "clients/accordctl/session.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/merkle/checkpoint.h"
#include "common/merkle/tree.h"
#include "common/pki/keys.h"

namespace accord::ctl {
namespace {

using audit::v1::Entry;

struct Options {
  std::string public_key, origin = "accord.example/audit", state;
  bool entries = true;
};

// What was seen last: where a later log must go on from.
struct Seen {
  std::string note, key_pem;
};

absl::Status Broken(const std::string& what) {
  return absl::DataLossError(absl::StrCat(what, ". Keep the state file and call the privacy officer."));
}

merkle::Proof PathOf(const google::protobuf::RepeatedPtrField<std::string>& path) {
  return {path.begin(), path.end()};
}

std::string StateFile(const Options& options, const std::string& contexts_file) {
  if (!options.state.empty()) return options.state;
  return absl::StrCat(std::filesystem::path(contexts_file).parent_path().string(), "/audit-state.json");
}

absl::StatusOr<Seen> ReadState(const std::string& path) {
  Seen seen;
  if (!std::filesystem::exists(path)) return seen;
  ACCORD_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return Broken(absl::StrCat(path, " is damaged"));
  return Seen{json.value("note", ""), json.value("public_key", "")};
}

// Pinned on the line, else remembered, else trusted this once and said so.
absl::StatusOr<Key> TrustedKey(const Options& options, const audit::v1::Checkpoint& newest, Seen* seen) {
  if (!options.public_key.empty()) {
    ACCORD_ASSIGN_OR_RETURN(seen->key_pem, ReadFile(options.public_key));
  } else if (seen->key_pem.empty()) {
    Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                        reinterpret_cast<const unsigned char*>(newest.public_key().data()),
                                        newest.public_key().size()));
    if (key == nullptr) return Broken("the log names no Ed25519 key");
    seen->key_pem = pki::PublicPem(key);
    std::cout << "key       " << Hex(newest.public_key())
              << " trusted on first use; compare it with the office's, or give --public-key\n";
    return key;
  }
  return LoadPublicKey(seen->key_pem);
}

absl::Status CheckConsistency(Session* session, const merkle::Checkpoint& old,
                              const merkle::Checkpoint& now) {
  if (old.size > now.size) {
    return Broken(absl::StrCat("the log has shrunk from ", old.size, " to ", now.size, " entries"));
  }
  if (old.size == 0) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "consistency-proof",
                                                          {{"from_size", absl::StrCat(old.size)},
                                                           {"to_size", absl::StrCat(now.size)}}));
  const auto& proof = dynamic_cast<const audit::v1::ConsistencyProof&>(*answer);
  if (!merkle::VerifyConsistency(old.size, now.size, old.root, now.root, PathOf(proof.path()))) {
    return Broken(
        absl::StrCat("the log of ", now.size, " entries does not go on from the one of ", old.size));
  }
  return absl::OkStatus();
}

absl::Status CheckEntry(Session* session, const Entry& entry, const merkle::Checkpoint& now) {
  const std::string leaf = merkle::LeafHash(entry.salt() + entry.record_bytes());
  audit::v1::AuditRecord record;
  if (!record.ParseFromString(entry.record_bytes()) ||
      record.SerializeAsString() != entry.record().SerializeAsString()) {
    return Broken(absl::StrCat(entry.name(), " shows another record than the one that was hashed"));
  }
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "inclusion-proof",
                                                          {{"index", absl::StrCat(entry.index())},
                                                           {"tree_size", absl::StrCat(now.size)}}));
  const auto& proof = dynamic_cast<const audit::v1::InclusionProof&>(*answer);
  if (!merkle::VerifyInclusion(leaf, entry.index(), now.size, PathOf(proof.path()), now.root)) {
    return Broken(absl::StrCat(entry.name(), " is not in the log that the checkpoint signs"));
  }
  return absl::OkStatus();
}

// Every entry that this agency may see is in the tree.
absl::StatusOr<int> CheckEntries(Session* session, const merkle::Checkpoint& now) {
  int checked = 0;
  std::string token;
  do {
    Json request = {{"page_size", 500}};
    if (!token.empty()) request["page_token"] = token;
    const auto page = Invoke(session, "list", "entries", request);
    if (absl::IsPermissionDenied(page.status())) return -1;
    ACCORD_RETURN_IF_ERROR(page.status());
    const auto& listed = dynamic_cast<const audit::v1::ListEntriesResponse&>(**page);
    for (const Entry& entry : listed.entries()) {
      if (entry.index() >= now.size) return checked;  // Younger than the checkpoint.
      ACCORD_RETURN_IF_ERROR(CheckEntry(session, entry, now));
      ++checked;
    }
    token = listed.next_page_token();
  } while (!token.empty());
  return checked;
}

absl::Status Verify(Session* session, const Options& options) {
  const std::string state = StateFile(options, session->contexts_file);
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadState(state));
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "checkpoint", Json::object()));
  const auto& newest = dynamic_cast<const audit::v1::Checkpoint&>(*answer);
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(options, newest, &seen));
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now,
                          merkle::OpenCheckpoint(newest.note(), options.origin, key));
  std::cout << "signature holds: " << now.size << " entries, root " << Hex(now.root).substr(0, 16) << "\n";
  if (!seen.note.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint old,
                            merkle::OpenCheckpoint(seen.note, options.origin, key));
    ACCORD_RETURN_IF_ERROR(CheckConsistency(session, old, now));
    std::cout << "consistency holds: goes on from the " << old.size << " entries seen last\n";
  }
  if (options.entries) {
    ACCORD_ASSIGN_OR_RETURN(const int checked, CheckEntries(session, now));
    std::cout << (checked < 0
                      ? std::string("inclusion not checked: this person may not list entries; see "
                                    "`accordctl access explain list entries`")
                      : absl::StrCat("inclusion holds: ", checked, " entries of yours are in the log"))
              << "\n";
  }
  ACCORD_RETURN_IF_ERROR(
      WriteFile(state, Json{{"note", newest.note()}, {"public_key", seen.key_pem}}.dump(2) + "\n", true));
  std::cout << "remembered in " << state << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddAuditCommands(CLI::App* app, Session* session) {
  CLI::App* audit = AddCommand(app, session, "audit", "Proof that the log was not rewritten", nullptr)
                        ->require_subcommand(1)
                        ->group("Administration");
  auto options = std::make_shared<Options>();
  CLI::App* verify = AddCommand(audit, session, "verify",
                                "Check signature, consistency with what was seen last, and inclusion; exit 8 "
                                "if anything does not hold",
                                [=] { return Verify(session, *options); });
  verify->add_option("--public-key", options->public_key, "The log's key, PEM, from elsewhere than the log");
  verify->add_option("--origin", options->origin, "Name of the log [accord.example/audit]");
  verify->add_option("--state", options->state, "Remembers what was seen [beside the contexts file]");
  verify->add_flag("--entries,!--no-entries", options->entries, "Check every visible entry [yes]");
}

}  // namespace accord::ctl
