#include "clients/accordctl/operate/rotate.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/contexts.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/process.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/operate/config_edit.h"
#include "clients/accordctl/operate/owned_file.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/text_proto.h"
#include "common/merkle/checkpoint.h"
#include "common/pki/certificate_check.h"
#include "common/storage/database/dsn.h"
#include "common/storage/sealing/keyring.h"
#include "common/storage/sealing/reseal.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;

using Files = std::vector<std::string>;

std::string FileTimeStamp() { return absl::FormatTime("%Y%m%dT%H%M%E3SZ", absl::Now(), absl::UTCTimeZone()); }

// This makes a new Ed25519 key pair beside an old private key, and gives the private file's path; the public
// one's ends in .pub.
absl::StatusOr<std::string> NewRotatedKeyPair(const std::string& old, const std::string& name) {
  const std::string stem = fs::path(old).parent_path() / absl::StrCat(name, "-", FileTimeStamp());
  const Key key = pki::NewSigningKey();
  ACCORD_RETURN_IF_ERROR(WriteWithOwnerOf(old, stem + ".key", pki::PrivatePem(key), FileKind::kSecret));
  ACCORD_RETURN_IF_ERROR(WriteWithOwnerOf(old, stem + ".pub", pki::PublicPem(key), FileKind::kPublic));
  return stem + ".key";
}

std::string PublicFileOfRotated(const std::string& private_file) {
  return absl::StrCat(std::string(absl::StripSuffix(private_file, ".key")), ".pub");
}

std::string ServiceCommandLine(const ServiceFile& service, const char* what) {
  return absl::StrCat("accord-", service.host.name(), " --config ", service.file, " ", what);
}

absl::StatusOr<int64_t> RowsUnderOtherKeys(const ServiceFile& service) {
  const auto& host = service.host;
  ACCORD_ASSIGN_OR_RETURN(const std::string dsn, DatabaseOfService(service));
  ACCORD_ASSIGN_OR_RETURN(const auto ring,
                          storage::Keyring::Load({host.seal_key_files().begin(), host.seal_key_files().end()},
                                                 host.index_key_file()));
  if (!storage::IsPostgres(dsn)) {
    ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(dsn));
    if (!there) return absl::NotFoundError(absl::StrCat("there is no ", dsn));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto database, storage::Database::Open({dsn, 1, ring}));
  return database->Read(storage::CountToReseal);
}

absl::Status ExplainSealRotation(const ServiceFile& service) {
  const auto& host = service.host;
  ACCORD_ASSIGN_OR_RETURN(const int64_t rows, RowsUnderOtherKeys(service));
  for (int i = 0; i < host.seal_key_files_size(); ++i) {
    ACCORD_ASSIGN_OR_RETURN(const auto ring,
                            storage::Keyring::Load({host.seal_key_files(i)}, host.index_key_file()));
    std::cout << (i == 0 ? "seals  " : "opens  ") << ring->current() << "  " << host.seal_key_files(i)
              << "\n";
  }
  std::cout << rows << " rows are under another key than the first\n"
            << "1. --add      makes a key that only opens; then restart every replica of " << host.name()
            << "\n"
            << "2. --promote  makes it the one that seals; then restart every replica\n"
            << "3. --reseal   seals all rows anew; may be interrupted and run again\n"
            << "4. --retire   takes the old keys out of the configuration\n";
  return absl::OkStatus();
}

absl::Status SetSealKeys(const ServiceFile& service, const Files& keys, const std::string& next) {
  ACCORD_RETURN_IF_ERROR(EditFieldStrings(service.file, "seal_key_files", keys));
  std::cout << service.file << " names " << keys.size()
            << (keys.size() == 1 ? " seal key" : " seal keys, first ")
            << (keys.size() == 1 ? "" : keys.front()) << "\nnext: " << next << "\n";
  return absl::OkStatus();
}

// This writes into each service's configuration which gateway keys it accepts.
absl::Status EditGatewayKeys(const Deployment& deployment,
                             const std::function<Files(const ServiceFile&)>& files_of) {
  for (const ServiceFile& service : deployment.services) {
    ACCORD_RETURN_IF_ERROR(EditFieldStrings(service.file, "gateway_key_files", files_of(service)));
    std::cout << service.file << " is changed\n";
  }
  return absl::OkStatus();
}

