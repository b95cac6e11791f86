// `accordctl pki` makes keys, requests and certificates, without a connection.
#include <iostream>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/pem_files.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/own_secret.h"
#include "common/base/trust_domain.h"
#include "common/pki/authority.h"
#include "common/pki/host_names.h"
#include "common/pki/signing_request.h"

namespace accord::ctl {
namespace {

struct PkiOptions {
  std::string out, agency, system, ca, csr, file, trust_domain;
  int days = 90;
  bool training = false;
  std::vector<std::string> hosts = {"localhost"};
};

std::string PkiTimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", time, absl::UTCTimeZone());
}

absl::Status WritePkiPair(const std::string& stem, const Key& key, const pki::Issued& issued) {
  ACCORD_RETURN_IF_ERROR(WriteFile(stem + ".key", pki::PrivatePem(key), FileKind::kSecret));
  return WriteFile(stem + ".crt", issued.pem, FileKind::kPublic);
}

absl::Status WritePkiAuthority(const std::string& stem, const pki::Authority& authority) {
  ACCORD_RETURN_IF_ERROR(WriteFile(stem + ".key", authority.key_pem(), FileKind::kSecret));
  return WriteFile(stem + ".crt", authority.certificate_pem(), FileKind::kPublic);
}

absl::Status WritePkiSigningKey(const std::string& stem) {
  const Key key = pki::NewSigningKey();
  ACCORD_RETURN_IF_ERROR(WriteFile(stem + ".key", pki::PrivatePem(key), FileKind::kSecret));
  return WriteFile(stem + ".pub", pki::PublicPem(key), FileKind::kPublic);
}

// This gives the names of all services of this build (`accord.protocols.v1.ReferralService` -> `protocols`),
// and `gateway`.
std::set<std::string> PkiServiceNames() {
  std::set<std::string> names = {"gateway"};
  for (const std::string& service : AllServices()) {
    names.insert(std::vector<std::string>(absl::StrSplit(service, '.'))[1]);
  }
  return names;
}

// This checks the names by which agencies reach the gateway: each must be a host name or an address.
absl::StatusOr<std::vector<std::string>> PkiGatewayNames(const std::vector<std::string>& hosts) {
  std::vector<std::string> names;
  for (const std::string& host : hosts) {
    if (!pki::IsAddress(host) && !pki::IsHostName(host)) {
      return absl::InvalidArgumentError("--host is neither the name of a host nor an address");
    }
    names.push_back((pki::IsAddress(host) ? "IP:" : "DNS:") + host);
  }
  return names;
}

// This makes everything that one installation needs, with its own authorities: for development and trials.
absl::Status InitializePki(const PkiOptions& options) {
  ACCORD_RETURN_IF_ERROR(pki::CheckDays(options.days));
  ACCORD_ASSIGN_OR_RETURN(const auto gateway_names, PkiGatewayNames(options.hosts));
  ACCORD_ASSIGN_OR_RETURN(const std::string service_prefix, ServicePrefix(options.trust_domain));
  ACCORD_ASSIGN_OR_RETURN(const bool has_authority, IsThere(options.out + "/agency-ca.key"));
  if (has_authority) {
    return absl::AlreadyExistsError(
        absl::StrCat(options.out, " has an authority already; choose an empty folder"));
  }
  const absl::Time now = absl::Now();
  ACCORD_ASSIGN_OR_RETURN(const auto agencies, pki::Authority::Create("Accord agency authority", 3650, now));
  ACCORD_ASSIGN_OR_RETURN(const auto services, pki::Authority::Create("Accord service authority", 3650, now));
  ACCORD_RETURN_IF_ERROR(WritePkiAuthority(options.out + "/agency-ca", agencies));
  ACCORD_RETURN_IF_ERROR(WritePkiAuthority(options.out + "/service-ca", services));
  pki::Shape shape{
      .common_name = "gateway",
      .names = {"IP:127.0.0.1"},
      // The gateway is a client too: its health is checked with this certificate, which names no agency.
      .usage = "serverAuth,clientAuth",
      .not_before = now - absl::Minutes(1),
      .not_after = now + absl::Hours(24) * options.days};
  shape.names.insert(shape.names.end(), gateway_names.begin(), gateway_names.end());
  const Key front = pki::NewTlsKey();
  ACCORD_ASSIGN_OR_RETURN(const auto issued_gateway, agencies.Sign(front, shape, now));
  ACCORD_RETURN_IF_ERROR(WritePkiPair(options.out + "/gateway-server", front, issued_gateway));
  for (const std::string& name : PkiServiceNames()) {
    shape.common_name = name;
    shape.names = {"URI:" + service_prefix + name, "DNS:" + name, "DNS:localhost", "IP:127.0.0.1"};
    const Key key = pki::NewTlsKey();
    ACCORD_ASSIGN_OR_RETURN(const auto issued, services.Sign(key, shape, now));
    ACCORD_RETURN_IF_ERROR(WritePkiPair(absl::StrCat(options.out, "/services/", name), key, issued));
    for (const char* use : {"-seal.key", "-index.key"}) {
      ACCORD_RETURN_IF_ERROR(
          WriteFile(absl::StrCat(options.out, "/", name, use), RandomBytes(32), FileKind::kSecret));
    }
  }
  ACCORD_RETURN_IF_ERROR(WritePkiSigningKey(options.out + "/gateway-assertion"));
  ACCORD_RETURN_IF_ERROR(WritePkiSigningKey(options.out + "/checkpoint"));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.out + "/page-token.key", RandomBytes(32), FileKind::kSecret));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.out + "/audit-hash.key", RandomBytes(32), FileKind::kSecret));
  std::cout << "two authorities, service certificates and keys are in " << options.out << "\n";
  return absl::OkStatus();
}

