// These are the configurations of a stack's processes, which say where each finds its database.
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/e2e/stack.h"

namespace accord::e2e {
namespace {

std::string TlsBlock(const testing::TestCertificate& own, const std::string& ca) {
  return absl::StrCat("{ certificate_file: \"", own.certificate_file, "\" key_file: \"", own.key_file,
                      "\" peer_ca_file: \"", ca, "\" }");
}

}  // namespace

std::string Stack::MetricsLine(const std::string& name) const {
  if (!metrics_) return "";
  return absl::StrCat(" metrics_listen: \"127.0.0.1:", metrics_ports_.at(name), "\"");
}

std::string Stack::DatabaseLine(const std::string& name) const {
  if (postgres_ == nullptr) return absl::StrCat("database: \"", directory_.path(name + "-data/db"), "\"");
  return absl::StrCat("database_file: \"", directory_.path(name + ".dsn"), "\" owner_database_file: \"",
                      directory_.path(name + ".owner.dsn"), "\"");
}

void Stack::UseDatabase(const std::string& service, const Postgres& postgres, const std::string& database) {
  Put(service + ".dsn", postgres.Dsn("accord_" + service, database));
  Put(service + ".owner.dsn", postgres.Dsn("accord_" + service + "_owner", database));
}

void Stack::Put(const std::string& name, const std::string& text) const {
  std::FILE* file = std::fopen(directory_.path(name).c_str(), "w");
  if (file == nullptr || std::fwrite(text.data(), 1, text.size(), file) != text.size())
    Fail("cannot write " + name);
  std::fclose(file);
  std::filesystem::permissions(directory_.path(name), std::filesystem::perms(0600));
}

std::string Stack::HostConfig(const std::string& name, const std::string& gateway_key) {
  return absl::StrCat("host { name: \"", name, "\" listen: \"127.0.0.1:", ports_.at(name), "\" tls ",
                      TlsBlock(pki_.Service(name), pki_.service_ca_file()), " allow { service: \"accord.",
                      name, ".v1.*\" peers: \"gateway\" } ", DatabaseLine(name), MetricsLine(name),
                      " gateway_key_files: \"", gateway_key, "\" page_token_key_file: \"",
                      directory_.path("token.key"), "\" seal_key_files: \"", directory_.path("seal.key"),
                      "\" index_key_file: \"", directory_.path("index.key"), "\" }\n");
}

void Stack::WriteConfigs() {
  for (const auto& name : Processes()) {
    ports_[name] = FreePort();
    metrics_ports_[name] = FreePort();
  }
  const std::string source = Env("ACCORD_SOURCE_DIR");
  const auto assertion = pki_.Ed25519("assertion");
  const auto checkpoint = pki_.Ed25519("checkpoint");
  Put("token.key", std::string(32, 't'));
  Put("hash.key", std::string(32, 'h'));
  Put("seal.key", std::string(32, 's'));
  Put("index.key", std::string(32, 'i'));
  const std::string data = source + "/services/protocols/data/";
  // The gateway knows training and supports as callers once a test enrols them. The log's identity is the
  // registry's to admit.
  GiveIdentity("audit", pki_.Agency("sv-audit", "audit"));
  const auto gateway_client = [&](const std::string& name, const std::string& actor) {
    return absl::StrCat(" door { address: \"127.0.0.1:", ports_["gateway"],
                        "\" server_name: \"localhost\" ca_file: \"", pki_.agency_ca_file(),
                        "\" certificate_file: \"", directory_.path(name + "-door.crt"), "\" key_file: \"",
                        directory_.path(name + "-door.key"), "\" agency: \"sv-", name, "\" actor: \"", actor,
                        "\" }");
  };
  // A service needs this beside its host's configuration.
  const std::map<std::string, std::string> own = {
      {"audit", "checkpoint_key_file: \"" + checkpoint.private_file +
                    "\" origin: \"accord.example/audit\" witnessed_file: \"" +
                    directory_.path("witnessed.note") + "\"" + gateway_client("audit", "collector")},
      {"registry", "agency_ca_certificate_file: \"" + pki_.agency_ca_file() + "\" agency_ca_key_file: \"" +
                       pki_.agency_ca_key_file() + "\" agencies_csv: \"" + source +
                       "/services/registry/data/agencies.csv\" bootstrap { agency: \"co-pahtco\" system: "
                       "\"console\" actor: \"admin\" certificate_file: \"" +
                       console_.certificate_file + "\" } log_identity { certificate_file: \"" +
                       directory_.path("audit-door.crt") + "\" } log_public_key_file: \"" +
                       checkpoint.public_file + "\" log_origin: \"accord.example/audit\""},
      {"protocols", "rules_file: \"" + data + "rules.textproto\" territories_file: \"" + data +
                        "territories.textproto\" template_file: \"" + data + "template.textproto\""},
      {"supports", absl::StrCat("rules_file: \"", source, "/services/supports/data/rules.textproto\"",
                                gateway_client("supports", "relay"))},
      {"training", absl::StrCat("rules_file: \"", source, "/services/training/data/rules.textproto\"",
                                gateway_client("training", "relay"))},
  };
  std::string backends;
  for (const auto& name : Processes()) {
    if (name == "gateway") continue;
    const auto special = own.find(name);
    const std::string text = special != own.end() ? special->second
                                                  : absl::StrCat("rules_file: \"", source, "/services/", name,
                                                                 "/data/rules.textproto\"");
    std::filesystem::create_directory(directory_.path(name + "-data"));
    Put(name + ".textproto", HostConfig(name, assertion.public_file) + text);
    if (postgres_ != nullptr) UseDatabase(name, *postgres_, database_);
    absl::StrAppend(&backends, "backends { name: \"", name, "\" address: \"127.0.0.1:", ports_[name],
                    "\" services: \"accord.", name, ".v1.*\" }\n");
  }
  Put("gateway.textproto",
      absl::StrCat("listen: \"127.0.0.1:", ports_["gateway"], "\" agency_tls ",
                   TlsBlock(pki_.GatewayServer(), pki_.agency_ca_file()), " service_tls ",
                   TlsBlock(pki_.Service("gateway"), pki_.service_ca_file()),
                   " name: \"gateway-1\" assertion_key_file: \"", assertion.private_file,
                   "\" audit_hash_key_file: \"", directory_.path("hash.key"), "\"\n", backends,
                   MetricsLine("gateway"), " access_log_file: \"", directory_.path("access.log"), "\"\n"));
}

}  // namespace accord::e2e
