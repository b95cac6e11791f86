// This is a temporary public key infrastructure for tests: two authorities and the certificates that they
// sign, as PEM files in a directory that disappears with the object.
#ifndef ACCORD_COMMON_TESTING_PKI_H_
#define ACCORD_COMMON_TESTING_PKI_H_

#include <memory>
#include <string>
#include <vector>

namespace accord::testing {

// These are the paths of one certificate and its private key, and the certificate's SHA-256 (32 bytes).
struct TestCertificate {
  std::string certificate_file;
  std::string key_file;
  std::string fingerprint;
};

// These are the paths of an Ed25519 key pair.
struct TestKeyPair {
  std::string private_file;
  std::string public_file;
};

// This is a PKCS #10 request in PEM, with the path of the private key, which is not part of it.
struct TestRequest {
  std::string csr_pem;
  std::string key_file;
};

// These are the contents of a certificate apart from its key; the defaults make a valid one.
struct CertificateShape {
  // These are the URIs among the subject alternative names, in order.
  std::vector<std::string> uris;
  std::vector<std::string> dns = {"localhost"};
  // This is relative to now, in seconds.
  long not_before = -3600;
  long not_after = 90 * 24 * 3600;
};

// This aborts the test process on any failure, because no test is possible without certificates.
class TestPki {
 public:
  // `agency_authority` is a folder with agency-ca.crt and agency-ca.key, which become the agencies'
  // authority; if it is empty, a new authority is made.
  explicit TestPki(const std::string& agency_authority = "");
  ~TestPki();
  TestPki(const TestPki&) = delete;
  TestPki& operator=(const TestPki&) = delete;

  const std::string& directory() const { return directory_; }
  std::string agency_ca_file() const { return directory_ + "/agency-ca.pem"; }
  std::string agency_ca_key_file() const { return directory_ + "/agency-ca.key"; }
  std::string service_ca_file() const { return directory_ + "/service-ca.pem"; }

  // This makes `spiffe://accord.example/agency/<agency>/system/<system>`, signed by the agency authority.
  TestCertificate Agency(const std::string& agency, const std::string& system);
  // This makes `spiffe://accord.internal/service/<name>`, signed by the service authority.
  TestCertificate Service(const std::string& name);
  // These make a certificate of any shape, signed by one of the two authorities; `stem` names the files.
  TestCertificate FromAgencyCa(const std::string& stem, const CertificateShape& shape);
  TestCertificate FromServiceCa(const std::string& stem, const CertificateShape& shape);
  TestRequest SigningRequest(const std::string& stem);
  // This makes the certificate that the gateway shows to agencies. It names DNS localhost and IP 127.0.0.1,
  // and is signed by the agency authority.
  TestCertificate GatewayServer() { return FromAgencyCa("front-door", {}); }
  TestKeyPair Ed25519(const std::string& stem);
  // This writes a file of any content and returns its path.
  std::string Write(const std::string& name, const std::string& content);

 private:
  struct Authority;
  TestCertificate Issue(const Authority& authority, const std::string& stem, const CertificateShape& shape);

  std::string directory_;
  std::unique_ptr<Authority> agency_;
  std::unique_ptr<Authority> service_;
};

// This gives the content of the whole file, or aborts.
std::string Slurp(const std::string& path);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_PKI_H_