absl::Status WritePkiSigningRequest(const PkiOptions& options) {
  const std::string key_file = options.out + "/client.key";
  Key key;
  ACCORD_ASSIGN_OR_RETURN(const bool has_key, IsThere(key_file));
  if (has_key) {
    ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadOwnSecret(key_file));
    auto read = pki::ReadPrivateKey(pem);
    if (!read.ok()) {
      return Reword(read.status(), absl::StrCat(key_file, ": ", std::string(read.status().message())));
    }
    key = *std::move(read);
  } else {
    key = pki::NewTlsKey();
    ACCORD_RETURN_IF_ERROR(WriteFile(key_file, pki::PrivatePem(key), FileKind::kSecret));
  }
  ACCORD_RETURN_IF_ERROR(WriteFile(options.out + "/client.csr", pki::SigningRequest(key), FileKind::kPublic));
  std::cout << key_file << " stays here; send " << options.out << "/client.csr to the office\n";
  return absl::OkStatus();
}

absl::Status SignPkiRequest(const PkiOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const std::string certificate,
                          ReadInputFile(options.ca + "/agency-ca.crt", "of --ca"));
  ACCORD_ASSIGN_OR_RETURN(const std::string key, ReadInputFile(options.ca + "/agency-ca.key", "of --ca"));
  ACCORD_ASSIGN_OR_RETURN(const std::string csr, ReadRequestFile(options.csr));
  ACCORD_ASSIGN_OR_RETURN(
      const auto authority,
      pki::Authority::Load(certificate, key,
                           options.training ? pki::Realm::kTraining : pki::Realm::kProduction));
  ACCORD_ASSIGN_OR_RETURN(const auto issued, authority.SignSystem(csr, options.agency, options.system,
                                                                  options.days, absl::Now()));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.out, issued.pem, FileKind::kPublic));
  std::cout << options.out << " is " << issued.uri << " until " << PkiTimeText(issued.not_after) << "\n";
  return absl::OkStatus();
}

