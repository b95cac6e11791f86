// `accordctl certificate renew` obtains the next certificate with the present one, with a new key, and puts
// it in place of both files of the context.
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/core/certificate_files.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/pem_files.h"
#include "clients/accordctl/core/who_may_call.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/own_secret.h"
#include "common/pki/certificate_check.h"

namespace accord::ctl {
namespace {

constexpr char kLookUp[] = "/accord.registry.v1.RegistryService/GetTransparencyLog";
constexpr absl::Duration kNewsPause = absl::Milliseconds(500);

struct Renewal {
  bool if_due = false;
  // This is a request whose key is made and kept elsewhere.
  std::string csr_pem, request_id;
};

std::string RenewalTimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", time, absl::UTCTimeZone());
}

// This says whether the same request would be refused again, so that the prepared pair is useless.
bool IsLastingCertificateRefusal(const absl::Status& refused) {
  const rules::Rule* rule = rules::FindRule(accord::RuleOf(refused));
  return rule != nullptr && !rule->retry;
}

// This prints what the files of the context contain now.
void PrintRenewal(const CommandSession& session, const Context& context, const pki::Issued& now,
                  bool renewed) {
  const absl::Time due = RenewalDue(now);
  if (session.format() == Format::kTable) {
    std::cout << (renewed ? "renewed " : "not due ") << context.certificate_file << "\n        holds until "
              << RenewalTimeText(now.not_after) << ", and the next one is due on " << RenewalTimeText(due)
              << "\n";
    return;
  }
  const Json told = {{"renewed", renewed},
                     {"certificate_file", context.certificate_file},
                     {"fingerprint", Hex(now.fingerprint)},
                     {"not_after", absl::FormatTime(absl::RFC3339_sec, now.not_after, absl::UTCTimeZone())},
                     {"due", absl::FormatTime(absl::RFC3339_sec, due, absl::UTCTimeZone())}};
  if (session.format() == Format::kName) {
    std::cout << context.certificate_file << "\n";
  } else {
    std::cout << PrintDocument(told, session.format());
  }
}

// This gives the certificate of the next pair, if it may replace the present one.
absl::StatusOr<pki::Issued> FittingCertificate(const NextPair& next, const pki::Issued& present) {
  ACCORD_ASSIGN_OR_RETURN(const std::string certificate,
                          ReadNonEmptyFile(next.certificate_file(), "the next certificate"));
  ACCORD_ASSIGN_OR_RETURN(const std::string key, ReadOwnSecret(next.key_file()));
  ACCORD_ASSIGN_OR_RETURN(pki::Issued issued, pki::CheckPair(certificate, key));
  if (issued.uri != present.uri || issued.not_after <= present.not_after) {
    return absl::InternalError("the registry signed another certificate than the one that was asked for");
  }
  return issued;
}

// This requests the certificate. The request id is derived from the stored request, so repeating the command
// does not issue a second one.
absl::Status AskRegistryToRenew(CommandSession* session, const NextPair& next) {
  ACCORD_ASSIGN_OR_RETURN(const std::string csr,
                          ReadNonEmptyFile(next.request_file(), "its signing request"));
  const std::string request_id = absl::StrCat("renew-", Hex(Sha256(csr)).substr(0, 32));
  const auto answer = Invoke(session, "renew", "certificate", {{"csr_pem", csr}, {"request_id", request_id}});
  if (!answer.ok()) {
    if (IsLastingCertificateRefusal(answer.status())) CertificateFiles::Forget(next);
    return answer.status();
  }
  const auto& certificate = dynamic_cast<const registry::v1::Certificate&>(**answer);
  return WriteFile(next.certificate_file(), certificate.certificate_pem(), FileKind::kPublic);
}

// This gives the next pair with its certificate, continuing an interrupted run if there was one.
absl::StatusOr<NextPair> ObtainNextCertificate(CommandSession* session, const pki::Issued& present,
                                               CertificateFiles* files) {
  ACCORD_ASSIGN_OR_RETURN(NextPair next, files->BeginNext());
  if (absl::IsNotFound(ReadFile(next.certificate_file()).status())) {
    ACCORD_RETURN_IF_ERROR(AskRegistryToRenew(session, next));
  } else if (!FittingCertificate(next, present).ok()) {
    // The pair was in use before the present one, or another process has changed it.
    CertificateFiles::Forget(next);
    ACCORD_ASSIGN_OR_RETURN(next, files->BeginNext());
    ACCORD_RETURN_IF_ERROR(AskRegistryToRenew(session, next));
  }
  return next;
}

// This waits until the gateway knows the next certificate, so that nobody uses one that is not accepted yet.
absl::Status AwaitCertificateAdmission(const CommandSession& session, const Context& context,
                                       const NextPair& next) {
  Context under_next = context;
  under_next.certificate_file = next.certificate_file();
  under_next.key_file = next.key_file();
  ACCORD_ASSIGN_OR_RETURN(const auto client,
                          Client::Open(under_next, absl::Seconds(session.timeout_seconds)));
  const absl::Time end = absl::Now() + session.news;
  while (true) {
    registry::v1::TransparencyLog log;
    const absl::Status asked = client->Call(kLookUp, registry::v1::GetTransparencyLogRequest(), &log);
    const bool early = accord::RuleOf(asked) == rules::kCertificateNotRegistered.reason;
    if (!early || absl::Now() >= end) return asked;
    absl::SleepFor(kNewsPause);
  }
}

// After a refusal, a next certificate that was revoked meanwhile is dropped, so that the next run begins
// again. One that the registry does not know, as after a restore, is requested again by the same request.
void ForgetRefusedCertificate(const absl::Status& refused, const NextPair& next) {
  const std::string rule = accord::RuleOf(refused);
  if (rule == rules::kCertificateRevoked.reason || rule == rules::kTlsCertificateRevoked.reason) {
    CertificateFiles::Forget(next);
  } else if (rule == rules::kCertificateNotRegistered.reason) {
    std::error_code ignored;
    std::filesystem::remove(next.certificate_file(), ignored);
  }
}

absl::Status RenewCertificateFiles(CommandSession* session, bool if_due) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  const auto read = [&]() -> absl::StatusOr<pki::Issued> {
    ACCORD_ASSIGN_OR_RETURN(const TlsFiles files, ReadTlsFiles(context));
    return pki::ReadCertificate(files.certificate);
  };
  ACCORD_ASSIGN_OR_RETURN(pki::Issued present, read());
  const auto waits = [&] { return if_due && absl::Now() < RenewalDue(present); };
  if (!waits()) {
    ACCORD_ASSIGN_OR_RETURN(const auto files,
                            CertificateFiles::Open(context.certificate_file, context.key_file));
    // Another process may have renewed it before this one got the lock on the files.
    ACCORD_ASSIGN_OR_RETURN(present, read());
    if (!waits()) {
      ACCORD_ASSIGN_OR_RETURN(const NextPair next, ObtainNextCertificate(session, present, files.get()));
      ACCORD_ASSIGN_OR_RETURN(const pki::Issued issued, FittingCertificate(next, present));
      if (const absl::Status admitted = AwaitCertificateAdmission(*session, context, next); !admitted.ok()) {
        ForgetRefusedCertificate(admitted, next);
        return admitted;
      }
      ACCORD_RETURN_IF_ERROR(files->Take(next));
      PrintRenewal(*session, context, issued, true);
      return absl::OkStatus();
    }
  }
  PrintRenewal(*session, context, present, false);
  return absl::OkStatus();
}

