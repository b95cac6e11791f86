#include "clients/accordctl/operate/agency_enroll.h"

#include <filesystem>
#include <iostream>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/core/asked_words.h"
#include "clients/accordctl/core/certificate_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/pem_files.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/operate/enrolled_person.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/own_secret.h"
#include "common/pki/authority.h"
#include "common/pki/certificate_check.h"
#include "common/pki/signing_request.h"

namespace accord::ctl {
namespace {

using registry::v1::Certificate;

// This makes a record, or reports the existing one. So an interrupted enrolment can simply be run again; an
// existing record is not changed.
absl::StatusOr<bool> CreateUnlessEnrolled(CommandSession* session, const std::string& noun,
                                          const Json& request) {
  const auto made = Invoke(session, "create", noun, request);
  if (absl::IsAlreadyExists(made.status())) return true;
  if (!made.ok()) return WithAskedAgencyExplained(session, made.status(), JsonTextAt(request, "parent"));
  return false;
}

absl::Status EnrollSystemInAgency(CommandSession* session, const Enrolment& enrolment,
                                  const std::string& system) {
  const std::string wanted = enrolment.display_name.empty() ? enrolment.system : enrolment.display_name;
  ACCORD_ASSIGN_OR_RETURN(const bool exists, CreateUnlessEnrolled(session, "system",
                                                                  {{"parent", "agencies/" + enrolment.agency},
                                                                   {"system_id", enrolment.system},
                                                                   {"system", {{"display_name", wanted}}},
                                                                   {"request_id", NewRequestId()}}));
  std::cout << (exists ? "exists  " : "created ") << system;
  if (exists && !enrolment.display_name.empty()) {
    const auto read = Invoke(session, "get", "system", {{"name", system}});
    const auto* present = read.ok() ? dynamic_cast<const registry::v1::System*>(read->get()) : nullptr;
    if (present == nullptr || present->display_name() != wanted) {
      std::cout << (present == nullptr ? "" : absl::StrCat(" as ", Shown(present->display_name())))
                << "; its display name was not changed";
    }
  }
  std::cout << "\n";
  return absl::OkStatus();
}

absl::Status EnrollPersonInAgency(CommandSession* session, const std::string& parent,
                                  const EnrolledPerson& person) {
  const std::string name = absl::StrCat(parent, "/actors/", person.id);
  ACCORD_ASSIGN_OR_RETURN(const bool exists, CreateUnlessEnrolled(session, "actor",
                                                                  {{"parent", parent},
                                                                   {"actor_id", person.id},
                                                                   {"actor", {{"roles", person.roles}}},
                                                                   {"request_id", NewRequestId()}}));
  if (!exists) {
    std::cout << "created " << name << " as " << absl::StrJoin(person.roles, ",") << "\n";
    return absl::OkStatus();
  }
  const auto read = Invoke(session, "get", "actor", {{"name", name}});
  const auto* present = read.ok() ? dynamic_cast<const registry::v1::Actor*>(read->get()) : nullptr;
  std::cout << "exists  " << EnrolledPersonText(name, person.roles, present);
  return absl::OkStatus();
}

// This gives a signing request that is made here, with a key that stays in the folder.
absl::StatusOr<std::string> EnrollmentRequestPem(const std::string& folder) {
  const std::string file = folder + "/client.key";
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(file));
  if (there) {
    ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadOwnSecret(file));
    ACCORD_ASSIGN_OR_RETURN(const Key key, pki::ReadPrivateKey(pem));
    return pki::SigningRequest(key);
  }
  const Key key = pki::NewTlsKey();
  ACCORD_RETURN_IF_ERROR(WriteFile(file, pki::PrivatePem(key), FileKind::kSecret));
  return pki::SigningRequest(key);
}

