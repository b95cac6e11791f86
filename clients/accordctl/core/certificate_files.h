// The files of a certificate and its key, which change together. Both names lead through one link, and that
// link is what changes: whoever reads them finds a pair at any instant, even where this process was killed.
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

// The instant at which two thirds of a certificate's life are over, when the next one should be asked for.
absl::Time RenewalDue(const pki::Issued& certificate);

// A pair that nobody uses yet: its key, what asks to certify it, and the certificate once that was answered.
struct NextPair {
  std::string folder;
  std::string key_file() const { return folder + "/key.pem"; }
  std::string request_file() const { return folder + "/request.pem"; }
  std::string certificate_file() const { return folder + "/certificate.pem"; }
};

class CertificateFiles {
 public:
  // Keeps other processes that renew from these files as long as it lives. FAILED_PRECONDITION if one is at
  // it, or with rule FILE_NOT_SAFE if a file is a link that somebody else keeps, if the key is another
  // user's, who could not read the next one, or if the pairs' folder is not this user's alone to change. Here
  // and below INVALID_ARGUMENT with rule FILE_MISSING for a folder that cannot be read.
  static absl::StatusOr<std::unique_ptr<CertificateFiles>> Open(const std::string& certificate_file,
                                                                const std::string& key_file);
  ~CertificateFiles();
  CertificateFiles(const CertificateFiles&) = delete;
  CertificateFiles& operator=(const CertificateFiles&) = delete;

  // Gives the next pair that a call which broke off has left, or else a new key with its request.
  absl::StatusOr<NextPair> BeginNext();
  // Takes it away, with its key.
  static void Forget(const NextPair& next);
  // Puts it, with its certificate, in the place of the present pair, which is taken away.
  absl::Status Take(const NextPair& next);

  // Puts a certificate and its key in the place of the present pair, whoever made them.
  absl::Status Put(const std::string& certificate_pem, const std::string& key_pem);

  // For tests, which break off there: called after each change by which a reader could find something else.
  void OnEachStep(std::function<void()> step) { step_ = std::move(step); }

 private:
  CertificateFiles(std::string certificate_file, std::string key_file)
      : certificate_file_(std::move(certificate_file)),
        key_file_(std::move(key_file)),
        folder_(certificate_file_ + ".pairs"),
        now_(folder_ + "/now") {}
  absl::Status Hold();
  // Where the link at `file` leads once it is one.
  std::string TargetOf(const std::string& file, const char* leaf) const;
  bool LeadsThroughNow(const std::string& file, const char* leaf) const;
  absl::Status CheckNobodysLink(const std::string& file, const char* leaf) const;
  // Makes both names links that lead to what they hold already.
  absl::Status MakeLinks();
  absl::StatusOr<NextPair> Write(const std::string& certificate_pem, const std::string& key_pem) const;
  absl::Status PutLink(const std::string& path, const std::string& target);
  // Takes every pair away but the present one and `kept`.
  void RemoveOthers(const std::string& kept) const;

  const std::string certificate_file_, key_file_, folder_, now_;
  int held_ = -1;
  std::function<void()> step_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_CERTIFICATE_FILES_H_
