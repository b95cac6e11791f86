// `accordctl audit`: checks that the log was not rewritten, on this machine and not by those who
// keep it.
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
#include "clients/accordctl/core/deployment.h"
#include "clients/accordctl/core/document.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/streams.h"
#include "common/access/method.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/pki/keys.h"

namespace accord::ctl {
namespace {

using audit::v1::Entry;

struct Options {
  Trust trust;
  bool entries = true;
  std::string file, out, key;
  int older_than_seconds = 60;
  bool from_start = false;
  // The audit service's configuration file.
  std::string config;
  int64_t before = 0;
};

absl::StatusOr<merkle::Checkpoint> NewestCheckpoint(CommandSession* session, const Options& options,
                                                    const Key& key, std::string* note) {
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "checkpoint", Json::object()));
  *note = dynamic_cast<const audit::v1::Checkpoint&>(*answer).note();
  return merkle::OpenCheckpoint(*note, options.trust.origin, key);
}

absl::Status SayGoesOn(CommandSession* session, const Options& options, const Key& key, const Seen& seen,
                       const merkle::Checkpoint& now) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t size, CheckGoesOn(session, options.trust, key, seen, now));
  if (size > 0)
    std::cout << "consistency holds: goes on from the " << Amount(size, "entry", "entries") << " seen last\n";
  return absl::OkStatus();
}

absl::Status Verify(CommandSession* session, const Options& options) {
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadSeen(options.trust, session->contexts_file));
  if (!options.file.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(nullptr, options.trust, &seen));
    return VerifyExport(options.file, options.trust, key);
  }
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(session, options.trust, &seen));
  std::string note;
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now, NewestCheckpoint(session, options, key, &note));
  std::cout << "signature holds: " << Amount(now.size, "entry", "entries") << ", root "
            << Hex(now.root).substr(0, 16) << "\n";
  ACCORD_RETURN_IF_ERROR(SayGoesOn(session, options, key, seen, now));
  if (options.entries) {
    ACCORD_ASSIGN_OR_RETURN(
        const int checked,
        ForEachEntry(session, now, [](const Entry&, const merkle::Proof&) { return absl::OkStatus(); }));
    std::cout << (checked < 0 ? std::string("inclusion not checked: this person may not list entries; see "
                                            "`accordctl access explain entry list`")
                              : absl::StrCat("inclusion holds: ", Amount(checked, "entry", "entries"),
                                             " of yours ", checked == 1 ? "is" : "are", " in the log"))
              << "\n";
  }
  seen.note = note;
  ACCORD_ASSIGN_OR_RETURN(const std::string state, WriteSeen(options.trust, session->contexts_file, seen));
  std::cout << "remembered in " << state << "\n";
  return absl::OkStatus();
}

absl::Status Export(CommandSession* session, const Options& options) {
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadSeen(options.trust, session->contexts_file));
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(session, options.trust, &seen));
  std::string note;
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now, NewestCheckpoint(session, options, key, &note));
  ACCORD_ASSIGN_OR_RETURN(ExportWriter writer, ExportWriter::Create(options.out, note));
  ACCORD_ASSIGN_OR_RETURN(const int written,
                          ForEachEntry(session, now, [&](const Entry& entry, const merkle::Proof& path) {
                            return writer.Add(entry, path);
                          }));
  if (written < 0)
    return Refuse(rules::kRoleNotPermitted,
                  "This person may not list entries: name a privacy officer as --actor.");
  ACCORD_RETURN_IF_ERROR(writer.Close());
  std::cout << Amount(written, "entry is", "entries are") << " in " << options.out
            << "; check them anywhere with `accordctl audit verify --file " << options.out
            << " --public-key KEY`\n";
  return absl::OkStatus();
}