// A renewal leaves links to the certificate and its key (core/certificate_files.h), which must
// be followed.
absl::Status PutEnrolledCertificate(const std::string& folder, const std::string& pem) {
  const std::string file = folder + "/client.crt", key_file = folder + "/client.key";
  std::error_code error;
  if (!std::filesystem::is_symlink(std::filesystem::symlink_status(file, error))) {
    return WriteFile(file, pem, FileKind::kPublic);
  }
  ACCORD_ASSIGN_OR_RETURN(const auto files, CertificateFiles::Open(file, key_file));
  ACCORD_ASSIGN_OR_RETURN(const std::string key, ReadOwnSecret(key_file));
  ACCORD_RETURN_IF_ERROR(pki::CheckPair(pem, key).status());
  return files->Put(pem, key);
}

absl::Status KeepContextOfEnrolled(CommandSession* session, const std::string& name,
                                   const std::string& folder) {
  ACCORD_ASSIGN_OR_RETURN(Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(Contexts contexts, ReadContexts(session->contexts_file));
  context.certificate_file = folder + "/client.crt";
  context.key_file = folder + "/client.key";
  context.actor.clear();
  context.purpose.clear();
  contexts.all[name] = context;
  ACCORD_RETURN_IF_ERROR(WriteContexts(session->contexts_file, contexts));
  std::cout << "context " << name << " in " << session->contexts_file << "\n";
  return absl::OkStatus();
}

// A folder has one key, and a key belongs to one system.
absl::Status ExplainKeyUsedElsewhere(const absl::Status& refused, const std::string& folder) {
  if (accord::RuleOf(refused) != rules::kCertificateKeyUsed.reason) return refused;
  return Reword(refused, absl::StrCat(folder, "/client.key is the key of another system of the agency: name ",
                                      "another folder with --out"));
}

}  // namespace

absl::Status EnrollAgency(CommandSession* session, const Enrolment& enrolment) {
  // Here the ids also become part of a folder's name.
  if (!IsId(enrolment.agency) || !IsId(enrolment.system)) {
    return absl::InvalidArgumentError("AGENCY and --system are ids: a-z, 0-9 and -, starting with a letter");
  }
  const std::string parent = "agencies/" + enrolment.agency;
  const std::string system = absl::StrCat(parent, "/systems/", enrolment.system);
  ACCORD_ASSIGN_OR_RETURN(const std::string folder,
                          AbsolutePath(enrolment.out.empty() ? enrolment.agency : enrolment.out));
  // All arguments are parsed before anything is made.
  std::vector<EnrolledPerson> people;
  for (const std::string& text : enrolment.people) {
    ACCORD_ASSIGN_OR_RETURN(EnrolledPerson person, ParseEnrolledPerson(text));
    people.push_back(std::move(person));
  }
  std::string csr;
  if (!enrolment.csr.empty()) {
    ACCORD_ASSIGN_OR_RETURN(csr, ReadRequestFile(enrolment.csr));
  }
  ACCORD_RETURN_IF_ERROR(EnrollSystemInAgency(session, enrolment, system));
  for (const EnrolledPerson& person : people)
    ACCORD_RETURN_IF_ERROR(EnrollPersonInAgency(session, parent, person));
  if (csr.empty()) {
    ACCORD_ASSIGN_OR_RETURN(csr, EnrollmentRequestPem(folder));
  }
  const auto issued = Invoke(session, "issue", "certificate",
                             {{"parent", system},
                              {"csr_pem", csr},
                              {"validity_days", enrolment.days},
                              {"request_id", NewRequestId()}});
  if (!issued.ok())
    return enrolment.csr.empty() ? ExplainKeyUsedElsewhere(issued.status(), folder) : issued.status();
  const auto& certificate = dynamic_cast<const Certificate&>(**issued);
  ACCORD_RETURN_IF_ERROR(PutEnrolledCertificate(folder, certificate.certificate_pem()));
  std::cout << "issued  " << certificate.name() << "\n        " << folder << "/client.crt\n";
  if (!enrolment.csr.empty()) return absl::OkStatus();
  return KeepContextOfEnrolled(
      session, enrolment.context_name.empty() ? enrolment.agency : enrolment.context_name, folder);
}

}  // namespace accord::ctl
