#include "clients/accordctl/core/certificate_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/pki/signing_request.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;

constexpr char kCertificate[] = "certificate.pem", kKey[] = "key.pem";

absl::Status CertificateFileNotSafe(const std::string& what) { return Refuse(rules::kFileNotSafe, what); }

// This reports the error of the last system call (errno), whose text contains nothing of the file.
absl::Status CertificateFileNotWritten(const std::string& path) {
  return Refuse(rules::kFileNotWritten, absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
}

std::string FolderOfCertificate(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

// This flushes a folder, so that renames in it are on disk when this returns.
absl::Status SyncFolder(const std::string& folder) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return CertificateFileNotWritten(folder);
  const bool settled = fsync(descriptor) == 0;
  close(descriptor);
  return settled ? absl::OkStatus() : CertificateFileNotWritten(folder);
}

// This gives the entries of a folder, in no particular order.
absl::StatusOr<std::vector<fs::path>> ListFolder(const std::string& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
    found.push_back(each->path());
  }
  if (error) return Refuse(rules::kFileMissing, absl::StrCat(folder, ": ", error.message()));
  return found;
}

bool IsSymbolicLink(const fs::path& path) {
  std::error_code error;
  return fs::is_symlink(fs::symlink_status(path, error));
}

}  // namespace

absl::Time RenewalDue(const pki::Issued& certificate) {
  return certificate.not_before + (certificate.not_after - certificate.not_before) * 2 / 3;
}

absl::StatusOr<std::unique_ptr<CertificateFiles>> CertificateFiles::Open(const std::string& certificate_file,
                                                                         const std::string& key_file) {
  if (certificate_file.empty() || key_file.empty() || certificate_file == key_file) {
    return Refuse(rules::kContextIncomplete,
                  "the context names no file for the certificate and another one for its key: `accordctl "
                  "context set NAME --certificate-file FILE --key-file FILE`");
  }
  std::unique_ptr<CertificateFiles> files(new CertificateFiles(certificate_file, key_file));
  ACCORD_RETURN_IF_ERROR(files->CheckNobodysLink(certificate_file, kCertificate));
  ACCORD_RETURN_IF_ERROR(files->CheckNobodysLink(key_file, kKey));
  struct stat info {};
  if (stat(key_file.c_str(), &info) == 0 && info.st_uid != geteuid()) {
    return CertificateFileNotSafe(absl::StrCat(
        key_file, " is another user's, who could not read the next key: run this as ", "that user."));
  }
  ACCORD_RETURN_IF_ERROR(files->Hold());
  return files;
}

CertificateFiles::~CertificateFiles() {
  if (held_ >= 0) close(held_);
}

