// This file is about the part of `accordctl doctor` that checks the files of a machine.
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/process.h"
#include "clients/accordctl/operate/doctor.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/text_proto.h"
#include "common/pki/certificate_check.h"
#include "common/storage/backup/contents.h"
#include "common/storage/database/dsn.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;

constexpr int kSoonDays = 14;
constexpr int kAuthoritySoonDays = 60;
constexpr uint64_t kLeastFree = 500'000'000;

std::string FindingText(const absl::Status& status) { return std::string(status.message()); }

Finding CheckLifetime(const std::string& whose, const pki::Issued& issued, int soon_days,
                      const std::string& remedy, absl::Time now) {
  const int64_t days = absl::ToInt64Hours(issued.not_after - now) / 24;
  if (issued.not_before > now)
    return {absl::StrCat(whose, " is not valid yet"), "set this machine's clock, or wait"};
  if (issued.not_after <= now) return {absl::StrCat(whose, " has expired"), remedy};
  return {absl::StrCat(whose, " is valid for ", CountedText(days, "day", "days")),
          days < soon_days ? remedy : ""};
}

Finding CheckAuthority(const std::string& whose, const std::string& file, absl::Time now) {
  const auto pem = ReadFile(file);
  const auto all = pem.ok() ? pki::ReadCertificates(*pem) : pem.status();
  if (!all.ok()) {
    return {absl::StrCat(whose, ": ", FindingText(all.status()), " (", file, ")"),
            "put the authority's certificate there"};
  }
  // The certificate that expires last counts, since it replaces the others.
  const auto last = std::max_element(all->begin(), all->end(),
                                     [](const auto& a, const auto& b) { return a.not_after < b.not_after; });
  return CheckLifetime(
      absl::StrCat(whose, " ", file), *last, kAuthoritySoonDays,
      "make a new authority and put its certificate beside the old one in this file before the old one ends",
      now);
}

// This checks a file with a secret. `size` is the number of bytes that it must have; 0: any.
Finding CheckSecret(const std::string& whose, const std::string& file, int64_t size = 0) {
  struct stat info {};
  if (stat(file.c_str(), &info) != 0) {
    return {absl::StrCat(whose, " ", file, " is not there"),
            "restore it from where keys are kept; do not make a new one"};
  }
  if (size != 0 && info.st_size != size) {
    return {absl::StrCat(whose, " ", file, " has ", info.st_size, " bytes instead of ", size),
            "restore it from where keys are kept"};
  }
  // A group may read a file of root, such as a mounted Secret: only the process is in that group.
  if ((info.st_mode & (info.st_uid == 0 ? 037 : 077)) != 0) {
    return {absl::StrCat(whose, " ", file, " is open to others"), absl::StrCat("chmod 600 ", file)};
  }
  return {absl::StrCat(whose, " ", file, " is nobody else's")};
}

Finding CheckConfig(const std::string& service, const std::string& file) {
  const absl::Status status = RunProgram({ServiceBinary(service), "--config", file, "--check-config"});
  if (status.ok()) return {absl::StrCat(file, " is a configuration of ", service)};
  return {absl::StrCat(file, ": ", FindingText(status)), absl::IsNotFound(status)
                                                             ? "run this where the service is installed"
                                                             : "correct it at the place it names"};
}

Finding CheckDisk(const std::string& whose, const fs::path& file) {
  struct statvfs disk {};
  std::error_code error;
  const fs::path absolute = fs::absolute(file, error);
  const fs::path folder = (error ? file : absolute).parent_path();
  if (statvfs(folder.c_str(), &disk) != 0) {
    return {absl::StrCat(whose, ": there is no folder ", folder.string()), "make it, or mount the disk"};
  }
  const uint64_t free = static_cast<uint64_t>(disk.f_bavail) * disk.f_frsize;
  const uint64_t all = static_cast<uint64_t>(disk.f_blocks) * disk.f_frsize;
  return {absl::StrCat(whose, ": ", free / 1'000'000, " MB are free in ", folder.string()),
          free < kLeastFree || free < all / 20
              ? "free some, or move to a larger disk: full, nothing is answered"
              : ""};
}

