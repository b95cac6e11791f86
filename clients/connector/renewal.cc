#include "clients/connector/renewal.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/registry/v1/registry_admin_service.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/connector/any_stub.h"
#include "clients/connector/methods.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/base/own_secret.h"
#include "common/pki/certificate_check.h"

namespace accord::connector {
namespace {

constexpr char kRenew[] = "accord.registry.v1.RegistryAdminService.RenewCertificate";
constexpr char kLookUp[] = "accord.registry.v1.RegistryService.GetTransparencyLog";
constexpr client::Seconds kNewsPause(0.5);

absl::StatusOr<const google::protobuf::MethodDescriptor*> RenewalMethod(const char* name) {
  const auto* method = FindMethod(name);
  if (method == nullptr) return absl::InternalError(absl::StrCat("This version does not know ", name, "."));
  return method;
}

// This gives the certificate of the next pair, if it has one that may take the present one's place.
absl::StatusOr<pki::Issued> FittingRenewal(const ctl::NextPair& next, const pki::Issued& present) {
  ACCORD_ASSIGN_OR_RETURN(const std::string certificate, ReadFile(next.certificate_file()));
  ACCORD_ASSIGN_OR_RETURN(const std::string key, ReadOwnSecret(next.key_file()));
  ACCORD_ASSIGN_OR_RETURN(pki::Issued issued, pki::CheckPair(certificate, key));
  if (issued.uri != present.uri || issued.not_after <= present.not_after) {
    return absl::InternalError("The registry signed another certificate than the one that was asked for.");
  }
  return issued;
}

// One that was revoked meanwhile opens nothing any more, so that the next attempt begins anew. One that the
// registry does not know, as after a restore, is asked for again by the same request.
void ForgetRefusedRenewal(const client::Refusal& refusal, const ctl::NextPair& next) {
  if (refusal.rule() == client::Rule::kCertificateRevoked) {
    ctl::CertificateFiles::Forget(next);
  } else if (refusal.rule() == client::Rule::kCertificateNotRegistered) {
    std::error_code ignored;
    std::filesystem::remove(next.certificate_file(), ignored);
  }
}

}  // namespace

absl::Status CheckRenewal(const ConnectorConfig& config) {
  if (!config.has_renewal()) return absl::OkStatus();
  if (!config.renewal().actor().empty() && !config.renewal().purpose().empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "renewal: `actor` or `purpose` is missing. Name the person for whom the certificate is renewed, or leave "
      "`renewal` out.");
}

Renewal::Renewal(const client::Client& client, const RenewalConfig& person, const RenewalOptions& options)
    : client_(client.With({.actor = person.actor(), .purpose = person.purpose()})),
      options_(options),
      thread_([this] { Run(); }) {}

Renewal::~Renewal() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  client_.Close();
  thread_.join();
}

RenewalSeen Renewal::seen() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return seen_;
}

void Renewal::Run() {
  for (client::Waits waits = options_.waits; Rest(Look(&waits));) {
  }
}

client::Seconds Renewal::Look(client::Waits* waits) {
  try {
    const absl::Status renewed = RenewIfDue();
    if (renewed.ok()) {
      waits->BeginAnew();
      Went();
      return options_.look;
    }
    Failed(std::string(renewed.message()), accord::RuleOf(renewed));
  } catch (const client::Refusal& refusal) {
    Failed("Accord refused to renew the certificate.", refusal.reason());
    return waits->After(refusal);
  } catch (const client::CallError& error) {
    Failed("No gateway has answered when the certificate was to be renewed.", "");
    return waits->After(error);
  } catch (const client::AccordError& error) {
    Failed(error.what(), "");
  }
  return waits->Next();
}

absl::Status Renewal::RenewIfDue() {
  ACCORD_ASSIGN_OR_RETURN(pki::Issued present, Present());
  if (absl::Now() < ctl::RenewalDue(present)) return absl::OkStatus();
  const client::Settings& settings = client_.settings();
  ACCORD_ASSIGN_OR_RETURN(const auto files,
                          ctl::CertificateFiles::Open(settings.certificate_file, settings.key_file));
  // Another process may have renewed it before this one came to hold the files.
  ACCORD_ASSIGN_OR_RETURN(present, Present());
  if (absl::Now() < ctl::RenewalDue(present)) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const ctl::NextPair next, Obtain(present, files.get()));
  ACCORD_RETURN_IF_ERROR(FittingRenewal(next, present).status());
  AwaitAdmission(next);
  // The client finds the new files by itself.
  ACCORD_RETURN_IF_ERROR(files->Take(next));
  LogInfo("certificate_renewed");
  return Present().status();
}

