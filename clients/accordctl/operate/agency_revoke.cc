#include "clients/accordctl/operate/agency_revoke.h"

#include <iostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/core/asked_words.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using registry::v1::Certificate;

// One pass is enough unless somebody renews a certificate meanwhile.
constexpr int kPasses = 10;

absl::StatusOr<std::vector<Certificate>> ActiveCertificatesOf(CommandSession* session,
                                                              const std::string& system) {
  std::vector<Certificate> active;
  std::string token;
  do {
    Json request = {{"parent", system}, {"page_size", 500}};
    if (!token.empty()) request["page_token"] = token;
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr page, Invoke(session, "list", "certificates", request));
    const auto& listed = dynamic_cast<const registry::v1::ListCertificatesResponse&>(*page);
    for (const Certificate& certificate : listed.certificates()) {
      if (certificate.state() == registry::v1::CERTIFICATE_STATE_ACTIVE) active.push_back(certificate);
    }
    token = listed.next_page_token();
  } while (!token.empty());
  return active;
}

absl::Status StillActiveCertificates(const std::string& system, const std::vector<Certificate>& active) {
  const std::string names = absl::StrJoin(active, ", ", [](std::string* out, const Certificate& certificate) {
    absl::StrAppend(out, certificate.name());
  });
  return absl::FailedPreconditionError(Text(
      "these certificates of {{system}} are still active, since it renews them as fast as they are revoked: "
      "{{names}}. Suspend it with `accordctl system suspend {{system}}`, and then revoke again",
      {{"system", system}, {"names", names}}));
}

absl::Status RevokeSystemsCertificates(CommandSession* session, const std::string& system,
                                       const std::string& reason, int* count) {
  for (int pass = 0;; ++pass) {
    ACCORD_ASSIGN_OR_RETURN(const std::vector<Certificate> active, ActiveCertificatesOf(session, system));
    if (active.empty()) return absl::OkStatus();
    if (pass == kPasses) return StillActiveCertificates(system, active);
    for (const Certificate& certificate : active) {
      ACCORD_RETURN_IF_ERROR(Invoke(session, "revoke", "certificate",
                                    {{"name", certificate.name()},
                                     {"etag", certificate.etag()},
                                     {"reason", reason},
                                     {"request_id", NewRequestId()}})
                                 .status());
      std::cout << "revoked " << certificate.name() << "\n";
      ++*count;
    }
  }
}

}  // namespace

absl::Status RevokeCertificates(CommandSession* session, const Revocation& revocation) {
  const std::string parent = "agencies/" + revocation.agency;
  // The list for an unknown agency or system is empty: a user who mistypes it must not believe that
  // somebody was shut out.
  ACCORD_RETURN_IF_ERROR(WithAskedAgencyExplained(
      session, Invoke(session, "get", "agency", {{"name", parent}}).status(), parent));
  std::vector<std::string> systems;
  if (!revocation.system.empty()) {
    systems.push_back(absl::StrCat(parent, "/systems/", revocation.system));
    ACCORD_RETURN_IF_ERROR(Invoke(session, "get", "system", {{"name", systems.front()}}).status());
  } else {
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr page,
                            Invoke(session, "list", "systems", {{"parent", parent}, {"page_size", 1000}}));
    for (const auto& system : dynamic_cast<const registry::v1::ListSystemsResponse&>(*page).systems()) {
      systems.push_back(system.name());
    }
  }
  int count = 0;
  for (const std::string& system : systems) {
    ACCORD_RETURN_IF_ERROR(RevokeSystemsCertificates(session, system, revocation.reason, &count));
  }
  std::cout << CountedText(count, "certificate", "certificates")
            << " revoked; live connections end within 5 seconds\n";
  return absl::OkStatus();
}

}  // namespace accord::ctl