absl::Status RunRenewal(CommandSession* session, const Renewal& renewal) {
  if (renewal.csr_pem.empty()) return RenewCertificateFiles(session, renewal.if_due);
  const std::string id = renewal.request_id.empty() ? NewRequestId() : renewal.request_id;
  ACCORD_ASSIGN_OR_RETURN(
      const MessagePtr answer,
      Invoke(session, "renew", "certificate", {{"csr_pem", renewal.csr_pem}, {"request_id", id}}));
  std::cout << PrintOne(*answer, session->format());
  return absl::OkStatus();
}

}  // namespace

void AddCertificateCommands(CLI::App* app, CommandSession* session) {
  CLI::App* certificate = AddCommand(app, session, "certificate", "", nullptr)->group("");
  auto renewal = std::make_shared<Renewal>();
  CLI::App* renew = AddCommand(
      certificate, session, "renew",
      "Renew the certificate by which the call itself is made: a new key and the certificate for it take the "
      "place of the context's files, together; safe to repeat",
      [=] { return RunRenewal(session, *renewal); });
  const Command* command = FindCommand("renew", "certificate");
  if (command != nullptr) renew->footer(absl::StrCat("Who may: ", WhoMayCall(command->method), "."));
  renew->add_flag("--if-due", renewal->if_due,
                  "Only if two thirds of its life are over; otherwise say when they are");
  CLI::Option* csr = renew->add_option(
      "--csr-pem", renewal->csr_pem,
      "A signing request whose key you keep yourself, PEM: the answer is shown, and no file is touched");
  renew->add_option("--request-id", renewal->request_id, "With --csr-pem, to repeat exactly this call")
      ->needs(csr);
}

}  // namespace accord::ctl