void CheckDatabase(const ServiceFile& service, Findings* findings) {
  const std::string whose = absl::StrCat("database of ", service.host.name());
  const auto dsn = DatabaseOfService(service);
  const auto contents = dsn.ok() ? storage::ContentsOf(*dsn) : dsn.status();
  if (contents.ok()) {
    findings->push_back({absl::StrCat(whose, " opens, schema ", contents->schema)});
  } else {
    findings->push_back({absl::StrCat(whose, ": ", FindingText(contents.status())),
                         "start the database or the service; if it is lost, `accordctl restore`"});
  }
  if (dsn.ok() && !storage::IsPostgres(*dsn)) findings->push_back(CheckDisk(whose, *dsn));
}

void CheckWitnessedFile(const ServiceFile& audit, Findings* findings) {
  host::v1::AuditConfig config;
  if (!ReadConfigPart(audit.file, &config).ok()) return;  // This was reported already.
  findings->push_back(CheckSecret("checkpoint key", config.checkpoint_key_file()));
  if (config.witnessed_file().empty()) {
    findings->push_back(
        {"the audit remembers no witnessed checkpoint outside its database",
         absl::StrCat("set witnessed_file in ", audit.file, ": an old backup would pass unnoticed")});
    return;
  }
  const std::string file = AbsolutePath(config.witnessed_file()).value_or(config.witnessed_file());
  const absl::StatusOr<bool> there = IsThere(file);
  const bool writable = access(fs::path(file).parent_path().c_str(), W_OK) == 0 && there.ok() &&
                        (!*there || access(file.c_str(), R_OK | W_OK) == 0);
  findings->push_back(
      {absl::StrCat("witnessed_file ", file, writable ? " can be written" : " cannot be written"),
       writable ? "" : "make its folder, owned by the audit service's user"});
}

// This checks that the log asks services with the certificate that the registry admits.
void CheckLogIdentity(const Deployment& deployment, absl::Time now, Findings* findings) {
  const ServiceFile *audit = deployment.Find("audit"), *registry = deployment.Find("registry");
  host::v1::AuditConfig log;
  if (audit == nullptr || !ReadConfigPart(audit->file, &log).ok() || log.door().address().empty()) return;
  const std::string& certificate = log.door().certificate_file();
  for (auto& each : CheckCertificate("certificate of the log", certificate, log.door().key_file(), "", now)) {
    findings->push_back(std::move(each));
  }
  host::v1::RegistryConfig config;
  if (registry == nullptr || !ReadConfigPart(registry->file, &config).ok()) return;
  const auto own = ReadFile(certificate), admitted = ReadFile(config.log_identity().certificate_file());
  const auto shown = own.ok() ? pki::ReadCertificate(*own) : own.status();
  const auto known = admitted.ok() ? pki::ReadCertificate(*admitted) : admitted.status();
  const bool same = shown.ok() && known.ok() && shown->fingerprint == known->fingerprint;
  findings->push_back({same ? "the registry admits the certificate of the log"
                            : "the registry's log_identity does not name the certificate of the log",
                       same ? "" : "name the same certificate in both: \"Rotate\" in docs/operate.md"});
}

void CheckService(const ServiceFile& service, absl::Time now, Findings* findings) {
  const host::v1::HostConfig& host = service.host;
  findings->push_back(CheckConfig(host.name(), service.file));
  for (auto& each :
       CheckCertificate(absl::StrCat("certificate of ", host.name()), host.tls().certificate_file(),
                        host.tls().key_file(), host.tls().peer_ca_file(), now)) {
    findings->push_back(std::move(each));
  }
  for (const auto& key : host.seal_key_files()) findings->push_back(CheckSecret("seal key", key, 32));
  findings->push_back(CheckSecret("index key", host.index_key_file(), 32));
  findings->push_back(CheckSecret("page token key", host.page_token_key_file()));
  for (const auto& file : {host.database_file(), host.owner_database_file()}) {
    if (!file.empty()) findings->push_back(CheckSecret("DSN", file));
  }
  CheckDatabase(service, findings);
  if (host.name() == "audit") CheckWitnessedFile(service, findings);
  host::v1::RegistryConfig registry;
  if (host.name() == "registry" && ReadConfigPart(service.file, &registry).ok()) {
    for (auto& each : CheckCertificate("agency authority", registry.agency_ca_certificate_file(),
                                       registry.agency_ca_key_file(), "", now)) {
      findings->push_back(std::move(each));
    }
  }
}

