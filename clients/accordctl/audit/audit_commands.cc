// `accordctl audit` checks that the log was not rewritten, on this machine and not by those who keep it.
#include <filesystem>
#include <iostream>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/audit/audit_export.h"
#include "clients/accordctl/audit/audit_move.h"
#include "clients/accordctl/audit/audit_proofs.h"
#include "clients/accordctl/audit/audit_tiles.h"
#include "clients/accordctl/audit/audit_trust.h"
#include "clients/accordctl/audit/disclosures.h"
#include "clients/accordctl/audit/export_writer.h"
#include "clients/accordctl/audit/reconcile_command.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/deployment.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/standard_streams.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/access/method.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/own_secret.h"
#include "common/base/text_proto.h"
#include "common/pki/keys.h"

namespace accord::ctl {
namespace {

using audit::v1::Entry;

struct AuditOptions {
  Trust trust;
  bool entries = true;
  std::string file, out, key;
  // This is the audit service's configuration file.
  std::string config;
  int64_t before = 0;
};

absl::StatusOr<merkle::Checkpoint> NewestCheckpoint(CommandSession* session, const AuditOptions& options,
                                                    const Key& key, std::string* note) {
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "checkpoint", Json::object()));
  *note = dynamic_cast<const audit::v1::Checkpoint&>(*answer).note();
  return merkle::OpenCheckpoint(*note, options.trust.origin, key);
}

absl::Status PrintLogExtendsSeen(CommandSession* session, const AuditOptions& options, const Key& key,
                                 const Seen& seen, const merkle::Checkpoint& now) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t size, CheckLogExtendsSeen(session, options.trust, key, seen, now));
  if (size > 0)
    std::cout << "consistency holds: goes on from the " << CountedText(size, "entry", "entries")
              << " seen last\n";
  return absl::OkStatus();
}

absl::Status VerifyLog(CommandSession* session, const AuditOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadSeen(options.trust, session->contexts_file));
  if (!options.file.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(nullptr, options.trust, &seen));
    return VerifyExport(options.file, options.trust, key);
  }
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(session, options.trust, &seen));
  std::string note;
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now, NewestCheckpoint(session, options, key, &note));
  std::cout << "signature holds: " << CountedText(now.size, "entry", "entries") << ", root "
            << Hex(now.root).substr(0, 16) << "\n";
  ACCORD_RETURN_IF_ERROR(PrintLogExtendsSeen(session, options, key, seen, now));
  if (options.entries) {
    ACCORD_ASSIGN_OR_RETURN(const int checked,
                            ForEachProvenEntry(session, now, [](const Entry&, const merkle::Proof&) {
                              return absl::OkStatus();
                            }));
    std::cout << (checked < 0 ? std::string("inclusion not checked: this person may not list entries; see "
                                            "`accordctl access explain entry list`")
                              : absl::StrCat("inclusion holds: ", CountedText(checked, "entry", "entries"),
                                             " of yours ", checked == 1 ? "is" : "are", " in the log"))
              << "\n";
  }
  seen.note = note;
  ACCORD_ASSIGN_OR_RETURN(const std::string state, WriteSeen(options.trust, session->contexts_file, seen));
  std::cout << "remembered in " << state << "\n";
  return absl::OkStatus();
}

absl::Status ExportLog(CommandSession* session, const AuditOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadSeen(options.trust, session->contexts_file));
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(session, options.trust, &seen));
  std::string note;
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now, NewestCheckpoint(session, options, key, &note));
  ACCORD_ASSIGN_OR_RETURN(ExportWriter writer, ExportWriter::Create(options.out, note));
  ACCORD_ASSIGN_OR_RETURN(
      const int written, ForEachProvenEntry(session, now, [&](const Entry& entry, const merkle::Proof& path) {
        return writer.Add(entry, path);
      }));
  if (written < 0)
    return Refuse(rules::kRoleNotPermitted,
                  "This person may not list entries: name a privacy officer as --actor.");
  ACCORD_RETURN_IF_ERROR(writer.Close());
  std::cout << CountedText(written, "entry is", "entries are") << " in " << options.out
            << "; check them anywhere with `accordctl audit verify --file " << options.out
            << " --public-key KEY`\n";
  return absl::OkStatus();
}