// Copies the tree's hashes into files, once the checkpoint's signature was verified and the log
// extends what was seen.
absl::Status Tiles(CommandSession* session, const Options& options) {
  ACCORD_ASSIGN_OR_RETURN(Seen seen, ReadSeen(options.trust, session->contexts_file));
  ACCORD_ASSIGN_OR_RETURN(const Key key, TrustedKey(session, options.trust, &seen));
  std::string note;
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now, NewestCheckpoint(session, options, key, &note));
  ACCORD_RETURN_IF_ERROR(SayGoesOn(session, options, key, seen, now));
  ACCORD_ASSIGN_OR_RETURN(const int64_t fetched,
                          MirrorTiles(options.out, now, note, TilesOfTheLog(session, now.size)));
  seen.note = note;
  ACCORD_RETURN_IF_ERROR(WriteSeen(options.trust, session->contexts_file, seen).status());
  std::cout << options.out << " holds the hashes of all " << Amount(now.size, "entry", "entries") << "; "
            << Amount(fetched, "tile is", "tiles are") << " new\n";
  return absl::OkStatus();
}

// Moves old spans of entries into files, on the machine with the log's database.
absl::Status MoveOut(const Options& options) {
  ACCORD_ASSIGN_OR_RETURN(const Deployment deployment, ReadDeployment({options.config}));
  const ServiceFile* const audit = deployment.Find("audit");
  if (audit == nullptr) return absl::InvalidArgumentError(options.config + " configures no audit");
  host::v1::AuditConfig config;
  ACCORD_RETURN_IF_ERROR(ReadConfigPart(options.config, &config));
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadFilled(config.checkpoint_key_file(), "the log's key"));
  ACCORD_ASSIGN_OR_RETURN(const Key key, LoadPrivateKey(pem));
  ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnedDatabaseOf(*audit));
  ACCORD_ASSIGN_OR_RETURN(const auto database, storage::Database::Open({dsn, 1}));
  const MoveOptions move{config.origin(), &key, options.before, options.out, absl::Now()};
  int64_t all = 0, moved = 0;
  do {
    ACCORD_ASSIGN_OR_RETURN(moved, MoveOldestSpan(database.get(), move));
    all += moved;
  } while (moved > 0);
  std::cout << Amount(all, "entry was", "entries were") << " moved to " << options.out
            << "; copy the files to where they are kept, and check the copies with `accordctl audit verify "
               "--file FILE --public-key KEY`\n";
  return absl::OkStatus();
}

// Signs, as this agency's witness, that the log extends what was seen.
absl::Status Witness(CommandSession* session, const Options& options) {
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
  ACCORD_RETURN_IF_ERROR(SayGoesOn(session, options, key, seen, now));
  const std::string line = merkle::CosignCheckpoint(now, name, mine, absl::Now());
  ACCORD_RETURN_IF_ERROR(Invoke(session, "cosign", "checkpoint",
                                {{"note", note}, {"cosignature", line}, {"request_id", NewRequestId()}})
                             .status());
  seen.note = note;
  ACCORD_ASSIGN_OR_RETURN(const std::string state, WriteSeen(options.trust, session->contexts_file, seen));
  std::cout << "witnessed: " << Amount(now.size, "entry", "entries") << ", root "
            << Hex(now.root).substr(0, 16) << "; remembered in " << state << "\n";
  return absl::OkStatus();
}

// Makes sure that every change of every service has a record in the log, or gets one which
// says that it was recovered. The log itself asks the services; this only calls it again until
// it is done.
absl::Status Reconcile(CommandSession* session, const Options& options) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  for (const std::string& service : AllServices()) {
    if (!absl::EndsWith(service, ".RevisionService")) continue;
    audit::v1::RecoverRecordsRequest ask;
    ask.set_service(ServiceInPath("/" + service));
    ask.set_older_than_seconds(options.older_than_seconds);
    ask.set_from_start(options.from_start);
    int64_t compared = 0, recovered = 0, unproven = 0;
    absl::Time settled = absl::InfinitePast();
    audit::v1::RecoverRecordsResponse answer;
    do {
      ask.set_request_id(NewRequestId());
      ACCORD_RETURN_IF_ERROR(client->Call("/accord.audit.v1.AuditService/RecoverRecords", ask, &answer));
      for (const auto& outcome : answer.services()) {
        compared += outcome.compared();
        unproven += outcome.unproven();
        if (outcome.has_settled_until()) settled = FromProto(outcome.settled_until());
      }
      recovered += answer.recovered_size();
      for (const auto& id : answer.recovered()) std::cout << "recovered " << id << "\n";
      TellProgress(absl::StrCat(service, ": ", Amount(compared, "change", "changes"), " compared"));
      ask.set_from_start(false);
    } while (answer.more());
    std::cout << service << ": " << Amount(compared, "change", "changes") << " compared, "
              << Amount(recovered, "record", "records") << " recovered";
    if (unproven > 0) {
      std::cout << ", " << Amount(unproven, "change", "changes") << " without proof of who made them";
    }
    if (settled > absl::InfinitePast()) {
      std::cout << ", settled until " << TimeText(settled);
    }
    std::cout << "\n";
  }
  return absl::OkStatus();
}