absl::Status ShowPkiCertificate(const CommandSession& session, const PkiOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadInputFile(options.file));
  const auto read = pki::ReadCertificate(pem);
  if (!read.ok()) {
    const std::string other = absl::StrContains(pem, "CERTIFICATE REQUEST-----") ? "it is a signing request"
                              : absl::StrContains(pem, "PRIVATE KEY-----")       ? "it is a private key"
                              : absl::StrContains(pem, "PUBLIC KEY-----")        ? "it is a public key"
                                                                                 : "";
    if (!other.empty()) {
      return Refuse(rules::kPemMissing,
                    absl::StrCat(options.file, ": holds no certificate; ", other,
                                 ", and a certificate is what is made of a request when it is signed"));
    }
    const std::string damage = PemDamage(pem);
    if (!damage.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(options.file, ": ", std::string(read.status().message()), damage));
    }
    return absl::InvalidArgumentError(absl::StrCat(options.file, ": ", std::string(read.status().message()),
                                                   "; of DER `openssl x509 -inform DER -in ", options.file,
                                                   " -out FILE` makes PEM"));
  }
  const pki::Issued& issued = *read;
  if (session.format() == Format::kJson || session.format() == Format::kYaml) {
    const Json json = {{"uri", issued.uri},
                       {"fingerprint", Hex(issued.fingerprint)},
                       {"not_before", absl::FormatTime(issued.not_before, absl::UTCTimeZone())},
                       {"not_after", absl::FormatTime(issued.not_after, absl::UTCTimeZone())}};
    std::cout << PrintDocument(json, session.format());
    return absl::OkStatus();
  }
  std::cout << Table(
      {{"uri", issued.uri.empty() ? "none, or several: no identity" : issued.uri},
       {"fingerprint", Hex(issued.fingerprint)},
       {"valid", absl::StrCat(PkiTimeText(issued.not_before), " to ", PkiTimeText(issued.not_after))}});
  return absl::OkStatus();
}

}  // namespace

void AddPkiCommands(CLI::App* app, CommandSession* session) {
  CLI::App* pki =
      AddCommand(app, session, "pki", "Make keys, signing requests and certificates, and read them", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  auto options = std::make_shared<PkiOptions>();
  CLI::App* init = AddCommand(pki, session, "init", "Make the authorities and keys of a new installation",
                              [=] { return InitializePki(*options); });
  init->add_option("--out", options->out, "Folder")->check(FaultOfFolderToFill)->required();
  init->add_option("--host", options->hosts, "Name by which agencies reach the gateway [localhost]")
      ->allow_extra_args(false);
  init->add_option("--trust-domain", options->trust_domain,
                   "Trust domain of the services, as their configurations say it [accord.internal]");
  init->add_option("--days", options->days, "Days that certificates are valid [90]");
  CLI::App* csr = AddCommand(pki, session, "csr", "Make a key and a signing request for an agency's system",
                             [=] { return WritePkiSigningRequest(*options); });
  csr->add_option("--out", options->out, "Folder; a client.key there is used again")
      ->check(FaultOfFolderToFill)
      ->required();
  CLI::App* sign = AddCommand(
      pki, session, "sign",
      "Sign a request outside the registry: the first administrator's certificate, and the audit log's",
      [=] { return SignPkiRequest(*options); });
  sign->add_option("--ca", options->ca, "Folder that `pki init` made")->required();
  sign->add_option("--csr", options->csr, "Signing request, PEM")->required();
  sign->add_option("--agency", options->agency, "Agency id")->required();
  sign->add_option("--system", options->system, "System id")->required();
  sign->add_option("--days", options->days, "Days that it is valid [90]");
  sign->add_option("--out", options->out, "File for the certificate")->check(FaultOfFileToWrite)->required();
  sign->add_flag("--training", options->training,
                 "For an installation whose configuration says `training: true`");
  AddCommand(pki, session, "show", "Say what a certificate says",
             [=] { return ShowPkiCertificate(*session, *options); })
      ->add_option("FILE", options->file)
      ->required();
}

}  // namespace accord::ctl
