#include "common/testing/pki.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace accord::testing {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_REQ* request) const { X509_REQ_free(request); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Free>;
using CertificatePtr = std::unique_ptr<X509, Free>;
using BioPtr = std::unique_ptr<BIO, Free>;

void Require(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "test pki: %s failed\n", what);
  std::abort();
}

KeyPtr NewEcKey() {
  KeyPtr key(EVP_EC_gen("P-256"));
  Require(key != nullptr, "EC key");
  return key;
}

std::string Drain(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

std::string PrivatePem(EVP_PKEY* key) {
  BioPtr bio(BIO_new(BIO_s_mem()));
  Require(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
          "key PEM");
  return Drain(bio.get());
}

std::string PublicPem(EVP_PKEY* key) {
  BioPtr bio(BIO_new(BIO_s_mem()));
  Require(PEM_write_bio_PUBKEY(bio.get(), key) == 1, "public key PEM");
  return Drain(bio.get());
}

std::string CertificatePem(X509* certificate) {
  BioPtr bio(BIO_new(BIO_s_mem()));
  Require(PEM_write_bio_X509(bio.get(), certificate) == 1, "certificate PEM");
  return Drain(bio.get());
}

void Extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  std::unique_ptr<X509_EXTENSION, Free> extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  Require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

CertificatePtr NewCertificate(const std::string& common_name, EVP_PKEY* key, long not_before,
                              long not_after) {
  CertificatePtr certificate(X509_new());
  Require(certificate != nullptr, "certificate");
  X509_set_version(certificate.get(), 2);
  std::uint64_t serial = 0;
  Require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1, "serial");
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), not_before);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), not_after);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

}  // namespace

struct TestPki::Authority {
  KeyPtr key;
  CertificatePtr certificate;

  explicit Authority(const std::string& name) : key(NewEcKey()) {
    certificate = NewCertificate(name, key.get(), -3600, 24 * 3600);
    X509* raw = certificate.get();
    X509_set_issuer_name(raw, X509_get_subject_name(raw));
    Extend(raw, raw, NID_basic_constraints, "critical,CA:TRUE");
    Extend(raw, raw, NID_key_usage, "critical,keyCertSign,cRLSign");
    Extend(raw, raw, NID_subject_key_identifier, "hash");
    Require(X509_sign(raw, key.get(), EVP_sha256()) > 0, "CA signature");
  }
};

TestPki::TestPki() {
  std::string pattern = (std::filesystem::temp_directory_path() / "accord-pki-XXXXXX").string();
  Require(mkdtemp(pattern.data()) != nullptr, "mkdtemp");
  directory_ = pattern;
  agency_ = std::make_unique<Authority>("Accord test agency CA");
  service_ = std::make_unique<Authority>("Accord test service CA");
  Write("agency-ca.pem", CertificatePem(agency_->certificate.get()));
  Write("agency-ca.key", PrivatePem(agency_->key.get()));
  Write("service-ca.pem", CertificatePem(service_->certificate.get()));
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
  KeyPtr key = NewEcKey();
  CertificatePtr certificate = NewCertificate(stem, key.get(), shape.not_before, shape.not_after);
  X509* issuer = authority.certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
  std::string names = "IP:127.0.0.1";
  for (const std::string& dns : shape.dns) names += ",DNS:" + dns;
  for (const std::string& uri : shape.uris) names += ",URI:" + uri;
  Extend(certificate.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
  Extend(certificate.get(), issuer, NID_key_usage, "critical,digitalSignature");
  Extend(certificate.get(), issuer, NID_ext_key_usage, "serverAuth,clientAuth");
  Extend(certificate.get(), issuer, NID_subject_alt_name, names);
  Extend(certificate.get(), issuer, NID_authority_key_identifier, "keyid");
  Require(X509_sign(certificate.get(), authority.key.get(), EVP_sha256()) > 0, "signature");

  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  Require(X509_digest(certificate.get(), EVP_sha256(), digest, &size) == 1, "fingerprint");
  return {.certificate_file = Write(stem + ".pem", CertificatePem(certificate.get())),
          .key_file = Write(stem + ".key", PrivatePem(key.get())),
          .fingerprint = std::string(reinterpret_cast<char*>(digest), size)};
}

TestRequest TestPki::SigningRequest(const std::string& stem) {
  KeyPtr key = NewEcKey();
  std::unique_ptr<X509_REQ, Free> request(X509_REQ_new());
  Require(X509_REQ_set_pubkey(request.get(), key.get()) == 1 &&
              X509_REQ_sign(request.get(), key.get(), EVP_sha256()) > 0,
          "signing request");
  std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
  Require(PEM_write_bio_X509_REQ(bio.get(), request.get()) == 1, "signing request");
  return {.csr_pem = Drain(bio.get()), .key_file = Write(stem + ".key", PrivatePem(key.get()))};
}

TestKeyPair TestPki::Ed25519(const std::string& stem) {
  KeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  Require(key != nullptr, "Ed25519 key");
  return {.private_file = Write(stem + ".key", PrivatePem(key.get())),
          .public_file = Write(stem + ".pub", PublicPem(key.get()))};
}

std::string TestPki::Write(const std::string& name, const std::string& content) {
  const std::string path = directory_ + "/" + name;
  // Written aside and renamed: tests replace certificates under a running server.
  std::ofstream(path + ".new", std::ios::binary) << content;
  std::filesystem::rename(path + ".new", path);
  return path;
}

std::string Slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  Require(in.good(), path.c_str());
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace accord::testing