using SharedOptions = std::shared_ptr<Options>;

void AddVerify(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* verify = AddCommand(audit, session, "verify",
                                "Check signature, consistency with what was seen last, and inclusion; exit 8 "
                                "if anything does not hold",
                                [=] { return Verify(session, *options); });
  AddTrustOptions(verify, &options->trust);
  verify->add_option("--file", options->file,
                     "Check an export instead, offline; its key must be pinned or remembered");
  verify->add_flag("--entries,!--no-entries", options->entries, "Check every visible entry [yes]");
}

void AddExport(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* out =
      AddCommand(audit, session, "export",
                 "Write every entry that concerns this agency, with its proof, for others to check",
                 [=] { return Export(session, *options); });
  AddTrustOptions(out, &options->trust);
  out->add_option("--out", options->out, "File to write, JSON lines (format: docs/audit-export.md)")
      ->check(FaultOfFileToWrite)
      ->required();
}

void AddTiles(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* tiles = AddCommand(
      audit, session, "tiles",
      "Copy the hashes of the whole log and its checkpoint into files, for witnesses: C2SP tlog-tiles",
      [=] { return Tiles(session, *options); });
  AddTrustOptions(tiles, &options->trust);
  tiles->add_option("--out", options->out, "Folder to keep; only what is new is fetched")
      ->check(FaultOfFolderToFill)
      ->required();
}

void AddMoveOut(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* move_out = AddCommand(audit, session, "move-out",
                                  "Move old entries into files that anybody can check, and out of the "
                                  "database; runs where the log's database is",
                                  [=] { return MoveOut(*options); });
  move_out->add_option("CONFIG", options->config, "The audit's configuration file")->required();
  move_out->add_option("--before", options->before, "Move out the whole spans of entries below this index")
      ->required();
  move_out->add_option("--out", options->out, "Folder for the files")->check(FaultOfFolderToFill)->required();
}

void AddWitness(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* witness =
      AddCommand(audit, session, "witness",
                 "Cosign the newest checkpoint, if the log goes on from what was seen; run it daily",
                 [=] { return Witness(session, *options); });
  AddTrustOptions(witness, &options->trust);
  witness->add_option("--key", options->key, "This agency's witness key, PEM; made and registered if absent")
      ->check(FaultOfFileToWrite)
      ->required();
}

void AddReconcile(CLI::App* audit, CommandSession* session, const SharedOptions& options) {
  CLI::App* reconcile =
      AddCommand(audit, session, "reconcile",
                 "Report until when the changes of each service have their records; what a crash left out is "
                 "recorded as recovered",
                 [=] { return Reconcile(session, *options); });
  reconcile->add_option("--older-than-seconds", options->older_than_seconds,
                        "Leave out what is younger [60]");
  reconcile->add_flag("--from-start", options->from_start, "Compare every change that services have");
}

}  // namespace

void AddAuditCommands(CLI::App* app, CommandSession* session) {
  CLI::App* audit = AddCommand(app, session, "audit", "Prove that the log was not rewritten", nullptr)
                        ->require_subcommand(1)
                        ->group("Administration");
  const auto options = std::make_shared<Options>();
  AddVerify(audit, session, options);
  AddExport(audit, session, options);
  AddDisclosuresCommand(audit, session);
  AddTiles(audit, session, options);
  AddMoveOut(audit, session, options);
  AddWitness(audit, session, options);
  AddReconcile(audit, session, options);
}

}  // namespace accord::ctl
