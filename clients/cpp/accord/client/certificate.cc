#include "accord/client/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>

#include "accord/client/errors.h"

namespace accord::client {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using X509Pointer = std::unique_ptr<X509, decltype(&X509_free)>;
using KeyPointer = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

// A key with a password asks nobody for it.
int RefusePassword(char*, int, int, void*) { return -1; }

Bio PemBio(const std::string& pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
}

X509Pointer FirstCertificate(const std::string& pem) {
  const Bio bio = PemBio(pem);
  return {PEM_read_bio_X509(bio.get(), nullptr, &RefusePassword, nullptr), &X509_free};
}

KeyPointer PrivateKey(const std::string& pem) {
  const Bio bio = PemBio(pem);
  return {PEM_read_bio_PrivateKey(bio.get(), nullptr, &RefusePassword, nullptr), &EVP_PKEY_free};
}

bool AreAPair(const std::string& chain, const std::string& key) {
  const X509Pointer certificate = FirstCertificate(chain);
  const KeyPointer private_key = PrivateKey(key);
  return certificate != nullptr && private_key != nullptr &&
         X509_check_private_key(certificate.get(), private_key.get()) == 1;
}

std::string ContentOfSettingsFile(const std::string& path, const char* setting) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  if (in) content << in.rdbuf();
  if (!in)
    throw SettingsError(std::string(setting) + " " + path + " cannot be read: " + std::strerror(errno));
  return content.str();
}

std::string FingerprintOf(const std::string& path, const char* setting) {
  struct stat found = {};
  if (stat(path.c_str(), &found) != 0) {
    throw SettingsError(std::string(setting) + " " + path + " cannot be read: " + std::strerror(errno));
  }
  std::ostringstream text;
  text << found.st_mtim.tv_sec << '.' << found.st_mtim.tv_nsec << ' ' << found.st_ino << ' ' << found.st_size;
  return text.str();
}

}  // namespace

Fingerprint FingerprintOf(const Settings& settings) {
  return {FingerprintOf(settings.ca_file, "ca_file"),
          FingerprintOf(settings.certificate_file, "certificate_file"),
          FingerprintOf(settings.key_file, "key_file")};
}

Certificate ReadCertificate(const Settings& settings) {
  Certificate read;
  read.fingerprint = FingerprintOf(settings);
  read.authority = ContentOfSettingsFile(settings.ca_file, "ca_file");
  read.chain = ContentOfSettingsFile(settings.certificate_file, "certificate_file");
  read.key = ContentOfSettingsFile(settings.key_file, "key_file");
  const bool is_pair = AreAPair(read.chain, read.key);
  const bool has_authority = FirstCertificate(read.authority) != nullptr;
  // What OpenSSL has to say of this belongs to nobody else's call.
  ERR_clear_error();
  if (!is_pair) {
    throw SettingsError(settings.certificate_file + " and " + settings.key_file +
                        " are no certificate with its key, which has no password");
  }
  if (!has_authority) throw SettingsError(settings.ca_file + " holds no certificate");
  if (FingerprintOf(settings) != read.fingerprint) {
    throw SettingsError("the files of the certificate are being changed");
  }
  return read;
}

}  // namespace accord::client
