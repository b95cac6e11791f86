// This file is about the key that the commands on the audit log trust, and what they remember between runs.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TRUST_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TRUST_H_

#include <string>

#include "accord/audit/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "common/merkle/checkpoint.h"
#include "common/merkle/tree.h"

namespace accord::ctl {

struct Trust {
  // This is a PEM file with the log's key. If it is empty, the remembered key is trusted, and the first time
  // the registry's.
  std::string public_key;
  std::string origin = "accord.example/audit";
  // This is the file that remembers what was seen; if it is empty, the one beside the contexts file is used.
  std::string state;
};

// This is what was last seen of the log, which a later log must extend.
struct Seen {
  std::string note, key_pem;
  // This is the key that signed the note. It differs after the log's key was changed and the new one
  // was pinned.
  std::string note_key_pem = {};
};

void AddTrustOptions(CLI::App* command, Trust* trust);

// This gives DATA_LOSS with the advice what to do.
absl::Status UntrustedLog(const std::string& what);
merkle::Proof ProofOf(const google::protobuf::RepeatedPtrField<std::string>& path);

absl::StatusOr<Seen> ReadSeen(const Trust& trust, const std::string& contexts_file);
absl::StatusOr<std::string> WriteSeen(const Trust& trust, const std::string& contexts_file, const Seen& seen);
// This gives the log's key and sets seen->key_pem. If `session` is null, it works offline, and the key must
// be pinned or remembered.
absl::StatusOr<Key> TrustedKey(CommandSession* session, const Trust& trust, Seen* seen);
// This checks that the log at `now` extends the one that was seen, and gives the number of entries of the
// latter; it is 0 if nothing was seen yet.
absl::StatusOr<int64_t> CheckLogExtendsSeen(CommandSession* session, const Trust& trust, const Key& key,
                                            const Seen& seen, const merkle::Checkpoint& now);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TRUST_H_