absl::Status AddAssertionKey(const std::string& present, const Deployment& deployment) {
  ACCORD_ASSIGN_OR_RETURN(const std::string fresh, NewRotatedKeyPair(present, "gateway-assertion"));
  ACCORD_RETURN_IF_ERROR(EditGatewayKeys(deployment, [&](const ServiceFile& service) {
    Files files(service.host.gateway_key_files().begin(), service.host.gateway_key_files().end());
    files.push_back(PublicFileOfRotated(fresh));
    return files;
  }));
  std::cout << "next: restart every service, then --promote\n";
  return absl::OkStatus();
}

absl::Status PromoteAssertionKey(const GatewayFile& gateway, const Deployment& deployment) {
  const auto& known = deployment.services.front().host.gateway_key_files();
  const std::string newest = known.empty() ? "" : known[known.size() - 1];
  const std::string its_key = absl::StrCat(std::string(absl::StripSuffix(newest, ".pub")), ".key");
  ACCORD_ASSIGN_OR_RETURN(const bool has_key, IsThere(its_key));
  for (const ServiceFile& service : deployment.services) {
    const auto& files = service.host.gateway_key_files();
    if (std::find(files.begin(), files.end(), newest) == files.end() || !has_key ||
        its_key == gateway.config.assertion_key_file()) {
      return Refuse(rules::kKeyMissing, "Not every service knows a new key of the gateway: --add first.");
    }
  }
  ACCORD_RETURN_IF_ERROR(EditFieldStrings(gateway.file, "assertion_key_file", {its_key}));
  std::cout << gateway.file << " signs with " << its_key << "\nnext: restart the gateway, then --retire\n";
  return absl::OkStatus();
}

absl::Status RetireAssertionKeys(const std::string& present, const Deployment& deployment) {
  const std::string its_public = PublicFileOfRotated(present);
  for (const ServiceFile& service : deployment.services) {
    const auto& files = service.host.gateway_key_files();
    if (std::find(files.begin(), files.end(), its_public) == files.end()) {
      return Refuse(rules::kKeyInUse, absl::StrCat(service.file, " does not name ", its_public,
                                                   ": without the old key it would accept nobody."));
    }
  }
  ACCORD_RETURN_IF_ERROR(EditGatewayKeys(deployment, [&](const ServiceFile&) { return Files{its_public}; }));
  std::cout << "next: restart every service; then destroy the old private key\n";
  return absl::OkStatus();
}

}  // namespace

absl::Status RotateSeal(const ServiceFile& service, RotateStep step) {
  const auto& host = service.host;
  const std::string restart = absl::StrCat("restart every replica of ", host.name(), ", then ");
  Files keys(host.seal_key_files().begin(), host.seal_key_files().end());
  if (keys.empty()) return absl::InvalidArgumentError(absl::StrCat(service.file, " names no seal key"));
  switch (step) {
    case RotateStep::kExplain:
      return ExplainSealRotation(service);
    case RotateStep::kAdd: {
      const std::string fresh =
          fs::path(keys.front()).parent_path() / absl::StrCat(host.name(), "-seal-", FileTimeStamp(), ".key");
      ACCORD_RETURN_IF_ERROR(WriteWithOwnerOf(keys.front(), fresh, RandomBytes(32), FileKind::kSecret));
      std::cout << fresh
                << " is new: copy it to every replica, and to where keys are kept, before you go on\n";
      keys.push_back(fresh);
      return SetSealKeys(service, keys, restart + "--promote");
    }
    case RotateStep::kPromote:
      if (keys.size() < 2) return Refuse(rules::kKeyMissing, "There is one seal key only: --add first.");
      std::rotate(keys.begin(), keys.end() - 1, keys.end());
      return SetSealKeys(service, keys, restart + "--reseal");
    case RotateStep::kReseal: {
      ACCORD_RETURN_IF_ERROR(
          RunProgram({ServiceBinary(host.name()), "--config", service.file, "--reseal"}, {}, true));
      std::cout << "next: --retire\n";
      return absl::OkStatus();
    }
    case RotateStep::kRetire: {
      ACCORD_ASSIGN_OR_RETURN(const int64_t rows, RowsUnderOtherKeys(service));
      if (rows > 0) {
        return Refuse(rules::kKeyInUse, absl::StrCat(rows, " rows are under an old key: --reseal first (",
                                                     ServiceCommandLine(service, "--reseal"), ")."));
      }
      return SetSealKeys(service, {keys.front()},
                         absl::StrCat("restart ", host.name(),
                                      ". Keep the old key files as long as backups from before are kept"));
    }
  }
  return absl::OkStatus();
}

