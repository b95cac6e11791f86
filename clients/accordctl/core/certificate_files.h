// These are the files of a certificate and its key, which must change together. Both paths are links that
// lead through one common link, and only that one is changed. So a reader finds a matching pair at any
// instant, even if this process is killed.
//
//   client.crt -> client.crt.pairs/now/certificate.pem
//   client.key -> client.crt.pairs/now/key.pem
//   client.crt.pairs/now -> 01j9x...
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_CERTIFICATE_FILES_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_CERTIFICATE_FILES_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pki/authority.h"

namespace accord::ctl {

// This gives the instant after two thirds of a certificate's life, when the next one should be requested.
absl::Time RenewalDue(const pki::Issued& certificate);

// This is a pair that is not in use yet: its key, the signing request, and the certificate once it
// was issued.
struct NextPair {
  std::string folder;
  std::string key_file() const { return folder + "/key.pem"; }
  std::string request_file() const { return folder + "/request.pem"; }
  std::string certificate_file() const { return folder + "/certificate.pem"; }
};

class CertificateFiles {
 public:
  // This prevents other processes from renewing these files as long as this object lives. It returns
  // FAILED_PRECONDITION if another process is doing so; or with rule FILE_NOT_SAFE if a file is a link that
  // something else maintains, if the key belongs to another user, who could not read the next one, or if
  // other users can change the folder of pairs. In this class INVALID_ARGUMENT with rule FILE_MISSING means
  // that a folder cannot be read.
  static absl::StatusOr<std::unique_ptr<CertificateFiles>> Open(const std::string& certificate_file,
                                                                const std::string& key_file);
  ~CertificateFiles();
  CertificateFiles(const CertificateFiles&) = delete;
  CertificateFiles& operator=(const CertificateFiles&) = delete;

  // This gives the next pair that an interrupted call has left, or else a new key with its request.
  absl::StatusOr<NextPair> BeginNext();
  // This removes the pair with its key.
  static void Forget(const NextPair& next);
  // This makes the pair, which has its certificate, the present one, and removes the former one.
  absl::Status Take(const NextPair& next);

  // This makes a certificate and its key, wherever they come from, the present pair.
  absl::Status Put(const std::string& certificate_pem, const std::string& key_pem);

  // For tests that interrupt the process: `step` is called after each change that a reader
  // could observe.
  void OnEachStep(std::function<void()> step) { step_ = std::move(step); }

 private:
  CertificateFiles(std::string certificate_file, std::string key_file)
      : certificate_file_(std::move(certificate_file)),
        key_file_(std::move(key_file)),
        folder_(certificate_file_ + ".pairs"),
        now_(folder_ + "/now") {}
  absl::Status Hold();
  // This gives the target that the link at `file` has once it is a link.
  std::string TargetOf(const std::string& file, const char* leaf) const;
  bool LeadsThroughNow(const std::string& file, const char* leaf) const;
  absl::Status CheckNobodysLink(const std::string& file, const char* leaf) const;
  // This turns both files into links to their present content.
  absl::Status MakeLinks();
  absl::StatusOr<NextPair> Write(const std::string& certificate_pem, const std::string& key_pem) const;
  absl::Status PutLink(const std::string& path, const std::string& target);
  // This removes all pairs except the present one and `kept`.
  void RemoveOthers(const std::string& kept) const;

  const std::string certificate_file_, key_file_, folder_, now_;
  int held_ = -1;
  std::function<void()> step_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_CERTIFICATE_FILES_H_