// This copies the tree's hashes into files, once the checkpoint's signature was verified and the log extends
// what was seen.
absl::Status CopyLogTiles(CommandSession* session, const AuditOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadSeen(options.trust, session->contexts_file));
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(session, options.trust, &seen));
  std::string note;
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now, NewestCheckpoint(session, options, key, &note));
  ACCORD_RETURN_IF_ERROR(PrintLogExtendsSeen(session, options, key, seen, now));
  ACCORD_ASSIGN_OR_RETURN(const int64_t fetched,
                          MirrorTiles(options.out, now, note, AuditTilesOfLog(session, now.size)));
  seen.note = note;
  ACCORD_RETURN_IF_ERROR(WriteSeen(options.trust, session->contexts_file, seen).status());
  std::cout << options.out << " holds the hashes of all " << CountedText(now.size, "entry", "entries") << "; "
            << CountedText(fetched, "tile is", "tiles are") << " new\n";
  return absl::OkStatus();
}

// This moves old spans of entries into files, on the machine with the log's database.
absl::Status MoveOutOldEntries(const AuditOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const Deployment deployment, ReadDeployment({options.config}));
  const ServiceFile* const audit = deployment.Find("audit");
  if (audit == nullptr) return absl::InvalidArgumentError(options.config + " configures no audit");
  host::v1::AuditConfig config;
  ACCORD_RETURN_IF_ERROR(ReadConfigPart(options.config, &config));
  ACCORD_ASSIGN_OR_RETURN(const std::string pem,
                          ReadNonEmptyFile(config.checkpoint_key_file(), "the log's key"));
  ACCORD_ASSIGN_OR_RETURN(const Key key, LoadPrivateKey(pem));
  ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnersDatabaseOfService(*audit));
  ACCORD_ASSIGN_OR_RETURN(const auto database, storage::Database::Open({dsn, 1}));
  const MoveOptions move{config.origin(), &key, options.before, options.out, absl::Now()};
  int64_t all = 0, moved = 0;
  do {
    ACCORD_ASSIGN_OR_RETURN(moved, MoveOldestSpan(database.get(), move));
    all += moved;
  } while (moved > 0);
  std::cout << CountedText(all, "entry was", "entries were") << " moved to " << options.out
            << "; copy the files to where they are kept, and check the copies with `accordctl audit verify "
               "--file FILE --public-key KEY`\n";
  return absl::OkStatus();
}

// This signs, as this agency's witness, that the log extends what was seen.
absl::Status WitnessLog(CommandSession* session, const AuditOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  const std::string name = absl::StrCat(options.trust.origin, "/witness/", client->agency());
  Key mine;
  ACCORD_ASSIGN_OR_RETURN(const bool has_key, IsThere(options.key));
  if (has_key) {
    ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadOwnSecret(options.key));
    ACCORD_ASSIGN_OR_RETURN(mine, LoadPrivateKey(pem));
  } else {
    mine = pki::NewSigningKey();
    ACCORD_RETURN_IF_ERROR(WriteFile(options.key, pki::PrivatePem(mine), FileKind::kSecret));
    const absl::Status registered =
        Invoke(session, "register", "witness",
               {{"public_key", Base64(RawPublicKey(mine))}, {"request_id", NewRequestId()}})
            .status();
    if (!registered.ok()) {
      // Later runs would be refused with a key that the log does not know, so the key is removed.
      std::error_code ignored;
      std::filesystem::remove(options.key, ignored);
      return registered;
    }
    std::cout << "registered the key in " << options.key << " as " << name << "; keep it here\n";
  }
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadSeen(options.trust, session->contexts_file));
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(session, options.trust, &seen));
  std::string note;
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now, NewestCheckpoint(session, options, key, &note));
  ACCORD_RETURN_IF_ERROR(PrintLogExtendsSeen(session, options, key, seen, now));
  const std::string line = merkle::CosignCheckpoint(now, name, mine, absl::Now());
  ACCORD_RETURN_IF_ERROR(Invoke(session, "cosign", "checkpoint",
                                {{"note", note}, {"cosignature", line}, {"request_id", NewRequestId()}})
                             .status());
  seen.note = note;
  ACCORD_ASSIGN_OR_RETURN(const std::string state, WriteSeen(options.trust, session->contexts_file, seen));
  std::cout << "witnessed: " << CountedText(now.size, "entry", "entries") << ", root "
            << Hex(now.root).substr(0, 16) << "; remembered in " << state << "\n";
  return absl::OkStatus();
}