absl::Status RotateAssertion(const GatewayFile& gateway, const Deployment& deployment, RotateStep step) {
  const std::string& present = gateway.config.assertion_key_file();
  if (step == RotateStep::kReseal) return absl::InvalidArgumentError("--reseal is for seal keys");
  if (deployment.services.empty())
    return absl::InvalidArgumentError("name the configuration of every service too");
  if (step == RotateStep::kAdd) return AddAssertionKey(present, deployment);
  if (step == RotateStep::kPromote) return PromoteAssertionKey(gateway, deployment);
  if (step == RotateStep::kRetire) return RetireAssertionKeys(present, deployment);
  std::cout << "the gateway signs with " << present << "; services accept "
            << deployment.services.front().host.gateway_key_files().size() << " keys\n"
            << "1. --add      makes a pair and lets every service accept it; then restart the services\n"
            << "2. --promote  lets the gateway sign with it; then restart the gateway\n"
            << "3. --retire   takes the old key from the services; then restart them\n";
  return absl::OkStatus();
}

absl::Status RotateCheckpoint(const Deployment& deployment, RotateStep step) {
  const ServiceFile* audit = deployment.Find("audit");
  const ServiceFile* registry = deployment.Find("registry");
  if (audit == nullptr || registry == nullptr) {
    return absl::InvalidArgumentError("name the configuration of the audit and of the registry");
  }
  host::v1::AuditConfig config;
  ACCORD_RETURN_IF_ERROR(ReadConfigPart(audit->file, &config));
  if (step == RotateStep::kExplain) {
    std::cout << "1. Ask every agency for a last `accordctl audit verify` and `audit witness` under the "
                 "present key.\n"
                 "2. Stop the gateway, then the audit service.\n"
                 "3. --add      makes a pair, signs the witnessed checkpoint anew, names the pair for the "
                 "audit and the registry.\n"
                 "4. Start the audit, the registry and the gateway again.\n"
                 "5. Send the new .pub to every agency on another way than Accord. Each runs once\n"
                 "   `accordctl audit verify --public-key NEW.pub`, which proves that the log goes on from "
                 "what it saw under the old key.\n"
                 "6. Keep the old .pub: exports from before verify with it. Destroy the old private key.\n";
    return absl::OkStatus();
  }
  if (step != RotateStep::kAdd) return absl::InvalidArgumentError("a checkpoint key takes --add only");
  ACCORD_ASSIGN_OR_RETURN(const std::string old_pem,
                          ReadNonEmptyFile(config.checkpoint_key_file(), "the log's key"));
  ACCORD_ASSIGN_OR_RETURN(const Key old, LoadPrivateKey(old_pem));
  ACCORD_ASSIGN_OR_RETURN(const std::string fresh,
                          NewRotatedKeyPair(config.checkpoint_key_file(), "checkpoint"));
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadNonEmptyFile(fresh, "the log's key"));
  ACCORD_ASSIGN_OR_RETURN(const Key key, LoadPrivateKey(pem));
  // A file that cannot be examined is refused when it is read.
  if (const std::string& file = config.witnessed_file(); IsThere(file).value_or(true)) {
    ACCORD_ASSIGN_OR_RETURN(const std::string note, ReadNonEmptyFile(file, "the witnessed checkpoint"));
    ACCORD_ASSIGN_OR_RETURN(const auto witnessed, merkle::OpenCheckpoint(note, config.origin(), old));
    ACCORD_RETURN_IF_ERROR(WriteWithOwnerOf(config.checkpoint_key_file(), file,
                                            merkle::SignCheckpoint(witnessed, key), FileKind::kPrivate));
  }
  ACCORD_RETURN_IF_ERROR(EditFieldStrings(audit->file, "checkpoint_key_file", {fresh}));
  ACCORD_RETURN_IF_ERROR(
      EditFieldStrings(registry->file, "log_public_key_file", {PublicFileOfRotated(fresh)}));
  std::cout << "the audit signs with " << fresh
            << "\nnext: start the audit, the registry and the gateway; send " << PublicFileOfRotated(fresh)
            << " to every agency\n";
  return absl::OkStatus();
}

}  // namespace accord::ctl
