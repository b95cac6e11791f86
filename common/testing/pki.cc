#include "common/testing/pki.h"

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/time/clock.h"
#include "common/pki/authority.h"
#include "common/pki/signing_request.h"

namespace accord::testing {
namespace {

template <class T>
T Require(absl::StatusOr<T> value, const char* what) {
  if (value.ok()) return *std::move(value);
  std::fprintf(stderr, "test pki: %s: %s\n", what, value.status().ToString().c_str());
  std::abort();
}

}  // namespace

struct TestPki::Authority {
  pki::Authority authority;
  explicit Authority(const std::string& name)
      : authority(Require(pki::Authority::Create(name, 365, absl::Now()), "authority")) {}
  Authority(const std::string& certificate_file, const std::string& key_file)
      : authority(Require(pki::Authority::Load(Slurp(certificate_file), Slurp(key_file)),
                          certificate_file.c_str())) {}
};

TestPki::TestPki(const std::string& agency_authority) {
  std::string pattern = (std::filesystem::temp_directory_path() / "accord-pki-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  directory_ = pattern;
  agency_ = agency_authority.empty() ? std::make_unique<Authority>("Accord test agency CA")
                                     : std::make_unique<Authority>(agency_authority + "/agency-ca.crt",
                                                                   agency_authority + "/agency-ca.key");
  service_ = std::make_unique<Authority>("Accord test service CA");
  Write("agency-ca.pem", agency_->authority.certificate_pem());
  Write("agency-ca.key", agency_->authority.key_pem());
  Write("service-ca.pem", service_->authority.certificate_pem());
}

TestPki::~TestPki() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

TestCertificate TestPki::Agency(const std::string& agency, const std::string& system) {
  return FromAgencyCa(agency + "." + system,
                      {.uris = {"spiffe://accord.example/agency/" + agency + "/system/" + system}});
}

TestCertificate TestPki::Service(const std::string& name) {
  return FromServiceCa("service-" + name, {.uris = {"spiffe://accord.internal/service/" + name}});
}

TestCertificate TestPki::FromAgencyCa(const std::string& stem, const CertificateShape& shape) {
  return Issue(*agency_, stem, shape);
}

TestCertificate TestPki::FromServiceCa(const std::string& stem, const CertificateShape& shape) {
  return Issue(*service_, stem, shape);
}

TestCertificate TestPki::Issue(const Authority& authority, const std::string& stem,
                               const CertificateShape& shape) {
  const Key key = pki::NewTlsKey();
  pki::Shape said{.common_name = stem,
                  .names = {"IP:127.0.0.1"},
                  .usage = "serverAuth,clientAuth",
                  .not_before = absl::Now() + absl::Seconds(shape.not_before),
                  .not_after = absl::Now() + absl::Seconds(shape.not_after)};
  for (const std::string& dns : shape.dns) said.names.push_back("DNS:" + dns);
  for (const std::string& uri : shape.uris) said.names.push_back("URI:" + uri);
  const pki::Issued issued = Require(authority.authority.Sign(key, said, absl::Now()), stem.c_str());
  return {.certificate_file = Write(stem + ".pem", issued.pem),
          .key_file = Write(stem + ".key", pki::PrivatePem(key)),
          .fingerprint = issued.fingerprint};
}

TestRequest TestPki::SigningRequest(const std::string& stem) {
  const Key key = pki::NewTlsKey();
  return {.csr_pem = pki::SigningRequest(key), .key_file = Write(stem + ".key", pki::PrivatePem(key))};
}

TestKeyPair TestPki::Ed25519(const std::string& stem) {
  const Key key = pki::NewSigningKey();
  return {.private_file = Write(stem + ".key", pki::PrivatePem(key)),
          .public_file = Write(stem + ".pub", pki::PublicPem(key))};
}

std::string TestPki::Write(const std::string& name, const std::string& content) {
  const std::string path = directory_ + "/" + name;
  // The file is written under another name and renamed, because tests replace certificates of a
  // running server.
  std::ofstream(path + ".new", std::ios::binary) << content;
  std::filesystem::permissions(path + ".new", std::filesystem::perms(0600));
  std::filesystem::rename(path + ".new", path);
  return path;
}

std::string Slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in.good()) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::abort();
  }
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace accord::testing