absl::StatusOr<ctl::NextPair> Renewal::Obtain(const pki::Issued& present, ctl::CertificateFiles* files) {
  ACCORD_ASSIGN_OR_RETURN(ctl::NextPair next, files->BeginNext());
  ACCORD_ASSIGN_OR_RETURN(const bool answered, IsThere(next.certificate_file()));
  if (answered && FittingRenewal(next, present).ok()) return next;
  if (answered) {
    // The pair was in use before the present one, or somebody else has changed it.
    ctl::CertificateFiles::Forget(next);
    ACCORD_ASSIGN_OR_RETURN(next, files->BeginNext());
  }
  ACCORD_RETURN_IF_ERROR(Ask(next));
  return next;
}

absl::Status Renewal::Ask(const ctl::NextPair& next) {
  ACCORD_ASSIGN_OR_RETURN(const auto* method, RenewalMethod(kRenew));
  ACCORD_ASSIGN_OR_RETURN(const std::string csr, ReadFile(next.request_file()));
  registry::v1::RenewCertificateRequest request;
  request.set_csr_pem(csr);
  // However often it is sent, it is signed once.
  request.set_request_id(absl::StrCat("renew-", Hex(Sha256(csr)).substr(0, 32)));
  registry::v1::Certificate certificate;
  try {
    const auto answer = client_.Ask(&AnyStub::Call, MethodRequest(*method, request.SerializeAsString()));
    if (!certificate.ParseFromString(answer.message.value())) {
      return absl::InternalError("The answer of the registry cannot be read.");
    }
  } catch (const client::Refusal& refusal) {
    // The same call again would be refused again, so that its key is of no use.
    if (!refusal.may_pass()) ctl::CertificateFiles::Forget(next);
    throw;
  }
  return WriteFile(next.certificate_file(), certificate.certificate_pem(), FileKind::kPublic);
}

void Renewal::AwaitAdmission(const ctl::NextPair& next) {
  client::Settings settings = client_.settings();
  settings.certificate_file = next.certificate_file();
  settings.key_file = next.key_file();
  const client::Client trial = client::Connect(settings);
  const auto* method = FindMethod(kLookUp);
  if (method == nullptr) return;
  const absl::Time end = absl::Now() + absl::Seconds(options_.news.count());
  while (true) {
    try {
      AskMethod(trial, *method, registry::v1::GetTransparencyLogRequest().SerializeAsString());
      return;
    } catch (const client::Refusal& refusal) {
      const bool early = refusal.rule() == client::Rule::kCertificateNotRegistered;
      if (!early || absl::Now() >= end) {
        ForgetRefusedRenewal(refusal, next);
        throw;
      }
    } catch (const client::Unanswered&) {
      // The next attempt is at the next gateway.
      if (absl::Now() >= end) throw;
    }
    if (!Rest(kNewsPause)) throw client::AccordError("The connector ends.");
  }
}

absl::StatusOr<pki::Issued> Renewal::Present() {
  absl::StatusOr<std::string> pem = ReadFile(client_.settings().certificate_file);
  absl::StatusOr<pki::Issued> present =
      pem.ok() ? pki::ReadCertificate(*pem) : absl::StatusOr<pki::Issued>(pem.status());
  const std::lock_guard<std::mutex> lock(mutex_);
  seen_.ends.reset();
  seen_.due.reset();
  if (present.ok()) {
    seen_.ends = present->not_after;
    seen_.due = ctl::RenewalDue(*present);
  }
  return present;
}

void Renewal::Failed(const std::string& problem, const std::string& reason) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (over_) return;
  LogError("certificate_not_renewed", {{"rule", reason}});
  ++seen_.failures;
  seen_.problem = problem;
  seen_.reason = reason;
}

void Renewal::Went() {
  const std::lock_guard<std::mutex> lock(mutex_);
  seen_.failures = 0;
  seen_.problem.clear();
  seen_.reason.clear();
}

bool Renewal::Rest(client::Seconds seconds) {
  std::unique_lock<std::mutex> lock(mutex_);
  return !changed_.wait_for(lock, seconds, [this] { return over_; });
}

}  // namespace accord::connector