using SharedOptions = std::shared_ptr<AuditOptions>;

void AddVerify(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* verify = AddCommand(audit, session, "verify",
                                "Check signature, consistency with what was seen last, and inclusion; exit 8 "
                                "if anything does not hold",
                                [=] { return VerifyLog(session, *options); });
  AddTrustOptions(verify, &options->trust);
  verify->add_option("--file", options->file,
                     "Check an export instead, offline; its key must be pinned or remembered");
  verify->add_flag("--entries,!--no-entries", options->entries, "Check every visible entry [yes]");
}

void AddExport(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* out =
      AddCommand(audit, session, "export",
                 "Write every entry that concerns this agency, with its proof, for others to check",
                 [=] { return ExportLog(session, *options); });
  AddTrustOptions(out, &options->trust);
  out->add_option("--out", options->out, "File to write, JSON lines (format: docs/audit-export.md)")
      ->check(FaultOfFileToWrite)
      ->required();
}

void AddTiles(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* tiles = AddCommand(
      audit, session, "tiles",
      "Copy the hashes of the whole log and its checkpoint into files, for witnesses: C2SP tlog-tiles",
      [=] { return CopyLogTiles(session, *options); });
  AddTrustOptions(tiles, &options->trust);
  tiles->add_option("--out", options->out, "Folder to keep; only what is new is fetched")
      ->check(FaultOfFolderToFill)
      ->required();
}

void AddMoveOut(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* move_out = AddCommand(audit, session, "move-out",
                                  "Move old entries into files that anybody can check, and out of the "
                                  "database; runs where the log's database is",
                                  [=] { return MoveOutOldEntries(*options); });
  move_out->add_option("CONFIG", options->config, "The audit's configuration file")->required();
  move_out->add_option("--before", options->before, "Move out the whole spans of entries below this index")
      ->required();
  move_out->add_option("--out", options->out, "Folder for the files")->check(FaultOfFolderToFill)->required();
}

void AddWitness(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* witness =
      AddCommand(audit, session, "witness",
                 "Cosign the newest checkpoint, if the log goes on from what was seen; run it daily",
                 [=] { return WitnessLog(session, *options); });
  AddTrustOptions(witness, &options->trust);
  witness->add_option("--key", options->key, "This agency's witness key, PEM; made and registered if absent")
      ->check(FaultOfFileToWrite)
      ->required();
}

}  // namespace

void AddAuditCommands(CLI::App* app, CommandSession* session) {
  CLI::App* audit = AddCommand(app, session, "audit", "Prove that the log was not rewritten", nullptr)
                        ->require_subcommand(1)
                        ->group("Administration");
  const auto options = std::make_shared<AuditOptions>();
  AddVerify(audit, session, options);
  AddExport(audit, session, options);
  AddDisclosuresCommand(audit, session);
  AddTiles(audit, session, options);
  AddMoveOut(audit, session, options);
  AddWitness(audit, session, options);
  AddReconcileCommand(audit, session);
}

}  // namespace accord::ctl
