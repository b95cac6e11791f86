// This file is about a deployment's files on this machine, without processes: configurations, keys,
// certificates, databases.
#ifndef ACCORD_CLIENTS_ACCORDCTL_TESTING_DEPLOYMENT_FIXTURE_H_
#define ACCORD_CLIENTS_ACCORDCTL_TESTING_DEPLOYMENT_FIXTURE_H_

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/contexts.h"
#include "clients/accordctl/core/deployment.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/merkle/checkpoint.h"
#include "common/pki/authority.h"
#include "common/storage/records/resources.h"
#include "common/storage/sealing/keyring.h"
#include "common/testing/matchers.h"
#include "common/testing/pki.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {

using testing::FailsWith;
using testing::IsOk;
using testing::Must;
using testing::RefusedBy;

class ADeployment : public ::testing::Test {
 protected:
  ADeployment() : services_(*pki::Authority::Create("Services", 1000, absl::Now())) {
    Put("service-ca.crt", services_.certificate_pem());
    Put("service-ca.key", services_.key_pem(), true);
    const auto agencies = *pki::Authority::Create("Agencies", 1000, absl::Now());
    Put("agency-ca.crt", agencies.certificate_pem());
    Put("agency-ca.key", agencies.key_pem(), true);
    for (const char* name : {"assertion", "checkpoint"}) {
      const Key key = pki::NewSigningKey();
      Put(absl::StrCat(name, ".key"), pki::PrivatePem(key), true);
      Put(absl::StrCat(name, ".pub"), pki::PublicPem(key));
    }
    for (const char* name : {"seal.key", "index.key", "token.key", "hash.key"})
      Put(name, std::string(32, *name), true);
    for (const char* name : {"protocols", "registry", "audit"})
      AddService(name, Path(absl::StrCat(name, ".db")));
    AddGateway();
  }

  std::string Path(const std::string& name) const { return directory_.path(name); }
  void Put(const std::string& name, const std::string& content, bool secret = false) {
    ASSERT_OK(WriteFile(Path(name), content, secret ? FileKind::kSecret : FileKind::kPublic));
  }
  std::string File(const std::string& name) const { return Path(name + ".textproto"); }
  Deployment Read(const std::vector<std::string>& names = {"gateway", "audit", "protocols",
                                                           "registry"}) const {
    std::vector<std::string> files;
    for (const auto& name : names) files.push_back(File(name));
    auto deployment = ReadDeployment(files);
    EXPECT_OK(deployment);
    return deployment.value_or(Deployment());
  }

  void Certify(const std::string& name, absl::Duration life = absl::Hours(24) * 90) {
    const Key key = pki::NewTlsKey();
    const auto issued = services_.Sign(key,
                                       {.common_name = name,
                                        .names = {"URI:" + pki::ServiceUri(name), "DNS:localhost"},
                                        .usage = "serverAuth,clientAuth",
                                        .not_before = absl::Now() - absl::Hours(48),
                                        .not_after = absl::Now() + life},
                                       absl::Now());
    Put(name + ".crt", issued->pem);
    Put(name + ".tls.key", pki::PrivatePem(key), true);
  }
  std::string Tls(const std::string& name, const std::string& authority) const {
    return absl::StrCat("{\n  certificate_file: \"", Path(name + ".crt"), "\"\n  key_file: \"",
                        Path(name + ".tls.key"), "\"\n  peer_ca_file: \"", Path(authority), "\"\n}\n");
  }
  // The audit service and the registry get what they need besides their host configuration; other
  // services need nothing more.
  void AddService(const std::string& name, const std::string& dsn) {
    Certify(name);
    std::string own;
    if (name == "audit") {
      own = absl::StrCat("checkpoint_key_file: \"", Path("checkpoint.key"), "\"\nwitnessed_file: \"",
                         Path("witnessed"), "\"\norigin: \"accord.example/audit\"\n");
    } else if (name == "registry") {
      own =
          absl::StrCat("agency_ca_certificate_file: \"", Path("agency-ca.crt"), "\"\nagency_ca_key_file: \"",
                       Path("agency-ca.key"), "\"\nlog_public_key_file: \"", Path("checkpoint.pub"), "\"\n");
    }
    Put(name + ".textproto",
        absl::StrCat("host {\n  name: \"", name, "\"\n  listen: \"127.0.0.1:1\"\n  tls ",
                     Tls(name, "service-ca.crt"), "  allow { service: \"accord.", name,
                     ".v1.*\" peers: \"gateway\" }\n  database: \"", dsn, "\"\n  gateway_key_files: \"",
                     Path("assertion.pub"), "\"\n  seal_key_files: \"", Path("seal.key"),
                     "\"\n  index_key_file: \"", Path("index.key"), "\"\n  page_token_key_file: \"",
                     Path("token.key"), "\"\n}\n", own));
    const auto database = Open(dsn);
    auto migrations = storage::CoreMigrations();
    if (name == "audit") {
      migrations.push_back({100, "log",
                            "create table log_head (id bigint primary key, size bigint not null, root text "
                            "not null)"});
    }
    if (name == "registry") {
      migrations.push_back(
          {100, "epoch", "create table registry_epoch (id bigint primary key, epoch text not null)"});
    }
    ASSERT_OK(database->Migrate(migrations));
  }
  void AddGateway() {
    Certify("gateway");
    Put("gateway.textproto",
        absl::StrCat("listen: \"127.0.0.1:1\"\nname: \"gateway-1\"\nagency_tls ",
                     Tls("gateway", "agency-ca.crt"), "service_tls ", Tls("gateway", "service-ca.crt"),
                     "assertion_key_file: \"", Path("assertion.key"), "\"\naudit_hash_key_file: \"",
                     Path("hash.key"), "\"\n"));
  }

  std::unique_ptr<storage::Database> Open(const std::string& dsn) const {
    const auto ring = storage::Keyring::Load({Path("seal.key")}, Path("index.key"));
    return Must(storage::Database::Open({dsn, 2, ring.ok() ? *ring : nullptr}));
  }
  // This adds one change of a service, or one more entry of the log.
  void Change(const std::string& dsn, const std::string& name) {
    EXPECT_OK(Open(dsn)->Transact([&](storage::Transaction& tx) {
      return tx.Exec("insert into due (kind, name, at_us) values ('k', :p1, 0)", name).status();
    }));
  }
  int64_t Changes(const std::string& dsn) const {
    const auto rows = Open(dsn)->Read(
        [](storage::Transaction& tx) { return tx.Query<int64_t>("select count(*) from due"); });
    return rows.ok() ? std::get<0>(rows->at(0)) : -1;
  }
  void SetLog(int64_t size, const std::string& root) {
    EXPECT_OK(Open(Path("audit.db"))->Transact([&](storage::Transaction& tx) -> absl::Status {
      auto cleared = tx.Exec("delete from log_head");
      if (!cleared.ok()) return cleared.status();
      return tx.Exec("insert into log_head (id, size, root) values (1, :p1, :p2)", size, Base64(root))
          .status();
    }));
  }
  void Witness(int64_t size, const std::string& root) {
    const Key key = *LoadPrivateKey(testing::Slurp(Path("checkpoint.key")));
    Put("witnessed", merkle::SignCheckpoint({"accord.example/audit", size, root}, key));
  }

  testing::TempDir directory_;
  pki::Authority services_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_TESTING_DEPLOYMENT_FIXTURE_H_