absl::Status CertificateFiles::Hold() {
  if (mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return CertificateFileNotWritten(folder_);
  held_ = open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (held_ < 0 && errno == EACCES) {
    return Refuse(rules::kFileMissing, absl::StrCat(folder_, ": ", std::strerror(errno)));
  }
  struct stat info {};
  if (held_ < 0 || fstat(held_, &info) != 0 || info.st_uid != geteuid() || (info.st_mode & 022) != 0) {
    return CertificateFileNotSafe(
        absl::StrCat(folder_, " is no folder of this user's, or others may write into it."));
  }
  if (flock(held_, LOCK_EX | LOCK_NB) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("another `accordctl certificate renew` is at ", certificate_file_));
}

std::string CertificateFiles::TargetOf(const std::string& file, const char* leaf) const {
  // Links within one folder are relative, so that they stay valid if the folder is moved as
  // a whole.
  const bool beside = FolderOfCertificate(file) == FolderOfCertificate(certificate_file_);
  std::error_code error;
  const fs::path pairs = beside ? fs::path(folder_).filename() : fs::absolute(folder_, error);
  return (pairs / "now" / leaf).string();
}

bool CertificateFiles::LeadsThroughNow(const std::string& file, const char* leaf) const {
  std::error_code error;
  const fs::path target = fs::read_symlink(file, error);
  return !error && target.string() == TargetOf(file, leaf);
}

absl::Status CertificateFiles::CheckNobodysLink(const std::string& file, const char* leaf) const {
  if (!IsSymbolicLink(file) || LeadsThroughNow(file, leaf)) return absl::OkStatus();
  return CertificateFileNotSafe(
      absl::StrCat(file, " is a link that something else keeps: name in the context the files themselves."));
}

absl::StatusOr<NextPair> CertificateFiles::BeginNext() {
  std::error_code error;
  const std::string present = fs::read_symlink(now_, error).string();
  NextPair next;
  ACCORD_ASSIGN_OR_RETURN(const std::vector<fs::path> all, ListFolder(folder_));
  for (const fs::path& each : all) {
    if (IsSymbolicLink(each) || each.filename().string() == present) continue;
    const NextPair found{each.string()};
    ACCORD_ASSIGN_OR_RETURN(const bool has_key, IsThere(found.key_file()));
    ACCORD_ASSIGN_OR_RETURN(const bool has_request, IsThere(found.request_file()));
    if (has_key && has_request) next = found;
  }
  RemoveOthers(fs::path(next.folder).filename().string());
  if (!next.folder.empty()) return next;
  next.folder = absl::StrCat(folder_, "/", NewId(absl::Now()));
  const Key key = pki::NewTlsKey();
  ACCORD_RETURN_IF_ERROR(WriteFile(next.key_file(), pki::PrivatePem(key), FileKind::kSecret));
  ACCORD_RETURN_IF_ERROR(WriteFile(next.request_file(), pki::SigningRequest(key), FileKind::kPublic));
  return next;
}

void CertificateFiles::Forget(const NextPair& next) {
  std::error_code ignored;
  fs::remove_all(next.folder, ignored);
}

absl::Status CertificateFiles::Take(const NextPair& next) {
  if (!LeadsThroughNow(certificate_file_, kCertificate) || !LeadsThroughNow(key_file_, kKey)) {
    ACCORD_RETURN_IF_ERROR(MakeLinks());
  }
  const std::string name = fs::path(next.folder).filename().string();
  ACCORD_RETURN_IF_ERROR(PutLink(now_, name));
  RemoveOthers(name);
  return absl::OkStatus();
}

absl::Status CertificateFiles::MakeLinks() {
  ACCORD_ASSIGN_OR_RETURN(const std::string certificate, ReadFile(certificate_file_));
  ACCORD_ASSIGN_OR_RETURN(const std::string key, ReadFile(key_file_));
  ACCORD_ASSIGN_OR_RETURN(const NextPair same, Write(certificate, key));
  // From here on each step leaves the content of both files unchanged.
  ACCORD_RETURN_IF_ERROR(PutLink(now_, fs::path(same.folder).filename().string()));
  ACCORD_RETURN_IF_ERROR(PutLink(certificate_file_, TargetOf(certificate_file_, kCertificate)));
  return PutLink(key_file_, TargetOf(key_file_, kKey));
}

absl::StatusOr<NextPair> CertificateFiles::Write(const std::string& certificate_pem,
                                                 const std::string& key_pem) const {
  NextPair pair{absl::StrCat(folder_, "/", NewId(absl::Now()))};
  ACCORD_RETURN_IF_ERROR(WriteFile(pair.key_file(), key_pem, FileKind::kSecret));
  ACCORD_RETURN_IF_ERROR(WriteFile(pair.certificate_file(), certificate_pem, FileKind::kPublic));
  return pair;
}

absl::Status CertificateFiles::Put(const std::string& certificate_pem, const std::string& key_pem) {
  ACCORD_ASSIGN_OR_RETURN(const NextPair pair, Write(certificate_pem, key_pem));
  return Take(pair);
}

absl::Status CertificateFiles::PutLink(const std::string& path, const std::string& target) {
  const std::string aside = absl::StrCat(path, ".", Hex(RandomBytes(8)));
  if (symlink(target.c_str(), aside.c_str()) != 0) return CertificateFileNotWritten(path);
  if (rename(aside.c_str(), path.c_str()) != 0) {
    const absl::Status failed = CertificateFileNotWritten(path);
    unlink(aside.c_str());
    return failed;
  }
  ACCORD_RETURN_IF_ERROR(SyncFolder(FolderOfCertificate(path)));
  if (step_) step_();
  return absl::OkStatus();
}

void CertificateFiles::RemoveOthers(const std::string& kept) const {
  std::error_code ignored;
  const std::string present = fs::read_symlink(now_, ignored).string();
  // A pair that cannot be listed now is removed by the next renewal.
  const std::vector<fs::path> all = ListFolder(folder_).value_or(std::vector<fs::path>());
  for (const fs::path& each : all) {
    const std::string name = each.filename().string();
    if (each != now_ && name != present && name != kept) fs::remove_all(each, ignored);
  }
}

}  // namespace accord::ctl