// This checks that every service accepts the key with which this gateway signs.
void CheckAssertionKey(const GatewayFile& gateway, const Deployment& deployment, Findings* findings) {
  const auto pem = ReadFile(gateway.config.assertion_key_file());
  const auto key = pem.ok() ? LoadPrivateKey(*pem) : pem.status();
  if (!key.ok()) {
    findings->push_back({absl::StrCat("assertion key: ", FindingText(key.status())),
                         "restore it, or `accordctl rotate-keys`"});
    return;
  }
  for (const ServiceFile& service : deployment.services) {
    const bool known = std::any_of(service.host.gateway_key_files().begin(),
                                   service.host.gateway_key_files().end(), [&](const auto& file) {
                                     const auto text = ReadFile(file);
                                     const auto accepted = text.ok() ? LoadPublicKey(*text) : text.status();
                                     return accepted.ok() && RawPublicKey(*accepted) == RawPublicKey(*key);
                                   });
    findings->push_back({absl::StrCat(service.host.name(), known ? " knows" : " does not know",
                                      " the key of ", gateway.config.name()),
                         known ? ""
                               : absl::StrCat("add the gateway's public key to gateway_key_files in ",
                                              service.file, " and restart it")});
  }
}

void CheckGateway(const GatewayFile& gateway, const Deployment& deployment, absl::Time now,
                  Findings* findings) {
  findings->push_back(CheckConfig("gateway", gateway.file));
  const auto& outward = gateway.config.agency_tls();
  const auto& inward = gateway.config.service_tls();
  // The certificate that the gateway shows to agencies may come from a public authority.
  for (const auto& [whose, tls, authority] :
       {std::tuple{"certificate of the gateway for agencies", &outward, std::string()},
        std::tuple{"certificate of the gateway", &inward, inward.peer_ca_file()}}) {
    for (auto& each : CheckCertificate(whose, tls->certificate_file(), tls->key_file(), authority, now)) {
      findings->push_back(std::move(each));
    }
  }
  findings->push_back(CheckAuthority("agency authority", outward.peer_ca_file(), now));
  findings->push_back(CheckAuthority("service authority", inward.peer_ca_file(), now));
  findings->push_back(CheckSecret("assertion key", gateway.config.assertion_key_file()));
  findings->push_back(CheckSecret("audit hash key", gateway.config.audit_hash_key_file()));
  CheckAssertionKey(gateway, deployment, findings);
}

}  // namespace

Findings CheckCertificate(const std::string& whose, const std::string& certificate_file,
                          const std::string& key_file, const std::string& authority_file, absl::Time now) {
  Findings findings = {CheckSecret(absl::StrCat("key of the ", whose), key_file)};
  const auto certificate = ReadFile(certificate_file), key = ReadFile(key_file);
  absl::Status status = certificate.status();
  status.Update(key.status());
  const auto issued = status.ok() ? pki::CheckPair(*certificate, *key) : status;
  if (!issued.ok()) {
    findings.push_back(
        {absl::StrCat(whose, " ", certificate_file, ": ", FindingText(issued.status())),
         "put the certificate and its key there together; `accordctl rotate-keys certificates` makes both"});
    return findings;
  }
  findings.push_back(CheckLifetime(absl::StrCat(whose, " ", certificate_file), *issued, kSoonDays,
                                   "renew it: \"Rotate\" in docs/operate.md", now));
  if (authority_file.empty()) return findings;
  const auto authority = ReadFile(authority_file);
  const absl::Status signed_by =
      authority.ok() ? pki::CheckSignedBy(*certificate, *authority, now) : authority.status();
  findings.push_back(
      {signed_by.ok()
           ? absl::StrCat(whose, " is signed by ", authority_file)
           : absl::StrCat(whose, " is not signed by ", authority_file, ": ", FindingText(signed_by)),
       signed_by.ok() ? "" : "renew it with that authority, or add its authority to that file"});
  return findings;
}

Findings CheckFiles(const Deployment& deployment, absl::Time now) {
  Findings findings;
  for (const ServiceFile& service : deployment.services) CheckService(service, now, &findings);
  CheckLogIdentity(deployment, now, &findings);
  for (const GatewayFile& gateway : deployment.gateways) CheckGateway(gateway, deployment, now, &findings);
  return findings;
}

}  // namespace accord::ctl
