// This is what the commands on the audit log trust, and what they remember between runs.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TRUST_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TRUST_H_

#include <string>

#include "accord/audit/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "common/merkle/checkpoint.h"
#include "common/merkle/tree.h"

namespace accord::ctl {

struct Trust {
  // This is a PEM file that pins the log's key; otherwise the remembered one, and the first time
  // the registry's.
  std::string public_key;
  std::string origin = "accord.example/audit";
  // It names the file that remembers what was seen; empty means the one beside the contexts file.
  std::string state;
};

// This is what was seen last: where a later log must go on from.
struct Seen {
  std::string note, key_pem;
  // This is the key that signed the note: another one after the log's key was changed and the new one pinned.
  std::string note_key_pem = {};
};

void AddTrustOptions(CLI::App* command, Trust* trust);

// Gives DATA_LOSS and says what to do.
absl::Status Broken(const std::string& what);
merkle::Proof PathOf(const google::protobuf::RepeatedPtrField<std::string>& path);

absl::StatusOr<Seen> ReadSeen(const Trust& trust, const std::string& contexts_file);
absl::StatusOr<std::string> WriteSeen(const Trust& trust, const std::string& contexts_file, const Seen& seen);
// Fills in seen->key_pem. `session` null: offline, where the key must be pinned or remembered.
absl::StatusOr<Key> TrustedKey(CommandSession* session, const Trust& trust, Seen* seen);
// The log of `now` goes on from what was seen: how many entries that were; 0 if nothing was seen yet.
absl::StatusOr<int64_t> CheckGoesOn(CommandSession* session, const Trust& trust, const Key& key,
                                    const Seen& seen, const merkle::Checkpoint& now);
// Record, salt and hash belong together.
absl::StatusOr<std::string> LeafOf(const audit::v1::Entry& entry);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TRUST_H_
